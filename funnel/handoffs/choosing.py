"""Whom an offer goes to: who is next at the seat, whom the sender chose, or the sender on both sides."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from funnel.handoffs.receivers import ANSWERS, NEXT_SEAT, receiver_for
from recruiting.accounts.models import Absence, User
from recruiting.accounts.roles import Role
from recruiting.core.days import day_of
from recruiting.core.refused import Refused
from recruiting.jobs.gates import GateToday
from recruiting.jobs.models import Job, JobSeat, Seat


@dataclass(frozen=True)
class Choice:
    """Who is asked and in which role; at once where the sender is that person."""

    user: User
    role: str
    is_at_once: bool


def receiver_of(job: Job, gate: GateToday, *, by: User, to: User | None, at: datetime) -> Choice:
    """Somebody always is asked. Whoever holds the receiving seat themselves asks nobody else, unless they chose to."""
    if to is not None:
        if to.pk not in {user.pk for user in receivers_to_choose(job, gate.receiver, at)} | {by.pk}:
            raise Refused(_("%(name)s does not take people in on this job.") % {"name": to.name}, "not_a_receiver")
        if to.pk == by.pk and not _sits(job, by, gate.receiver):
            raise Refused(_("You cannot accept at this gate: choose who can."), "not_a_receiver")
        return Choice(to, gate.receiver, is_at_once=to.pk == by.pk)
    if _sits(job, by, gate.receiver):
        return Choice(by, gate.receiver, is_at_once=True)
    user, role = receiver_for(job, gate.receiver, at)
    return Choice(user, role, is_at_once=user.pk == by.pk)


def _sits(job: Job, user: User, seat: str) -> bool:
    """Whether somebody holds the seat in their own name and may answer."""
    if not user.has_perm(ANSWERS):
        return False
    if seat == Seat.RECRUITER and job.recruiter_id == user.pk:
        return True
    return JobSeat.objects.filter(job=job, user=user, seat=seat, deputy_for=None, until=None).exists()


def receivers_to_choose(job: Job, seat: str, at: datetime) -> list[User]:
    """Who may be asked instead: everybody on that seat or the one that follows, their deputies, the leads.

    Nobody who is away; whoever sits on the job first, then by name.
    """
    seats = [seat, *filter(None, [NEXT_SEAT.get(Seat(seat))])]
    on_seat = JobSeat.objects.filter(job=job, seat__in=seats, until=None).values("user")
    named = Absence.objects.on(day_of(at)).filter(user__in=on_seat, deputy__isnull=False).values("deputy")
    leads = Q(role=Role.RECRUITING_LEAD)
    found = User.objects.filter(Q(pk__in=on_seat) | Q(pk__in=named) | Q(pk=job.recruiter_id) | leads, is_active=True)
    away = set(Absence.objects.on(day_of(at)).filter(user__in=found).values_list("user", flat=True))
    present = [user for user in found if user.pk not in away and user.has_perm(ANSWERS)]
    return sorted(present, key=lambda user: (user.role == Role.RECRUITING_LEAD, user.name))
