"""Who receives a card at a border: the job's team, deputies for whoever is away, in turns; at last the lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Subquery
from django.utils.translation import gettext as _

from funnel.models import Handoff
from recruiting.accounts.hours import away_at
from recruiting.accounts.models import Absence, User
from recruiting.accounts.roles import SEES_EVERYBODY, Role
from recruiting.core.days import day_of
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, JobSeat, Seat
from recruiting.jobs.services import seat_user, unseat_user

# Whoever holds none of the first seat's chairs: who is asked instead, before the lead.
NEXT_SEAT = {Seat.FINAL_DECIDER: Seat.HIRING_MANAGER, Seat.APPROVER: Seat.HIRING_MANAGER}
ANSWERS = "funnel.answer_handoff"


def receiver_for(job: Job, seat: str, at: datetime) -> tuple[User, str]:
    """Who is asked next at a seat, and in which role. Somebody always is; Refused only in a house without a lead."""
    while True:
        found = _at_seat(job, seat, at)
        if found:
            return in_turn(found), seat
        following = NEXT_SEAT.get(Seat(seat))
        if following is None:
            return last_resort(at), Seat.RECRUITER
        seat = following


def _at_seat(job: Job, seat: str, at: datetime) -> list[User]:
    """Those who hold the seat and are at work; for whoever is away, who stands in for them."""
    rows = JobSeat.objects.filter(job=job, seat=seat, until=None, user__is_active=True).select_related("user")
    seats = [row for row in rows.order_by("since", "id") if row.user.has_perm(ANSWERS)]
    holders = [row.user for row in seats if row.deputy_for_id is None]
    if not holders and seat == Seat.RECRUITER and job.recruiter is not None and job.recruiter.has_perm(ANSWERS):
        holders = [job.recruiter]
    away = away_at([row.user for row in seats] + holders, at)
    present = [user for user in holders if user.pk not in away]
    if present or not holders:
        return present
    seated = [row.user for row in seats if row.deputy_for_id is not None and row.user_id not in away]
    return seated or _named_deputies([away[user.pk] for user in holders], at)


def _named_deputies(absences: Sequence[Absence], at: datetime) -> list[User]:
    """Whom those who are away named for these days. `seat_deputy` gives them the seat when they are asked."""
    named = [row.deputy for row in absences if row.deputy is not None and row.deputy.has_perm(ANSWERS)]
    away = away_at(named, at)
    return [user for user in dict.fromkeys(named) if user.pk not in away]


def in_turn(users: Sequence[User]) -> User:
    """Round robin: whoever was asked longest ago; who never was comes first, in the order given.

    Of two offered in the same moment the later row counts, so that a bulk offer goes round too. Two offers at once may
    ask the same person: the next one goes to the other.
    """
    if len(users) == 1:
        return users[0]
    asked = Handoff.objects.filter(to_user__in=users, is_at_once=False).values_list("to_user")  # handoffs_by_receiver
    last = {user: (at, row) for user, at, row in asked.annotate(Max("offered_at"), Max("pk")).order_by()}
    never = [user for user in users if user.pk not in last]
    return never[0] if never else min(users, key=lambda user: last[user.pk])


def last_resort(at: datetime) -> User:
    """A recruiting lead at work, else any lead, else an administrator."""
    for role in (Role.RECRUITING_LEAD, Role.ADMINISTRATOR):
        users = list(User.objects.filter(role=role, is_active=True).order_by("pk"))
        away = away_at(users, at)
        if users:
            return in_turn([user for user in users if user.pk not in away] or users)
    raise Refused(_("Nobody here leads recruiting, so nobody can be asked. Give somebody that role."), "no_receiver")


def seat_deputy(*, job: Job, user: User, seat: str, by: User | None, at: datetime) -> JobSeat | None:
    """Whoever was named for somebody's absence gets that seat on the job, or they could not see the card.

    None where they see the job anyway, or stand in for nobody there. `end_stand_ins` ends the seat again.
    """
    if user.sees_everybody or JobSeat.objects.filter(job=job, user=user, seat=seat, until=None).exists():
        return None
    holders = User.objects.filter(job_seats__job=job, job_seats__seat=seat, job_seats__until=None)
    away = away_at(list(holders.filter(job_seats__deputy_for=None)), at)
    whom = next((row.user_id for row in away.values() if row.deputy_id == user.pk), None)
    if whom is None:
        return None
    row = seat_user(job=job, user=user, seat=seat, by=by, at=at, deputy_for=User.objects.get(pk=whom))
    row.is_while_away = True
    row.save(update_fields=["is_while_away"])
    return row


def begin_stand_ins(*, at: datetime, limit: int = 100) -> int:
    """What already waited when somebody went away is shown to whoever they named: a seat until they are back.

    Whoever sees the job anyway needs none. Late or doubled runs change nothing.
    """
    today = Absence.objects.on(day_of(at)).filter(user=OuterRef("to_user"), deputy__is_active=True)
    named = today.exclude(deputy__role__in=SEES_EVERYBODY).values("deputy")[:1]
    seated = JobSeat.objects.filter(job=OuterRef("job"), user=OuterRef("named"), seat=OuterRef("to_role"), until=None)
    rows = Handoff.objects.offered().annotate(named=Subquery(named)).filter(~Exists(seated), named__isnull=False)
    waiting = list(rows.select_related("job").order_by("pk")[:limit])
    deputies = User.objects.in_bulk({row.named for row in waiting})
    given = [seat_deputy(job=row.job, user=deputies[row.named], seat=row.to_role, by=None, at=at) for row in waiting]
    return len(given) - given.count(None)


def end_stand_ins(*, at: datetime, limit: int = 100) -> int:
    """Seats given for an absence end when it is over and nothing waits there. Late or doubled runs change nothing."""
    waiting = Handoff.objects.offered().filter(job=OuterRef("job"), to_user=OuterRef("user"))
    still = Absence.objects.on(day_of(at)).filter(user=OuterRef("deputy_for"), deputy=OuterRef("user"))
    rows = JobSeat.objects.filter(~Exists(waiting), ~Exists(still), until=None, is_while_away=True)  # seats_while_away
    over = list(rows.select_related("job").order_by("pk")[:limit])
    for row in over:
        unseat_user(seat=row, by=None, at=at)
    return len(over)
