from __future__ import annotations

from datetime import time

import pytest

from recruiting.accounts.weeks import minutes_of, overlapping, stored

MORNING, AFTERNOON = (time(9), time(12)), (time(13), time(18))


def test_a_day_without_hours_is_left_out() -> None:
    assert stored({1: [], 0: [MORNING, AFTERNOON]}) == {"0": [["09:00", "12:00"], ["13:00", "18:00"]]}


@pytest.mark.parametrize(
    ("spans", "wrong"),
    [
        ([], False),
        ([MORNING], False),
        ([MORNING, AFTERNOON], False),
        ([(time(9), time(13)), AFTERNOON], False),  # one after the other
        ([AFTERNOON, MORNING], True),
        ([(time(9), time(14)), AFTERNOON], True),
        ([(time(18), time(9))], True),  # over midnight
        ([(time(9), time(9))], True),
    ],
)
def test_the_hours_of_a_day_follow_each_other(spans: list[tuple[time, time]], wrong: bool) -> None:
    assert overlapping(spans) is wrong


def test_a_week_has_its_hours() -> None:
    assert minutes_of(dict.fromkeys(range(5), (MORNING, AFTERNOON))) == 40 * 60
