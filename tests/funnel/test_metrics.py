from __future__ import annotations

import pytest

from funnel import metrics
from funnel.metrics import Balance, Rate, Way
from tests.builders import MONDAY
from tests.builders_funnel import A_DAY

COHORT = [Way("sourcing", True, 5), Way("screening", True, 2), Way("interview", False), Way("hire", True, 2)]


@pytest.mark.parametrize(("passed", "n", "share"), [(0, 4, 0.0), (1, 4, 0.25), (4, 4, 1.0), (0, 0, None)])
def test_a_rate_over_nothing_is_no_data(passed, n, share):
    assert Rate(passed, n).share == share


@pytest.mark.parametrize(
    ("to", "reached", "finished_reached"),
    [("screening", 5, 4), ("interview", 3, 2), ("hire", 2, 2)],
)
def test_reach_is_by_the_furthest_stage_of_the_whole_cohort(to, reached, finished_reached):
    reach = metrics.reach_rate(COHORT, to)

    assert (reach.rate, reach.maturity) == (Rate(reached, 10), Rate(9, 10))
    assert metrics.reach_rate_finished(COHORT, to) == Rate(finished_reached, 9)


def test_a_cohort_of_nobody_has_no_rate():
    assert metrics.reach_rate([], "hire").rate.share is None


@pytest.mark.parametrize(("entered_next", "entered", "ratio"), [(3, 4, 0.75), (6, 4, 1.5), (2, 0, None)])
def test_flow_may_exceed_everything(entered_next, entered, ratio):
    assert metrics.flow_ratio(entered_next, entered) == ratio


@pytest.mark.parametrize(
    ("days", "median", "p75"),
    [([], None, None), ([4], 4, 4), ([1, 3], 2, 2.5), ([1, 2, 9], 2, 5.5), ([4, 1, 3, 2], 2.5, 3.25)],
)
def test_a_median_lies_between_neighbours_in_proportion(days, median, p75):
    found = metrics.spread(days)

    assert (found.median, found.p75, found.n) == (median, p75, len(days))


@pytest.mark.parametrize(("parts", "difference"), [((3, 5, 2, 6), 0), ((3, 5, 2, 5), 1), ((0, 0, 1, 0), -1)])
def test_a_difference_is_shown_and_never_hidden(parts, difference):
    assert Balance(*parts).difference == difference


@pytest.mark.parametrize(("held", "days"), [(0, 10), (4, 6), (30, 0)])
def test_time_to_fill_leaves_out_the_days_on_hold(held, days):
    assert metrics.time_to_fill(MONDAY, MONDAY + A_DAY * 10, held) == days


@pytest.mark.parametrize(
    ("accepted", "declined", "expired", "passed", "n"),
    [(3, 1, 0, 3, 4), (3, 1, 2, 3, 6), (0, 2, 0, 0, 2), (0, 0, 0, 0, 0)],
)
def test_offer_acceptance_is_of_those_answered_or_run_out(accepted, declined, expired, passed, n):
    told = metrics.offer_acceptance(accepted=accepted, declined=declined, expired=expired, rescinded=9, did_not_start=9)

    assert (told.rate.passed, told.rate.n) == (passed, n)
    assert told.rate.share == (passed / n if n else None)
