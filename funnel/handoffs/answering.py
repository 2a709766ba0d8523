"""The answers: accepted, returned, let go, withdrawn, passed on to somebody else. Taking one back is undoing.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from funnel.handoffs import clocks
from funnel.handoffs.choosing import receivers_to_choose
from funnel.handoffs.packet import names_of
from funnel.handoffs.receivers import last_resort, seat_deputy
from funnel.handoffs.recording import WAITING, answered_meanwhile, catch_up, record_handoffs, run_handoff
from funnel.handoffs.selectors import may_answer, may_reassign, may_withdraw
from funnel.handoffs.undoing import undo_answer
from funnel.models import Application, Handoff, HandoffState, Outcome
from funnel.services.moving import advance_application
from funnel.transitions import not_from_here
from recruiting.accounts.models import User
from recruiting.core.refused import Refused
from recruiting.jobs.models import Criterion
from recruiting.jobs.services.openings import lock_job

__all__ = [
    "accept_handoff",
    "decide_handoff",
    "may_answer",
    "may_reassign",
    "may_withdraw",
    "reassign_handoff",
    "return_handoff",
    "undo_answer",
    "withdraw_handoff",
]


@transaction.atomic
def accept_handoff(*, handoff: Handoff, by: User, at: datetime, checks: Mapping[str, bool] | None = None) -> Handoff:
    """The receiver takes the card: it crosses the border in the same transaction."""
    card = _answer(handoff, by, at, checks)
    run_handoff(handoff=handoff, move="accept", verb="handoff.accepted", by=by, at=at)
    step = handoff.to_step if handoff.to_step and not handoff.to_step.is_retired else None
    advance_application(application=card, to=handoff.to_stage, step=step, by=by, at=at, handoff=handoff.pk)
    return handoff


@transaction.atomic
def return_handoff(
    *,
    handoff: Handoff,
    failed: Criterion | str | None,
    why: str,
    by: User,
    at: datetime,
    checks: Mapping[str, bool] | None = None,
) -> Handoff:
    """Back to the sender's desk, with the criterion that failed and a sentence; the third time the lead is asked.

    `failed` is a criterion of the packet, or its key; only a packet without criteria does without.
    """
    criterion = _failed(handoff, failed)
    if not why.strip():
        raise Refused(_("Say in a sentence what is missing, so that it can be put right."), "invalid")
    _answer(handoff, by, at, {**(checks or {}), **({str(criterion.key): False} if criterion else {})})
    due = clocks.again_for(handoff, handoff.from_user, at)
    handoff.back_warn_at, handoff.back_miss_at = due.warn_at, due.miss_at
    handoff.asked_lead = last_resort(at) if _is_once_too_often(handoff) else None
    run_handoff(
        handoff=handoff,
        move="give_back",
        verb="handoff.returned",
        by=by,
        at=at,
        terms={"failed": criterion, "why": why.strip()},
        data={"failed": str(criterion.key) if criterion else None},
    )
    if handoff.asked_lead is not None:
        asked = handoff.asked_lead.pk
        record_handoffs([handoff], "handoff.lead_asked", to=handoff.state, by=by, at=at, why=handoff.why, lead=asked)
    return handoff


@transaction.atomic
def decide_handoff(*, handoff: Handoff, by: User, at: datetime, why: str) -> Handoff:
    """The receiver lets the person go. Only marked here: recycling ends the application in the same transaction."""
    _answer(handoff, by, at, None)
    return run_handoff(handoff=handoff, move="decide", verb="handoff.decided", by=by, at=at, terms={"why": why.strip()})


@transaction.atomic
def withdraw_handoff(*, handoff: Handoff, by: User, at: datetime, why: str = "") -> Handoff:
    """The sender takes it back: the card stays where it stands, and nobody is asked any more."""
    if handoff.state == HandoffState.OFFERED and not may_withdraw(handoff, by):
        raise Refused(_("Only who offered it, or a recruiting lead, takes it back."), "not_allowed")
    return run_handoff(
        handoff=handoff, move="withdraw", verb="handoff.withdrawn", by=by, at=at, terms={"why": why.strip()}
    )


@transaction.atomic
def reassign_handoff(*, handoff: Handoff, to: User, by: User, at: datetime, why: str = "") -> Handoff:
    """Somebody else is asked instead, with a whole clock of their own. Recorded, with who and why."""
    lock_job(handoff.job)  # a seat may have to be given; a closing too locks the job before its handoffs
    catch_up(handoff, at)
    if handoff.state != HandoffState.OFFERED:
        raise answered_meanwhile(handoff, at)
    if not may_reassign(handoff, by):
        raise Refused(_("Only who offered it, who was asked, or a recruiting lead passes it on."), "not_allowed")
    if to.pk not in {user.pk for user in receivers_to_choose(handoff.job, handoff.to_role, at)}:
        raise Refused(_("%(name)s does not take people in on this job.") % {"name": to.name}, "not_a_receiver")
    was = handoff.to_user_id
    due = clocks.again_for(handoff, to, at)
    handoff.to_user, handoff.asked_at, handoff.warn_at, handoff.miss_at = to, at, due.warn_at, due.miss_at
    handoff.warned_at = handoff.escalated_at = None
    handoff.paused_at, handoff.paused_minutes = at if handoff.paused_at else None, 0
    still = Handoff.objects.offered().filter(pk=handoff.pk, to_user=was)
    if not still.update(**{name: getattr(handoff, name) for name in WAITING}):
        raise answered_meanwhile(handoff, at)
    seat_deputy(job=handoff.job, user=to, seat=handoff.to_role, by=by, at=at)
    record_handoffs([handoff], "handoff.reassigned", to=handoff.state, by=by, at=at, why=why.strip(), was_user=was)
    return handoff


def _answer(handoff: Handoff, by: User, at: datetime, checks: Mapping[str, bool] | None) -> Application:
    """What every answer has: somebody who may, a card that waits, how long it took. The card is held first."""
    rows = Application.objects.select_related("candidate", "job", "step").select_for_update(of=("self",))
    card = rows.get(pk=handoff.application_id)
    catch_up(handoff, at)
    if handoff.state != HandoffState.OFFERED:
        raise answered_meanwhile(handoff, at)
    if not may_answer(handoff, by, at):
        raise Refused(_("%(name)s was not offered to you.") % {"name": card.candidate.name}, "not_allowed")
    if card.outcome != Outcome.ACTIVE:
        raise answered_meanwhile(handoff, at) if _is_answered(handoff) else not_from_here(card)
    known = {line["key"] for line in handoff.packet["criteria"]}
    handoff.checks = {key: bool(value) for key, value in (checks or {}).items() if key in known}
    handoff.response_minutes = clocks.response_minutes(handoff, at)
    handoff.is_in_time = at <= handoff.miss_at
    return card


def _is_answered(handoff: Handoff) -> bool:
    return not Handoff.objects.offered().filter(pk=handoff.pk).exists()


def _failed(handoff: Handoff, failed: Criterion | str | None) -> Criterion | None:
    """The criterion of this very packet that failed."""
    key = str(failed.key) if isinstance(failed, Criterion) else str(failed or "")
    line = names_of(handoff.packet, key)
    if line is not None:
        return Criterion.objects.get(pk=line["criterion"])
    if handoff.packet["criteria"]:
        raise Refused(_("Choose the criterion that is not met."), "invalid")
    return None


def _is_once_too_often(handoff: Handoff) -> bool:
    """Whether this return is the third of the card at this border, or a later one."""
    before = Handoff.objects.filter(application=handoff.application_id, to_stage=handoff.to_stage, state="returned")
    return before.count() + 1 >= settings.RETURNS_BEFORE_LEAD
