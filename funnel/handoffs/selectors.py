"""Reading handoffs: what waits for somebody, what came back, and what stands on a card."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from funnel.models import Handoff, HandoffState
from recruiting.accounts.models import Absence, User
from recruiting.core.days import day_of
from recruiting.jobs.models import JobSeat, Seat

ANSWERS, REASSIGNS = "funnel.answer_handoff", "funnel.reassign_handoff"


def handoffs() -> QuerySet[Handoff]:
    """Handoffs with what a sentence about them names."""
    return Handoff.objects.select_related(
        *("application__candidate", "application__step", "job", "to_step", "from_user", "to_user"),
        *("answered_by", "failed", "asked_lead"),
    )


def waiting_for(user: User, at: datetime) -> QuerySet[Handoff]:
    """What this person is asked to answer, soonest due first: their own, and of whom they stand in for today."""
    away = Absence.objects.on(day_of(at)).filter(user=OuterRef("to_user"))
    seat = JobSeat.objects.filter(job=OuterRef("job"), user=user, seat=OuterRef("to_role"), until=None)
    as_deputy = Exists(away.filter(deputy=user)) | (Exists(away) & Exists(seat.filter(deputy_for=OuterRef("to_user"))))
    mine = Handoff.objects.visible_to(user).offered().filter(paused_at=None).filter(Q(to_user=user) | as_deputy)
    return mine.order_by("miss_at", "pk")  # handoffs_that_wait


def came_back(user: User) -> QuerySet[Handoff]:
    """What was returned to this person and nothing was done about yet, soonest due first."""
    mine = Handoff.objects.visible_to(user).back_on_desk().filter(from_user=user)
    return mine.order_by("back_miss_at", "pk")  # handoffs_that_came_back


def to_settle(user: User) -> QuerySet[Handoff]:
    """Cards that were returned too often: this lead was asked what becomes of them."""
    return Handoff.objects.back_on_desk().filter(asked_lead=user).order_by("back_miss_at", "pk")


def offered_of(applications: Iterable[int]) -> dict[int, Handoff]:
    """Of these cards those at a gate, and those that came back: what a card says, in one query."""
    here = Q(state=HandoffState.OFFERED) | Q(state=HandoffState.RETURNED, settled_at=None)
    rows = Handoff.objects.filter(here, application__in=applications).select_related("to_user", "failed")
    return {row.application_id: row for row in rows.order_by("pk")}


def may_answer(handoff: Handoff, user: User, at: datetime) -> bool:
    """Whoever is asked, who holds the same seat on the job, who stands in for them today, and a recruiting lead."""
    if handoff.state != HandoffState.OFFERED or not user.has_perm(ANSWERS):
        return False
    if user.pk == handoff.to_user_id or user.has_perm(REASSIGNS):
        return True
    if handoff.to_role == Seat.RECRUITER and handoff.job.recruiter_id == user.pk:
        return True
    if not Handoff.objects.visible_to(user).filter(pk=handoff.pk).exists():
        return False
    return holds_seat(handoff.job_id, user, handoff.to_role) or _stands_in(handoff, user, at)


def holds_seat(job: int, user: User, seat: str) -> bool:
    """Whether somebody sits there today, in their own name or for somebody else."""
    return JobSeat.objects.filter(job=job, user=user, seat=seat, until=None).exists()


def _stands_in(handoff: Handoff, user: User, at: datetime) -> bool:
    return Absence.objects.on(day_of(at)).filter(user=handoff.to_user_id, deputy=user).exists()


def may_withdraw(handoff: Handoff, user: User) -> bool:
    """Whoever offered it takes it back, or a recruiting lead."""
    is_own = handoff.from_user_id == user.pk and user.has_perm("funnel.offer_handoff")
    return handoff.state == HandoffState.OFFERED and (is_own or user.has_perm(REASSIGNS))


def may_reassign(handoff: Handoff, user: User) -> bool:
    """The sender asks somebody else, the receiver passes it on, a recruiting lead decides."""
    return may_withdraw(handoff, user) or (
        handoff.state == HandoffState.OFFERED and handoff.to_user_id == user.pk and user.has_perm(ANSWERS)
    )
