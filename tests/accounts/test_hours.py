"""Whose hours are whose: calendars, public holidays in the reader's language, and who is away."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from recruiting.accounts import hours
from recruiting.accounts.calendars import minutes_between
from recruiting.accounts.models import Absence, WorkingCalendar
from tests.builders import a_recruiter, moment

pytestmark = pytest.mark.django_db
TUESDAY = moment("2026-11-24")


def away(user: Any, from_on: date, back_on: date, deputy: Any = None) -> Absence:
    return Absence.objects.create(user=user, from_on=from_on, back_on=back_on, deputy=deputy, created_at=TUESDAY)


def test_whoever_set_nothing_works_office_hours_in_the_organisations_country() -> None:
    mine = hours.hours_of(a_recruiter(), TUESDAY)

    assert mine.week[0] == [(time(9), time(12)), (time(13), time(18))]
    assert sorted(mine.week) == [0, 1, 2, 3, 4]
    assert not mine.works_on(date(2026, 11, 23))  # Labour Thanksgiving


def test_own_hours_country_and_zone_count() -> None:
    user = a_recruiter(time_zone="Europe/Berlin")
    WorkingCalendar.objects.create(user=user, country="DE", subdivision="BY", hours={"0": [["10:00", "14:00"]]})

    mine = hours.hours_of(user, TUESDAY)

    assert mine.week == {0: [(time(10), time(14))]}
    assert str(mine.zone) == "Europe/Berlin"
    assert mine.works_on(date(2026, 11, 23))


def test_anybodys_hours_cost_two_queries(django_assert_num_queries: Any) -> None:
    people = [a_recruiter() for _ in range(5)]
    for user in people:
        away(user, date(2026, 11, 25), date(2026, 11, 26))
        WorkingCalendar.objects.create(user=user, country="JP")

    with django_assert_num_queries(2):
        known = hours.hours_of_all(people, TUESDAY)

    assert all(not known[user.pk].works_on(date(2026, 11, 25)) for user in people)


def test_an_absence_that_is_over_still_stopped_the_clock_that_ran_then() -> None:
    user = a_recruiter()
    away(user, date(2026, 11, 18), date(2026, 11, 20))

    mine = hours.hours_of(user, TUESDAY)

    assert minutes_between(mine, moment("2026-11-17", "17:00"), moment("2026-11-20", "10:00")) == 120


def test_somebody_is_away_on_their_own_days(django_assert_num_queries: Any) -> None:
    here, there = a_recruiter(), a_recruiter(time_zone="America/New_York")
    for user in (here, there):
        away(user, date(2026, 11, 24), date(2026, 11, 25))

    with django_assert_num_queries(1):
        early = hours.away_at([here, there], moment("2026-11-24", "08:00"))  # still Monday in New York
    late = hours.away_at([here, there], moment("2026-11-25", "08:00"))

    assert set(early) == {here.pk}
    assert set(late) == {there.pk}
    assert hours.away_at([], TUESDAY) == {}


@pytest.mark.parametrize(
    ("country", "region", "language", "name"),
    [
        ("JP", "", "ja", "勤労感謝の日"),
        ("JP", "", "en", "Labor Thanksgiving Day"),
        ("DE", "SN", "en", "Repentance and Prayer Day"),
        ("DE", "SN", "ja", "Repentance and Prayer Day"),  # the library has no Japanese names for it
    ],
)
def test_public_holidays_are_named_in_the_readers_language(country: str, region: str, language: str, name: str) -> None:
    assert hours.next_holidays(country, region, date(2026, 11, 18), language)[0][1] == name


def test_the_next_holidays_go_over_the_year() -> None:
    coming = hours.next_holidays("JP", "", date(2026, 11, 24), "en")

    assert [day for day, _name in coming][:2] == [date(2027, 1, 1), date(2027, 1, 11)]
    assert hours.next_holidays("XX", "", date(2026, 11, 24), "en") == []


def test_every_country_can_be_asked_for_this_year() -> None:
    for country in hours.known_regions():
        assert isinstance(hours.public_holidays(country, "", 2026, "ja"), dict)


def test_regions_are_called_what_they_call_themselves() -> None:
    assert hours.region_names("DE")["BY"] == "Bayern"
    assert hours.region_names("US")["CA"] == "California"
    assert hours.region_names("JP") == {} == hours.region_names("XX")
