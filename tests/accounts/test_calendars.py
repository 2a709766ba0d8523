"""Working time: what an hour of somebody's calendar is, over nights, weekends, holidays, absences and summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruiting.accounts.calendars import Hours, after, minutes_between
from recruiting.accounts.hours import holiday_of

TOKYO, BERLIN = ZoneInfo("Asia/Tokyo"), ZoneInfo("Europe/Berlin")
MORNING, AFTERNOON = (time(9), time(12)), (time(13), time(18))
OFFICE = dict.fromkeys(range(5), (MORNING, AFTERNOON))
JAPAN = Hours(TOKYO, OFFICE, holiday_of("JP"))
GERMANY = Hours(BERLIN, OFFICE, holiday_of("DE", "BE"))
NEVER = Hours(TOKYO, {})


def tokyo(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOKYO)


def berlin(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("since", "working_hours", "until"),
    [
        ("2026-11-17T10:00", 2, "2026-11-17T12:00"),  # ends with the morning, not after lunch
        ("2026-11-17T10:00", 3, "2026-11-17T14:00"),  # over lunch
        ("2026-11-17T12:30", 1, "2026-11-17T14:00"),  # asked at lunch
        ("2026-11-17T09:00", 8, "2026-11-17T18:00"),  # a whole day ends with the day
        ("2026-11-17T17:00", 2, "2026-11-18T10:00"),  # over night
        ("2026-11-17T22:00", 1, "2026-11-18T10:00"),  # asked at night
        ("2026-11-17T03:00", 1, "2026-11-17T10:00"),  # asked before work
        ("2026-11-20T17:00", 2, "2026-11-24T10:00"),  # weekend, then Labour Thanksgiving on the Monday
        ("2026-11-21T12:00", 8, "2026-11-24T18:00"),  # asked on a Saturday
        ("2026-05-01T17:00", 2, "2026-05-07T10:00"),  # golden week: 3 May is a Sunday, 6 May its substitute
        ("2026-09-18T17:00", 2, "2026-09-24T10:00"),  # 22 September lies between two holidays and is one
        ("2024-02-09T17:00", 2, "2024-02-13T10:00"),  # 11 February was a Sunday: the Monday is off
        ("2026-11-17T10:00", 0, "2026-11-17T10:00"),
        ("2026-11-21T12:00", 0, "2026-11-21T12:00"),
    ],
)
def test_a_clock_runs_while_they_work(since, working_hours, until):
    assert after(JAPAN, tokyo(since), working_hours * 60) == tokyo(until)
    assert minutes_between(JAPAN, tokyo(since), tokyo(until)) == working_hours * 60


@pytest.mark.parametrize(
    ("since", "until", "minutes"),
    [
        ("2026-11-17T12:00", "2026-11-17T13:00", 0),
        ("2026-11-17T18:00", "2026-11-18T09:00", 0),
        ("2026-11-20T18:00", "2026-11-24T09:00", 0),
        ("2026-11-17T09:00:00", "2026-11-17T09:00:59", 0),
        ("2026-11-17T09:00", "2026-11-16T09:00", 0),  # the second is not later
        ("2026-11-17T09:00", "2026-11-19T18:00", 3 * 480),
        ("2026-12-01T00:00", "2027-01-01T00:00", 23 * 480),  # the library's own: 31 December is no public holiday
    ],
)
def test_nights_lunches_weekends_and_holidays_take_no_time(since, until, minutes):
    assert minutes_between(JAPAN, tokyo(since), tokyo(until)) == minutes


@pytest.mark.parametrize("day", ["2026-03-30", "2026-10-26"])
def test_the_day_after_the_clocks_change_is_a_day_of_eight_hours(day):
    friday = berlin(day) - timedelta(days=3, hours=-17)

    assert after(GERMANY, friday, 60 + 8 * 60) == berlin(f"{day}T18:00")
    assert minutes_between(GERMANY, friday, berlin(f"{day}T18:00")) == 9 * 60


def test_a_night_shift_is_an_hour_shorter_in_spring_and_longer_in_autumn():
    night = Hours(BERLIN, dict.fromkeys(range(7), ((time(0), time(6)),)))

    assert minutes_between(night, berlin("2026-03-29T00:00"), berlin("2026-03-29T12:00")) == 5 * 60
    assert minutes_between(night, berlin("2026-10-25T00:00"), berlin("2026-10-25T12:00")) == 7 * 60


def test_the_hour_that_comes_twice_is_counted_twice():
    night = Hours(BERLIN, dict.fromkeys(range(7), ((time(2), time(4)),)))
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    second = first.replace(fold=1)

    assert minutes_between(night, first, second) == 60
    assert after(night, first, 60).timestamp() == second.timestamp()


def test_a_span_in_the_hour_that_does_not_come_is_not_worked_twice():
    night = Hours(BERLIN, dict.fromkeys(range(7), ((time(2), time(2, 30)), (time(3), time(4)))))

    assert minutes_between(night, berlin("2026-03-29T00:00"), berlin("2026-03-29T12:00")) == 60


def test_a_clock_is_the_receivers_wherever_it_is_read():
    offered_at = tokyo("2026-11-17T10:00")  # two in the morning in Berlin

    assert after(GERMANY, offered_at, 60) == berlin("2026-11-17T10:00")
    assert after(GERMANY, offered_at, 60).tzinfo is TOKYO


def test_whoever_is_away_has_no_clock_until_they_are_back():
    away = Hours(TOKYO, OFFICE, holiday_of("JP"), ((date(2026, 11, 18), date(2026, 11, 20)),))

    assert after(away, tokyo("2026-11-17T17:00"), 120) == tokyo("2026-11-20T10:00")
    assert minutes_between(away, tokyo("2026-11-17T17:00"), tokyo("2026-11-20T10:00")) == 120
    assert not away.works_on(date(2026, 11, 19))
    assert away.works_on(date(2026, 11, 20))


def test_whoever_never_works_is_given_plain_time():
    since = tokyo("2026-11-21T23:00")

    assert after(NEVER, since, 90) == tokyo("2026-11-22T00:30")
    assert minutes_between(NEVER, since, tokyo("2026-11-22T00:30")) == 90


def test_whoever_stops_working_is_given_plain_time_after_their_last_day():
    gone = Hours(TOKYO, OFFICE, away=((date(2026, 11, 18), date(2036, 1, 1)),))

    assert after(gone, tokyo("2026-11-17T17:00"), 120) == tokyo("2026-11-17T19:00")
    assert minutes_between(gone, tokyo("2026-11-17T17:00"), tokyo("2026-11-17T19:00")) == 120


@pytest.mark.parametrize(
    ("country", "subdivision", "day", "is_off"),
    [
        ("JP", "", date(2026, 11, 23), True),
        ("JP", "", date(2026, 5, 6), True),  # substitute day
        ("JP", "", date(2026, 9, 22), True),  # between two holidays
        ("JP", "", date(2026, 11, 24), False),
        ("DE", "BY", date(2026, 1, 6), True),
        ("DE", "BE", date(2026, 1, 6), False),
        ("DE", "nowhere", date(2026, 10, 3), True),  # an unknown region keeps its country's
        ("GB", "", date(2026, 12, 28), True),  # Boxing Day was a Saturday
        ("XX", "", date(2026, 1, 1), False),  # an unknown country has none
        ("", "", date(2026, 1, 1), False),
    ],
)
def test_public_holidays_are_those_of_the_place(country, subdivision, day, is_off):
    assert holiday_of(country, subdivision)(day) is is_off


# --- What holds for every calendar ------------------------------------------------------------------------------------

moments = st.integers(0, 2 * 366 * 86_400).map(
    lambda seconds: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
quarters = st.integers(0, 95).map(lambda number: time(number // 4, number % 4 * 15))
days = (
    st.lists(quarters, min_size=2, max_size=4, unique=True)
    .map(sorted)
    .map(lambda at: list(zip(at[::2], at[1::2], strict=False)))
)
weeks = st.dictionaries(st.integers(0, 6), days, max_size=7)
absences = st.lists(
    st.tuples(st.dates(date(2026, 1, 1), date(2027, 12, 31)), st.integers(1, 40)).map(
        lambda pair: (pair[0], pair[0] + timedelta(days=pair[1]))
    ),
    max_size=3,
)
calendars = st.builds(
    Hours,
    zone=st.sampled_from([TOKYO, BERLIN, ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]),
    week=weeks,
    is_holiday=st.sampled_from([holiday_of("JP"), holiday_of("DE", "BY"), holiday_of("")]),
    away=absences,
)
amounts = st.integers(0, 3000)


@given(calendars, moments, amounts)
def test_so_many_minutes_later_so_many_minutes_have_passed(hours, since, minutes):
    assert minutes_between(hours, since, after(hours, since, minutes)) == minutes


@given(calendars, moments, amounts, amounts)
def test_more_work_ends_later(hours, since, one, more):
    assert since <= after(hours, since, one) <= after(hours, since, one + more)


@given(calendars, moments, amounts, amounts)
def test_work_can_be_done_in_parts(hours, since, first, second):
    between = after(hours, since, first)

    assert minutes_between(hours, since, after(hours, between, second)) == first + second


@given(calendars, moments, st.integers(0, 20_000), st.integers(0, 20_000))
def test_time_that_passes_is_the_sum_of_its_parts(hours, since, first, second):
    since = since.replace(second=0)
    between = since + timedelta(minutes=first)
    until = between + timedelta(minutes=second)

    parts = minutes_between(hours, since, between) + minutes_between(hours, between, until)

    assert minutes_between(hours, since, until) == parts <= first + second
