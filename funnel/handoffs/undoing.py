"""An answer that was a slip is taken back, within a minute; a let-go that was undone waits for an answer again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from funnel.handoffs import clocks
from funnel.handoffs.recording import answered_meanwhile, run_handoff
from funnel.models import Application, Handoff, HandoffState, Interview, Offer, Outcome
from funnel.selectors import first_step
from funnel.transitions import run_transition
from recruiting.accounts.hours import hours_of
from recruiting.accounts.models import User
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.models import Step
from recruiting.jobs.stages import Stage

UNDO = timedelta(seconds=60)  # the page shows it for ten: a slow network has the rest
UNDONE = (HandoffState.ACCEPTED, HandoffState.RETURNED)


@transaction.atomic
def undo_answer(*, handoff: Handoff, by: User, at: datetime) -> Handoff:
    """An acceptance or a return did not happen: the card stands where it stood, and waits as if nobody had answered.

    By whoever answered, within UNDO, while nothing else has happened to the card. Where both sides were one person
    nothing is left to wait for: the offer is withdrawn.
    """
    was, card = handoff.state, _held(handoff)
    _check_undo(handoff, card, by, at)
    if was == HandoffState.ACCEPTED:
        _take_back(handoff, card, by, at)
    handoff.paused_at = at if card.outcome == Outcome.ON_HOLD else None
    run_handoff(handoff=handoff, move="reopen", verb="handoff.answer_undone", by=by, at=at, data={"was": str(was)})
    if handoff.is_at_once:
        run_handoff(
            handoff=handoff, move="withdraw", verb="handoff.withdrawn", by=by, at=at, terms={"why": "answer_undone"}
        )
    return handoff


@transaction.atomic
def reopen_decided(*, application: Application, by: User | None, at: datetime) -> Handoff | None:
    """The exit after a let-go was undone: the handoff waits again, with what was left of its clock. None: it was no
    let-go at a handoff."""
    last = Handoff.objects.filter(application=application).select_related("to_user", "from_user", "application")
    handoff = last.order_by("-pk").first()  # handoffs_of_an_application
    if handoff is None or handoff.state != HandoffState.DECIDED or handoff.answered_at is None:
        return None
    clocks.lift(handoff, handoff.answered_at, at, hours_of(handoff.to_user, handoff.answered_at))
    data = {"was": HandoffState.DECIDED.value}
    return run_handoff(handoff=handoff, move="reopen", verb="handoff.answer_undone", by=by, at=at, data=data)


def _held(handoff: Handoff) -> Application:
    rows = Application.objects.select_related("candidate", "job", "step").select_for_update(of=("self",))
    return rows.get(pk=handoff.application_id)


def _check_undo(handoff: Handoff, card: Application, by: User, at: datetime) -> None:
    name = {"name": card.candidate.name}
    if handoff.state not in UNDONE or handoff.answered_at is None:
        raise answered_meanwhile(handoff, at)
    if handoff.answered_by_id != by.pk:
        raise Refused(_("Only who answered takes the answer back."), "not_allowed")
    if at - handoff.answered_at > UNDO:
        raise Refused(_("The answer about %(name)s is more than a minute old and stays.") % name, "too_late")
    if not _is_untouched(handoff, card):
        raise Refused(_("Something has happened to %(name)s since, so the answer stays.") % name, "moved")


def _is_untouched(handoff: Handoff, card: Application) -> bool:
    """Nothing came after the answer: no further offer, no move, no end."""
    if Handoff.objects.filter(application=card, pk__gt=handoff.pk).exists():
        return False
    if handoff.state == HandoffState.ACCEPTED:
        stands = card.stage == handoff.to_stage and card.stage_since == handoff.answered_at
        is_where = stands and card.outcome == Outcome.ACTIVE and card.step_since == handoff.answered_at
        return is_where and not _has_begun(handoff)
    return handoff.settled_at is None and card.is_live and card.stage == handoff.from_stage


def _has_begun(handoff: Handoff) -> bool:
    """Whether somebody builds on the acceptance already: an interview or an offer was written down since."""
    since = {"application": handoff.application_id, "created_at__gte": handoff.answered_at}
    return Interview.objects.filter(**since).exists() or Offer.objects.filter(**since).exists()


def _take_back(handoff: Handoff, card: Application, by: User, at: datetime) -> None:
    """The card goes back to the column it came from, and the visit there continues."""
    told = Event.objects.filter(subject="application", subject_key=card.pk, verb="application.advanced")
    crossed = told.order_by("-id").first()  # event_history_of_a_subject
    before = crossed.data.get("from_step") if crossed else None
    step = Step.objects.filter(pk=before, job=card.job_id, is_retired=False).first() if before else None
    run_transition(
        application=card,
        move="correct",
        by=by,
        at=at,
        is_granted=True,
        data={"handoff": handoff.pk},
        to=Stage(handoff.from_stage),
        step=step or first_step(card.job_id, handoff.from_stage),
    )
