"""Who is asked at a border: the job's team in turns, deputies for whoever is away, at last the recruiting lead."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from funnel import tasks
from funnel.handoffs.answering import accept_handoff, reassign_handoff
from funnel.handoffs.offering import offer_handoff
from funnel.handoffs.receivers import begin_stand_ins, end_stand_ins, in_turn, last_resort, receiver_for, seat_deputy
from funnel.handoffs.selectors import waiting_for
from funnel.handoffs.while_away import at_work, who_answers
from funnel.models import Handoff
from recruiting.accounts.absences import enter_absence
from recruiting.accounts.models import User
from recruiting.accounts.roles import Role
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, JobSeat, Seat
from recruiting.jobs.services import seat_user
from tests.builders import MONDAY, a_lead, a_manager, a_recruiter, an_administrator, an_interviewer
from tests.builders_funnel import an_application
from tests.builders_handoffs import a_full_order, a_job_with_sides

pytestmark = pytest.mark.django_db
TODAY, TOMORROW, WEDNESDAY = date(2026, 11, 2), date(2026, 11, 3), MONDAY + timedelta(days=2)
MANAGER = Seat.HIRING_MANAGER


def away(user: User, deputy: User | None = None, back_on: date = TOMORROW) -> None:
    enter_absence(user=user, from_on=TODAY, back_on=back_on, deputy=deputy, by=user, at=MONDAY)


def asked(job: Job, seat: str = MANAGER, at: Any = MONDAY) -> User:
    return receiver_for(Job.objects.get(pk=job.pk), seat, at)[0]


def a_job(manager: User, **more: Any) -> Job:
    return a_job_with_sides(manager=manager, **more)


def offered(job: Job, at: Any = MONDAY, **more: Any) -> Handoff:
    card = an_application(through="screening", job=job, by=job.recruiter, at=MONDAY - timedelta(days=2))
    order = a_full_order(card, at=at)
    return offer_handoff(application=card, order=order, by=job.recruiter, at=at, **more)


def seated(job: Job, user: User) -> bool:
    return JobSeat.objects.filter(job=job, user=user, until=None).exists()


def test_the_seats_holder_is_asked_in_that_role(manager: User) -> None:
    assert receiver_for(a_job(manager), MANAGER, MONDAY) == (manager, MANAGER)


def test_a_seat_nobody_holds_is_answered_by_the_hiring_manager(manager: User) -> None:
    job = a_job(manager)
    JobSeat.objects.filter(job=job, seat=Seat.FINAL_DECIDER).update(until=MONDAY)

    assert receiver_for(job, Seat.FINAL_DECIDER, MONDAY) == (manager, MANAGER)


def test_several_holders_are_asked_in_turns_a_bulk_offer_too(manager: User) -> None:
    job, second, third = a_job(manager), a_manager(), a_manager()
    for user in (second, third):
        seat_user(job=job, user=user, seat=MANAGER, by=None, at=MONDAY)

    same_moment = [offered(job).to_user for _card in range(6)]

    assert same_moment == [manager, second, third, manager, second, third]


def test_what_somebody_did_on_both_sides_is_nobodys_turn(manager: User) -> None:
    job, second = a_job(manager), a_manager()
    seat_user(job=job, user=second, seat=MANAGER, by=None, at=MONDAY)
    first = offered(job)
    Handoff.objects.filter(pk=first.pk).update(is_at_once=True)

    assert offered(job).to_user == manager


def test_two_who_look_at_once_see_the_same_turn(manager: User) -> None:
    users = [manager, a_manager()]

    assert in_turn(users) == in_turn(users) == manager


def test_whoever_is_away_is_left_out_of_the_turns(manager: User) -> None:
    job, second = a_job(manager), a_manager()
    seat_user(job=job, user=second, seat=MANAGER, by=None, at=MONDAY)
    away(manager)

    assert [asked(job), asked(job, at=WEDNESDAY)] == [second, manager]


def test_a_deputys_seat_comes_before_a_named_deputy(manager: User) -> None:
    job, seated_deputy, named = a_job(manager), a_manager(), a_manager()
    seat_user(job=job, user=seated_deputy, seat=MANAGER, by=None, at=MONDAY, deputy_for=manager)
    assert asked(job) == manager

    away(manager, deputy=named)

    assert asked(job) == seated_deputy
    away(seated_deputy)
    assert asked(job) == named


def test_a_named_deputy_who_is_away_too_is_not_asked(manager: User, lead: User) -> None:
    job, named = a_job(manager), a_manager()
    away(manager, deputy=named)
    away(named)

    assert receiver_for(job, MANAGER, MONDAY) == (last_resort(MONDAY), Seat.RECRUITER)
    assert asked(job).role == Role.RECRUITING_LEAD


@pytest.mark.parametrize("is_seated", [True, False])
def test_the_jobs_recruiter_is_asked_and_whoever_stands_in_for_them(is_seated: bool) -> None:
    recruiter, deputy = a_recruiter(), a_recruiter()
    job = a_job(a_manager(), recruiter=recruiter)
    if not is_seated:
        JobSeat.objects.filter(job=job, user=recruiter).update(until=MONDAY)
    assert asked(job, Seat.RECRUITER) == recruiter

    away(recruiter, deputy=deputy)

    assert asked(job, Seat.RECRUITER) == deputy


def test_whoever_left_or_may_not_answer_is_never_asked(manager: User) -> None:
    job = a_job(manager)
    seat_user(job=job, user=an_interviewer(), seat=MANAGER, by=None, at=MONDAY)
    User.objects.filter(pk=manager.pk).update(is_active=False)

    assert asked(job).role == Role.RECRUITING_LEAD


def test_the_last_resort_is_a_lead_at_work_then_any_lead_then_an_administrator() -> None:
    User.objects.update(is_active=False)
    with pytest.raises(Refused, match="Nobody here leads recruiting"):
        last_resort(MONDAY)
    administrator = an_administrator()
    assert last_resort(MONDAY) == administrator
    first, second = a_lead(), a_lead()
    away(first)
    assert last_resort(MONDAY) == second
    away(second)
    assert last_resort(MONDAY) == first


# --- A deputy sees what they are asked about --------------------------------------------------------------------------


def test_a_named_deputy_sits_on_the_job_once_they_are_asked_and_sees_the_card(manager: User) -> None:
    job, deputy = a_job(manager), a_manager()
    away(manager, deputy=deputy)
    assert not seated(job, deputy)

    handoff = offered(job)

    assert handoff.to_user == deputy
    assert Handoff.objects.visible_to(deputy).get() == handoff
    seat = JobSeat.objects.get(job=job, user=deputy)
    assert (seat.deputy_for, seat.is_decider, seat.is_while_away) == (manager, False, True)
    assert accept_handoff(handoff=handoff, by=deputy, at=MONDAY).answered_by == deputy


def test_a_named_deputy_whom_a_card_is_passed_on_to_sees_it(manager: User, lead: User) -> None:
    job, deputy = a_job(manager), a_manager()
    handoff = offered(job)
    away(manager, deputy=deputy)

    reassign_handoff(handoff=handoff, to=deputy, by=lead, at=MONDAY)

    assert Handoff.objects.visible_to(deputy).exists()


def test_whoever_sees_the_job_anyway_or_stands_in_for_nobody_gets_no_seat(manager: User, lead: User) -> None:
    job = a_job(manager)
    away(manager, deputy=lead)

    for user in (lead, manager, a_manager()):
        assert seat_deputy(job=job, user=user, seat=MANAGER, by=None, at=MONDAY) is None


def test_the_seat_ends_when_they_are_back_and_nothing_waits(manager: User) -> None:
    job, deputy = a_job(manager), a_manager()
    away(manager, deputy=deputy)
    handoff = offered(job)

    assert end_stand_ins(at=MONDAY) == 0  # still away
    assert end_stand_ins(at=WEDNESDAY) == 0  # the card still waits for the deputy
    accept_handoff(handoff=handoff, by=deputy, at=WEDNESDAY)
    assert end_stand_ins(at=WEDNESDAY) == 1
    assert end_stand_ins(at=WEDNESDAY) == 0

    assert not seated(job, deputy)
    assert not Handoff.objects.visible_to(deputy).exists()


def test_what_already_waited_when_somebody_went_away_is_shown_to_whom_they_named(manager: User) -> None:
    job, deputy = a_job(manager), a_manager()
    handoff = offered(job)
    away(manager, deputy=deputy)
    assert not Handoff.objects.visible_to(deputy).exists()

    assert begin_stand_ins(at=MONDAY) == 1
    assert begin_stand_ins(at=MONDAY) == 0

    assert list(waiting_for(deputy, MONDAY)) == [handoff]
    assert end_stand_ins(at=WEDNESDAY) == 1
    assert not Handoff.objects.visible_to(deputy).exists()


def test_nobody_gets_a_seat_for_an_absence_that_is_yet_to_come(manager: User) -> None:
    job, deputy = a_job(manager), a_manager()
    away(manager, deputy=deputy)
    offered(job)

    assert begin_stand_ins(at=MONDAY - timedelta(days=7)) == 0


def test_a_deputys_seat_given_by_hand_stays(manager: User) -> None:
    job, deputy = a_job(manager), a_manager()
    seat_user(job=job, user=deputy, seat=MANAGER, by=None, at=MONDAY, deputy_for=manager)

    assert tasks.end_stand_ins() == 0
    assert seated(job, deputy)


# --- Whom a reminder goes to ------------------------------------------------------------------------------------------


def test_whoever_is_asked_is_reminded_and_while_they_are_away_whoever_stands_in(manager: User) -> None:
    job, by_seat, named = a_job(manager), a_manager(), a_manager()
    handoff = offered(job)
    assert who_answers(handoff, MONDAY) == [manager]
    seat_user(job=job, user=by_seat, seat=MANAGER, by=None, at=MONDAY, deputy_for=manager)

    away(manager, deputy=named)

    assert who_answers(handoff, MONDAY) == [by_seat]  # the other one cannot see the card
    away(by_seat)
    assert who_answers(handoff, MONDAY) == []
    assert who_answers(handoff, WEDNESDAY) == [manager]


def test_a_sender_who_is_away_is_not_reminded_of_what_came_back(recruiter: User) -> None:
    away(recruiter)

    assert (at_work(recruiter, MONDAY), at_work(recruiter, WEDNESDAY)) == ([], [recruiter])


def test_finding_somebody_costs_the_same_for_one_holder_as_for_many(
    manager: User, django_assert_max_num_queries: Any
) -> None:
    job = a_job(manager)
    for _number in range(5):
        seat_user(job=job, user=a_manager(), seat=MANAGER, by=None, at=MONDAY)

    with django_assert_max_num_queries(3):  # seats, absences, turns
        receiver_for(job, MANAGER, MONDAY)
