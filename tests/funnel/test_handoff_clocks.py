"""When an answer is due, what pauses it, who is reminded, and what becomes of an offer when its card goes elsewhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from funnel import services
from funnel.handoffs.answering import accept_handoff
from funnel.handoffs.clocks import withdraw_long_holds
from funnel.handoffs.reminding import remind
from funnel.handoffs.settling import because
from funnel.jobs import hold_job, resume_job
from funnel.leaving import leave
from funnel.models import Handoff
from recruiting.accounts.models import User
from recruiting.core.days import day_of, plus_days
from recruiting.core.models import Event
from recycling.handoffs import let_go_at_handoff
from recycling.jobs import close_job
from recycling.leaving import exit_application, undo_exit
from tests.builders import MONDAY, a_lead, a_recruiter, moment
from tests.builders_funnel import A_DAY, fresh
from tests.builders_handoffs import AN_HOUR, a_job_with_sides, a_returned_handoff, again, an_offered_handoff
from tests.builders_recycling import an_order

pytestmark = pytest.mark.django_db
FRIDAY = moment("2026-11-20", "15:00")  # three working hours before the weekend, and a holiday on Monday


def told(verb):
    return Event.objects.filter(verb=verb).count()


# --- Due ------------------------------------------------------------------------------------------------------------


def test_an_answer_is_due_in_working_hours_over_a_weekend_and_a_holiday():
    handoff = an_offered_handoff(at=FRIDAY)  # interview: 8 and 12 hours; Monday 23 November is Labour Thanksgiving Day

    assert handoff.warn_at == moment("2026-11-24", "15:00")
    assert handoff.miss_at == moment("2026-11-25", "10:00")


def test_a_response_is_counted_in_the_receivers_working_minutes():
    handoff = an_offered_handoff(at=FRIDAY)

    accept_handoff(handoff=handoff, by=handoff.to_user, at=moment("2026-11-24", "10:00"))

    assert (handoff.response_minutes, handoff.is_in_time) == (4 * 60, True)


def test_an_answer_after_its_moment_is_late():
    handoff = an_offered_handoff(at=FRIDAY)

    accept_handoff(handoff=handoff, by=handoff.to_user, at=moment("2026-11-25", "11:00"))

    assert handoff.is_in_time is False


def test_a_hold_leaves_what_was_left_and_is_no_part_of_the_response():
    handoff = an_offered_handoff(at=MONDAY)  # Monday 10:00: eleven of twelve hours are left
    card = fresh(handoff.application)
    services.hold_application(
        application=card, until=day_of(MONDAY + 9 * A_DAY), reason="Holiday", by=handoff.from_user, at=MONDAY + AN_HOUR
    )

    resumed_at = moment("2026-11-04", "09:00")  # Tuesday is Culture Day
    services.resume_application(application=card, by=handoff.from_user, at=resumed_at)

    now = again(handoff)
    assert (now.paused_at, now.miss_at) == (None, moment("2026-11-05", "12:00"))
    accept_handoff(handoff=now, by=now.to_user, at=moment("2026-11-04", "10:00"))
    assert now.response_minutes == 2 * 60


def test_a_job_on_hold_pauses_both_clocks_and_lets_them_go_on():
    job = a_job_with_sides()
    offered = an_offered_handoff(job=job)
    returned = a_returned_handoff(job=job)

    hold_job(job=job, reason="Budget", until=plus_days(day_of(MONDAY), 20), by=a_recruiter(), at=MONDAY + 2 * AN_HOUR)
    assert remind(at=MONDAY + 20 * AN_HOUR) == 0
    resume_job(job=job, by=a_recruiter(), at=MONDAY + 24 * AN_HOUR)

    assert again(offered).paused_at is None
    assert again(offered).miss_at > offered.miss_at
    assert again(returned).back_miss_at > returned.back_miss_at


def test_a_hold_of_more_than_a_day_takes_the_offer_back():
    handoff = an_offered_handoff()
    card = fresh(handoff.application)
    until = plus_days(day_of(MONDAY), 5)
    services.hold_application(application=card, until=until, reason="Ill", by=handoff.from_user, at=MONDAY)

    assert withdraw_long_holds(at=MONDAY + A_DAY - AN_HOUR) == 0
    assert withdraw_long_holds(at=MONDAY + A_DAY) == 1
    assert withdraw_long_holds(at=MONDAY + A_DAY) == 0

    assert (again(handoff).state, again(handoff).why) == ("withdrawn", "held")
    assert Event.objects.get(verb="handoff.withdrawn").by is None


# --- Reminded -------------------------------------------------------------------------------------------------------


def test_the_receiver_is_warned_once_and_missed_once_however_often_the_sweep_runs():
    handoff = an_offered_handoff()
    leads = {a_lead().pk, *User.objects.filter(role="recruiting_lead").values_list("pk", flat=True)}

    assert remind(at=handoff.warn_at - timedelta(minutes=1)) == 0
    assert [remind(at=handoff.warn_at), remind(at=handoff.warn_at)] == [1, 0]
    assert [remind(at=handoff.miss_at), remind(at=handoff.miss_at + A_DAY)] == [1, 0]

    assert (told("handoff.warned"), told("handoff.missed")) == (1, 1)
    assert Event.objects.get(verb="handoff.missed").data["lead"] in leads


def test_a_sweep_that_comes_late_says_that_it_is_missed_and_does_not_warn_as_well():
    handoff = an_offered_handoff()

    assert remind(at=handoff.miss_at + A_DAY) == 1

    assert (told("handoff.warned"), told("handoff.missed")) == (0, 1)
    assert remind(at=handoff.miss_at + 2 * A_DAY) == 0


def test_the_sender_has_a_clock_of_their_own_for_what_came_back():
    returned = a_returned_handoff()

    assert [remind(at=returned.back_warn_at), remind(at=returned.back_miss_at)] == [1, 1]
    assert (told("handoff.back_warned"), told("handoff.back_missed")) == (1, 1)


def test_nobody_is_reminded_of_what_was_answered():
    handoff = an_offered_handoff()
    accept_handoff(handoff=handoff, by=handoff.to_user, at=MONDAY)

    assert remind(at=handoff.miss_at + A_DAY) == 0


# --- The card goes elsewhere -----------------------------------------------------------------------------------------


def _moves(card, by, at):
    services.advance_application(application=card, by=by, at=at)


def _leaves(card, by, at):
    leave(application=card, by=by, at=at)


def _is_moved_in_bulk(card, by, at):
    step = card.job.steps.filter(stage="interview").first()
    services.move_applications(keys=[card.pk], step=step, by=by, at=at)


def _steps_back(card, by, at):
    services.step_back(application=card, to="sourcing", by=by, at=at)


def _steps_back_in_bulk(card, by, at):
    step = card.job.steps.filter(stage="sourcing").first()
    services.move_applications(keys=[card.pk], step=step, by=by, at=at, back="step_back")


def _is_corrected(card, by, at):
    services.correct_stage(application=card, to="sourcing", by=by, at=at)


def _sees_its_job_closed(card, by, at):
    close_job(job=card.job, state="cancelled", by=by, at=at)


ELSEWHERE = [
    (_moves, "moved"),
    (_is_moved_in_bulk, "moved"),
    (_steps_back, "stepped_back"),
    (_steps_back_in_bulk, "stepped_back"),
    (_is_corrected, "corrected"),
    (_leaves, "left"),
    (_sees_its_job_closed, "job_closed"),
]


@pytest.mark.parametrize(("go", "why"), ELSEWHERE)
def test_what_is_offered_is_withdrawn_when_its_card_goes_elsewhere(go, why):
    handoff = an_offered_handoff()
    by = a_recruiter()

    go(fresh(handoff.application), by, MONDAY + AN_HOUR)

    now = again(handoff)
    assert (now.state, now.why, now.answered_by, now.answered_at) == ("withdrawn", why, by, MONDAY + AN_HOUR)
    assert because(now.why) != now.why
    assert told("handoff.withdrawn") == 1


@pytest.mark.parametrize(("go", "why"), ELSEWHERE)
def test_what_came_back_leaves_the_senders_desk_when_its_card_goes_elsewhere(go, why):
    handoff = a_returned_handoff()

    go(fresh(handoff.application), a_recruiter(), MONDAY + 2 * AN_HOUR)

    assert (again(handoff).state, again(handoff).settled_at) == ("returned", MONDAY + 2 * AN_HOUR)


def test_a_step_inside_the_stage_leaves_the_offer_where_it_is():
    handoff = an_offered_handoff()
    card = fresh(handoff.application)
    other = card.job.steps.filter(stage="screening").exclude(pk=card.step_id).first()

    services.move_to_step(application=card, step=other, by=a_recruiter(), at=MONDAY)

    assert again(handoff).state == "offered"


def test_many_leave_in_the_same_number_of_queries_as_one(django_assert_max_num_queries):
    job = a_job_with_sides()
    for _ in range(5):
        an_offered_handoff(job=job)

    with django_assert_max_num_queries(42):
        close_job(job=job, state="cancelled", by=a_recruiter(), at=MONDAY + AN_HOUR)

    assert Handoff.objects.filter(state="withdrawn").count() == 5


# --- Let go at a gate ------------------------------------------------------------------------------------------------


def test_who_is_let_go_at_a_gate_leaves_from_the_senders_stage():
    handoff = an_offered_handoff()

    exit = let_go_at_handoff(
        handoff=handoff, order=an_order("interest.withdrew"), by=handoff.to_user, at=MONDAY + AN_HOUR
    )

    assert (again(handoff).state, exit.stage) == ("decided", "screening")
    assert fresh(handoff.application).outcome == "exited"
    assert told("handoff.withdrawn") == 0


def test_undoing_that_exit_puts_the_handoff_back_with_what_was_left_of_its_clock():
    handoff = an_offered_handoff()
    due = handoff.miss_at
    exit = let_go_at_handoff(handoff=handoff, order=an_order(), by=handoff.to_user, at=MONDAY + AN_HOUR)

    undo_exit(exit=exit, by=handoff.to_user, at=MONDAY + 24 * AN_HOUR)

    now = again(handoff)
    assert (now.state, now.answered_at) == ("offered", None)
    assert now.miss_at > due
    assert fresh(handoff.application).outcome == "active"


def test_undoing_a_plain_exit_offers_nothing_anew():
    handoff = an_offered_handoff()
    exit = exit_application(
        application=fresh(handoff.application), order=an_order(), by=handoff.from_user, at=MONDAY + AN_HOUR
    )

    undo_exit(exit=exit, by=handoff.from_user, at=MONDAY + 2 * AN_HOUR)

    assert again(handoff).state == "withdrawn"
