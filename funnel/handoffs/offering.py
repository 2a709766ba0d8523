"""A card is offered over a border: with a frozen packet, to somebody, on their clock. Several at once as well."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from funnel.handoffs import clocks
from funnel.handoffs.answering import accept_handoff
from funnel.handoffs.choosing import Choice, receiver_of
from funnel.handoffs.packet import (
    PacketOrder,
    Proposed,
    Shown,
    check_evidence,
    check_musts,
    freeze,
    proposed_packet,
)
from funnel.handoffs.receivers import seat_deputy
from funnel.handoffs.recording import record_handoffs
from funnel.models import Application, Handoff, HandoffState, Outcome
from funnel.selectors import first_step
from funnel.services.moving import check_step
from funnel.stages import is_before, next_stage
from funnel.transitions import moved_meanwhile, not_from_here
from recruiting.accounts.models import User
from recruiting.core import outbox, words
from recruiting.core.refused import Refused
from recruiting.jobs.models import Step
from recruiting.jobs.services.openings import lock_job

__all__ = ["Offered", "PacketOrder", "Shown", "offer_handoff", "offer_handoffs", "proposed_packet"]

OFFERS = "funnel.offer_handoff"
TOGETHER = "funnel.offered_together"


@transaction.atomic
def offer_handoff(
    *,
    application: Application,
    order: PacketOrder,
    by: User,
    at: datetime,
    to_stage: str | None = None,
    to_step: Step | None = None,
    to: User | None = None,
    seen_version: int | None = None,
    is_one_of_many: bool = False,
) -> Handoff:
    """Offer a card over the next border, or over several at the gate of the last. Where both sides are one person it
    is accepted at once, and says so. `is_one_of_many`: the caller writes one letter for all of them.

    A must that is not met, or lacks what has to lie with it, refuses; between two sides only: nobody checks themselves.
    """
    if not by.has_perm(OFFERS):
        raise Refused(_("Your role does not offer people to the next stage."), "not_allowed")
    if to_step is not None:
        check_step(application, to_step)
    lock_job(application.job)  # a seat may have to be given; a closing too locks the job before its cards
    application = _standing(application, seen_version, at)
    target = to_step.stage if to_step else to_stage or next_stage(application.stage)
    if target is None or not is_before(application.stage, target):
        raise Refused(_("%(name)s is already that far.") % {"name": application.candidate.name}, "not_allowed")
    proposed = proposed_packet(application, target, at, by=by)
    choice = receiver_of(application.job, proposed.gate, by=by, to=to, at=at)
    packet = freeze(proposed, order, application)
    check_evidence(packet, application)
    if not choice.is_at_once:
        check_musts(packet, application)
    handoff = _row(application, proposed, choice, packet, by, at)
    handoff.to_step = to_step or first_step(application.job_id, target)
    _write(handoff, at, is_one_of_many=is_one_of_many)
    if choice.is_at_once:
        return accept_handoff(handoff=handoff, by=by, at=at)
    seat_deputy(job=application.job, user=choice.user, seat=choice.role, by=by, at=at)
    return handoff


def _standing(application: Application, seen_version: int | None, at: datetime) -> Application:
    """The card as it stands, held until the offer is written, so that nobody moves it in between."""
    rows = Application.objects.select_related("candidate", "job__recruiter", "step").select_for_update(of=("self",))
    now = rows.get(pk=application.pk)
    if (application.version if seen_version is None else seen_version) != now.version:
        raise moved_meanwhile(now, at)
    if now.outcome != Outcome.ACTIVE:
        raise not_from_here(now)
    return now


def _row(
    application: Application, proposed: Proposed, choice: Choice, packet: dict[str, object], by: User, at: datetime
) -> Handoff:
    """The handoff, not written yet."""
    gate, target = proposed.gate, proposed.gate.to_stage
    due = clocks.due_for(choice.user, warn_hours=gate.warn_hours, miss_hours=gate.miss_hours, at=at)
    return Handoff(
        application=application,
        job=application.job,
        from_stage=application.stage,
        to_stage=target,
        from_user=by,
        to_user=choice.user,
        from_role=gate.sender,
        to_role=choice.role,
        attempt=Handoff.objects.filter(application=application, to_stage=target).count() + 1,
        previous=proposed.previous,
        is_at_once=choice.is_at_once,
        packet=packet,
        offered_at=at,
        asked_at=at,
        warn_at=due.warn_at,
        miss_at=due.miss_at,
    )


def _write(handoff: Handoff, at: datetime, *, is_one_of_many: bool) -> None:
    """The database holds that a card is offered once at a time; the second of two people reads who was first."""
    try:
        with transaction.atomic():
            handoff.save(force_insert=True)
    except IntegrityError as wrong:
        raise _offered_already(handoff.application, at) from wrong
    Handoff.objects.back_on_desk().filter(application=handoff.application_id).update(settled_at=at)
    if not handoff.is_at_once:  # else the acceptance says it all
        more: dict[str, Any] = {"is_one_of_many": True} if is_one_of_many else {}
        record_handoffs([handoff], "handoff.offered", to=HandoffState.OFFERED, by=handoff.from_user, at=at, **more)


def check_free(application: Application, at: datetime) -> None:
    """Whoever waits at a gate already is not offered a second time."""
    if Handoff.objects.offered().filter(application=application).exists():
        raise _offered_already(application, at)


def _offered_already(application: Application, at: datetime) -> Refused:
    there = Handoff.objects.offered().select_related("from_user", "to_user").get(application=application)
    terms = {
        "who": there.from_user.name,
        "name": application.candidate.name,
        "whom": there.to_user.name,
        "ago": words.since_then(timezone.localtime(there.offered_at), at, get_language() or "en"),
    }
    return Refused(_("%(who)s offered %(name)s to %(whom)s %(ago)s. Nothing was changed.") % terms, "moved")


@dataclass
class Offered:
    """Who waits at the gate, who crossed at once, and one sentence for each who did neither."""

    offered: list[Handoff] = field(default_factory=list)
    crossed: list[Handoff] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def take(self, handoff: Handoff) -> None:
        (self.crossed if handoff.is_at_once else self.offered).append(handoff)


@transaction.atomic
def offer_handoffs(
    *,
    applications: Sequence[Application],
    order: PacketOrder,
    by: User,
    at: datetime,
    to_step: Step,
    to: User | None = None,
) -> Offered:
    """The same offer for several cards of a job, each as offer_handoff would; who cannot be offered is named."""
    done = Offered()
    for application in sorted(applications, key=lambda row: row.pk):
        try:
            with transaction.atomic():
                offered = offer_handoff(
                    application=application, order=order, by=by, at=at, to_step=to_step, to=to, is_one_of_many=True
                )
        except Refused as refused:
            done.refused.append(refused.message)
        else:
            done.take(offered)
    _promise_letters(done.offered, at)
    return done


def _promise_letters(offered: Sequence[Handoff], at: datetime) -> None:
    """Whoever was offered several cards in one go has one letter about all of them."""
    for user in dict.fromkeys(handoff.to_user_id for handoff in offered):
        keys = [handoff.pk for handoff in offered if handoff.to_user_id == user]
        payload = {"user": user, "handoffs": keys}
        outbox.post(topic=TOGETHER, key=f"handoffs:{keys[0]}-{keys[-1]}:{user}", at=at, payload=payload)
