from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from recruiting.core import days
from tests.builders import moment


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 11, 1, 14, 59, tzinfo=UTC), date(2026, 11, 1)),
        (datetime(2026, 11, 1, 15, 0, tzinfo=UTC), date(2026, 11, 2)),
    ],
)
def test_a_moment_falls_on_the_organisations_day(at: datetime, day: date) -> None:
    assert days.day_of(at) == day


def test_a_date_is_true_from_midnight_where_the_company_is() -> None:
    assert days.start_of(date(2026, 11, 2)) == moment("2026-11-02", "00:00")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 5, 15), 12, date(2027, 5, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_calendar_months_clamped_at_the_end(day: date, months: int, later: date) -> None:
    assert days.plus_months(day, months) == later


def test_days_are_days() -> None:
    assert days.plus_days(date(2026, 2, 27), 2) == date(2026, 3, 1)
