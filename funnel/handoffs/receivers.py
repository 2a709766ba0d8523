"""Who receives a card at a border: the job's team, deputies for whoever is away, in turns; at last the lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from funnel.models import Handoff
from recruiting.accounts.models import Absence, User
from recruiting.accounts.roles import Role
from recruiting.core.days import day_of
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, JobSeat, Seat

# Whoever holds none of the first seat's chairs: who is asked instead, before the lead.
NEXT_SEAT = {Seat.FINAL_DECIDER: Seat.HIRING_MANAGER, Seat.APPROVER: Seat.HIRING_MANAGER}
ANSWERS = "funnel.answer_handoff"


def receiver_for(job: Job, seat: str, at: datetime) -> tuple[User, str]:
    """Who is asked next at a seat, and in which role. Somebody always is; Refused only in a house without a lead."""
    while True:
        found = _at_seat(job, seat, at)
        if found:
            return in_turn(found, at), seat
        following = NEXT_SEAT.get(Seat(seat))
        if following is None:
            break
        seat = following
    if seat == Seat.RECRUITER and job.recruiter is not None and _present([job.recruiter], at):
        return job.recruiter, seat
    return last_resort(at), Seat.RECRUITER


def _at_seat(job: Job, seat: str, at: datetime) -> list[User]:
    """Those who hold the seat and are at work; for whoever is away, who stands in for them."""
    rows = JobSeat.objects.filter(job=job, seat=seat, until=None, user__is_active=True).select_related("user")
    seats = [row for row in rows.order_by("since", "id") if row.user.has_perm(ANSWERS)]
    holders = [row.user for row in seats if row.deputy_for_id is None]
    present = _present(holders, at)
    if present or not holders:
        return present
    standing_in = _present([row.user for row in seats if row.deputy_for_id is not None], at)
    return standing_in or _present(_named_deputies(holders, day_of(at)), at)


def _named_deputies(holders: Sequence[User], day: date) -> list[User]:
    """Whom those who are away named for these days; only who may see the job's people without a seat."""
    away = Absence.objects.on(day).filter(user__in=holders, deputy__is_active=True).select_related("deputy")
    return [row.deputy for row in away if row.deputy is not None and row.deputy.has_perm(ANSWERS)]


def _present(users: Sequence[User], at: datetime) -> list[User]:
    away = set(Absence.objects.on(day_of(at)).filter(user__in=users).values_list("user", flat=True)) if users else set()
    return [user for user in users if user.pk not in away and user.is_active]


def in_turn(users: Sequence[User], at: datetime) -> User:
    """Round robin: whoever was asked longest ago; who never was comes first, in the order given."""
    if len(users) == 1:
        return users[0]
    asked = Handoff.objects.filter(to_user__in=users).values_list("to_user").annotate(last=Max("offered_at"))
    last = dict(asked.order_by())
    return min(users, key=lambda user: (user.pk in last, last.get(user.pk, at)))


def last_resort(at: datetime) -> User:
    """A recruiting lead at work, else any lead, else an administrator."""
    for role in (Role.RECRUITING_LEAD, Role.ADMINISTRATOR):
        users = list(User.objects.filter(role=role, is_active=True).order_by("pk"))
        if users:
            return in_turn(_present(users, at) or users, at)
    raise Refused(_("Nobody here leads recruiting, so nobody can be asked. Give somebody that role."), "no_receiver")
