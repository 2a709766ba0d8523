"""What is counted at a border, in tables: the definitions of funnel/borders.py."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from funnel import borders, metrics
from funnel.borders import Alike, Promise, Response, Week
from funnel.metrics import Rate

MONDAY_ON, WEDNESDAY_ON = date(2026, 11, 23), date(2026, 11, 25)
AGREED = Promise(volume=10, acceptance=0.8, response_hours=8)


def some(state: str, n: int = 1, to_stage: str = "screening", **more) -> Alike:
    return Alike(to_stage, "sourcer", "recruiter", 1, 2, state, n, **more)


@pytest.mark.parametrize(
    ("rows", "rate"),
    [
        ([some("accepted", 3), some("returned")], Rate(3, 4)),
        ([some("accepted", 3), some("returned"), some("decided", 5)], Rate(3, 4)),
        ([some("accepted", 3), some("withdrawn", 9)], Rate(3, 3)),
        ([some("returned", 2)], Rate(0, 2)),
        ([some("accepted", 3), some("accepted", 7, is_at_once=True)], Rate(3, 3)),
        ([some("accepted", 2), some("accepted", 4, was_answered=False)], Rate(2, 2)),
        ([some("decided", 2), some("offered", 2, was_answered=False)], Rate(0, 0)),
    ],
)
def test_acceptance_knows_neither_decided_nor_withdrawn_nor_what_was_taken_at_once(rows, rate):
    assert borders.figures(rows).acceptance == rate


def test_a_border_that_nothing_crossed_has_no_data():
    nothing = borders.figures([])

    assert nothing.is_empty
    assert nothing.acceptance.share is None
    assert nothing.in_time.share is None
    assert nothing.quality.rate.share is None
    assert nothing.response == Response(None, None, 0)


def test_what_was_withdrawn_is_shown_and_stands_in_no_rate():
    told = borders.figures([some("withdrawn", 4, is_in_time=False)])

    assert (told.withdrawn, told.is_empty) == (4, False)
    assert (told.acceptance.n, told.in_time.n, told.quality.maturity.n) == (0, 0, 0)


@pytest.mark.parametrize(
    ("rows", "offered", "again", "waiting", "late"),
    [
        ([some("accepted", 2), some("returned", is_again=True)], 3, 1, 0, 0),
        ([some("accepted", 2, was_offered=False), some("offered", 3, was_answered=False)], 3, 0, 3, 0),
        ([some("offered", 2, was_offered=False, was_answered=False, is_late=True)], 0, 0, 2, 2),
        ([some("accepted", 2, is_at_once=True)], 0, 0, 0, 0),
    ],
)
def test_offered_is_by_the_offer_answered_by_the_answer_and_waiting_as_of_now(rows, offered, again, waiting, late):
    told = borders.figures(rows)

    assert (told.offered, told.re_offers.passed, told.waiting, told.late) == (offered, again, waiting, late)


@pytest.mark.parametrize(
    ("rows", "rate"),
    [
        ([some("accepted", 3, is_in_time=True), some("returned", is_in_time=False)], Rate(3, 4)),
        ([some("decided", is_in_time=True), some("withdrawn", 4, is_in_time=True)], Rate(1, 1)),
        ([some("accepted", 3)], Rate(0, 0)),
        ([some("accepted", 3, is_in_time=True, is_at_once=True)], Rate(0, 0)),
    ],
)
def test_within_the_clock_is_of_those_the_receiver_answered(rows, rate):
    assert borders.figures(rows).in_time == rate


def test_returns_are_told_by_criterion_the_most_frequent_first():
    rows = [some("returned", 1, failed=4), some("returned", 3, failed=9), some("returned", 1), some("accepted", 5)]

    assert borders.figures(rows).returns == ((9, 3), (4, 1), (None, 1))


@pytest.mark.parametrize(("to_stage", "aim"), [("screening", "hire"), ("interview", "hired"), ("hire", "hired")])
def test_a_handover_is_judged_two_stages_on_and_never_beyond_the_hire(to_stage, aim):
    assert borders.aim(to_stage) == aim


@pytest.mark.parametrize(
    ("to_stage", "furthest", "outcome", "arrived", "known"),
    [
        ("screening", "hire", "active", 1, 1),
        ("screening", "hire", "exited", 1, 1),
        ("screening", "hire", "hired", 1, 1),
        ("screening", "interview", "active", 0, 0),
        ("screening", "interview", "on_hold", 0, 0),
        ("screening", "interview", "exited", 0, 1),
        ("interview", "hire", "active", 0, 0),
        ("interview", "hire", "exited", 0, 1),
        ("interview", "hire", "hired", 1, 1),
        ("hire", "hire", "hired", 1, 1),
        ("hire", "hire", "exited", 0, 1),
    ],
)
def test_quality_counts_who_arrived_among_those_whose_end_is_known(to_stage, furthest, outcome, arrived, known):
    told = borders.quality([some("accepted", 1, to_stage, furthest_stage=furthest, outcome=outcome)])

    assert (told.rate, told.maturity) == (Rate(arrived, known), Rate(known, 1))


def test_quality_asks_only_what_was_accepted_between_two_people():
    hired = {"furthest_stage": "hire", "outcome": "hired"}
    rows = [some("accepted", 2, **hired), some("accepted", 5, is_at_once=True, **hired), some("returned", 3, **hired)]

    assert borders.figures(rows).quality.rate == Rate(2, 2)


@pytest.mark.parametrize(("minutes", "tenths"), [(0, 0), (2, 0), (3, 1), (6, 1), (8, 1), (9, 2), (480, 80)])
def test_a_response_is_counted_in_tenths_of_an_hour_to_the_nearest(minutes, tenths):
    assert borders.tenths(minutes) == tenths


@pytest.mark.parametrize("values", [[], [4], [1, 3], [1, 2, 9], [4, 1, 3, 2], [5, 5, 5, 9], [1, 1, 2, 2, 2, 30, 30]])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_quantile_of_counted_values_is_the_quantile_of_the_values(values, share):
    assert borders.quantile_of(Counter(values), share) == pytest.approx(metrics.quantile(values, share))


def test_responses_are_pooled_and_told_in_working_hours():
    together = borders.pooled([{10: 1, 20: 1}, {20: 1, 80: 1}])

    assert borders.response_of(together) == Response(pytest.approx(2.0), pytest.approx(6.2), 4)


@pytest.mark.parametrize(
    ("accepted", "returned", "median", "is_running", "kept"),
    [
        (10, 2, 8.0, False, (True, True, True)),
        (9, 3, 8.1, False, (False, False, False)),
        (4, 0, 2.0, True, (None, True, True)),
        (12, 0, 2.0, True, (True, True, True)),
        (0, 0, None, False, (False, None, None)),
    ],
)
def test_a_week_is_held_against_what_was_agreed_for_it(accepted, returned, median, is_running, kept):
    week = Week(
        MONDAY_ON,
        accepted,
        borders.acceptance(accepted, returned),
        Response(median, median, 0 if median is None else 1),
        AGREED,
        is_running,
    )

    assert (week.keeps_volume, week.keeps_acceptance, week.keeps_response) == kept


def test_a_week_without_a_contract_is_not_judged():
    week = Week(MONDAY_ON, 3, Rate(3, 3), Response(1.0, 1.0, 3))

    assert (week.keeps_volume, week.keeps_acceptance, week.keeps_response) == (None, None, None)


@pytest.mark.parametrize(("day", "monday"), [(MONDAY_ON, MONDAY_ON), (WEDNESDAY_ON, date(2026, 11, 30))])
def test_a_weekly_contract_begins_with_a_week(day, monday):
    assert borders.first_monday(day) == monday


def test_eight_weeks_end_with_the_running_one():
    weeks = borders.last_weeks(WEDNESDAY_ON)

    assert (len(weeks), weeks[0], weeks[-1]) == (8, date(2026, 10, 5), MONDAY_ON)


@pytest.mark.parametrize(
    ("monday", "volume"),
    [(date(2026, 11, 2), None), (date(2026, 11, 9), 5), (date(2026, 11, 16), 5), (date(2026, 11, 23), 8)],
)
def test_a_changed_promise_holds_from_its_own_monday_on(monday, volume):
    first, second = Promise(5, 0.5, 8), Promise(8, 0.5, 8)
    terms = [(date(2026, 11, 23), None, second), (date(2026, 11, 9), date(2026, 11, 23), first)]

    promise = borders.promise_on(monday, terms)

    assert (promise.volume if promise else None) == volume
