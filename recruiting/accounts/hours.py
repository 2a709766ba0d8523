"""Reading somebody's working hours: their calendar, their country's public holidays, their absences."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

from recruiting.accounts.calendars import Hours, Span
from recruiting.accounts.models import Absence, User, WorkingCalendar, office_hours
from recruiting.core.days import day_of

MINUTES_OF_A_DAY = 480
A_DAY = timedelta(days=1)
LOOK_BACK = timedelta(days=366)  # absences that are over still stopped the clocks that ran then


def holiday_of(country: str, subdivision: str = "") -> Callable[[date], bool]:
    """Whether a day is a public holiday there. A country that nobody knows has none."""
    return lambda day: day in public_holidays(country, subdivision, day.year)


@cache
def public_holidays(country: str, subdivision: str, year: int, language: str = "") -> Mapping[date, str]:
    """A year's public holidays and their names, in the language where they have one. Built whole before it is shared.

    A region that nobody knows keeps its country's.
    """
    try:
        region = subdivision if subdivision in regions_of(country) else None
        return dict(holidays.country_holidays(country, subdiv=region, years=year, language=_tongue(country, language)))
    except NotImplementedError:
        return {}


def next_holidays(country: str, subdivision: str, day: date, language: str, most: int = 4) -> list[tuple[date, str]]:
    """The public holidays to come, from a day on: this year's and the next one's."""
    coming = [
        (on, name)
        for year in (day.year, day.year + 1)
        for on, name in sorted(public_holidays(country, subdivision, year, language).items())
        if on >= day
    ]
    return coming[:most]


@cache
def known_regions() -> Mapping[str, Sequence[str]]:
    """Every country whose public holidays are known, with the regions that have their own."""
    return holidays.list_supported_countries(include_aliases=False)


def regions_of(country: str) -> Sequence[str]:
    return known_regions().get(country, ())


@cache
def region_names(country: str) -> Mapping[str, str]:
    """A country's regions as they call themselves, where the library knows; else their codes."""
    if not regions_of(country):
        return {}
    aliases = holidays.country_holidays(country).get_subdivision_aliases()
    return {code: (aliases.get(code) or [code])[0] for code in regions_of(country)}


def _tongue(country: str, language: str) -> str | None:
    """The library's own name of the language, or its default for the country (nearly always the country's)."""
    spoken = holidays.country_holidays(country).supported_languages if language else ()
    return next((one for one in spoken if one.startswith(language[:2])), "en_US" if "en_US" in spoken else None)


def hours_of(user: User, at: datetime) -> Hours:
    """When somebody works, with the absences that a clock running at `at` can have met."""
    return hours_of_all([user], at)[user.pk]


def hours_of_all(users: Collection[User], at: datetime) -> dict[int, Hours]:
    """The same for many, in two queries."""
    calendars = {row.user_id: row for row in WorkingCalendar.objects.filter(user__in=users)}
    away: dict[int, list[tuple[date, date]]] = {}
    met = Absence.objects.filter(user__in=users, back_on__gt=day_of(at) - LOOK_BACK)  # absences_of_a_user
    for absence in met.order_by("from_on"):
        away.setdefault(absence.user_id, []).append((absence.from_on, absence.back_on))
    return {user.pk: _hours(user, calendars.get(user.pk), away.get(user.pk, [])) for user in users}


def away_at(users: Collection[User], at: datetime) -> dict[int, Absence]:
    """Who of these is away at a moment, by key: an absence's days are days where they are. One query."""
    zones = {user.pk: ZoneInfo(user.time_zone) for user in users}
    if not zones:
        return {}
    near = Absence.objects.filter(user__in=zones, from_on__lte=day_of(at) + A_DAY, back_on__gt=day_of(at) - A_DAY)
    return {
        row.user_id: row
        for row in near.select_related("deputy")
        if row.from_on <= at.astimezone(zones[row.user_id]).date() < row.back_on
    }


def _hours(user: User, calendar: WorkingCalendar | None, away: list[tuple[date, date]]) -> Hours:
    country = calendar.country if calendar else settings.COUNTRY
    return Hours(
        zone=ZoneInfo(user.time_zone),
        week=read_week(calendar.hours if calendar else office_hours()),
        is_holiday=holiday_of(country, calendar.subdivision if calendar else ""),
        away=tuple(away),
    )


def read_week(hours: dict[str, list[list[str]]]) -> dict[int, list[Span]]:
    """Stored hours as spans by weekday."""
    return {
        int(weekday): [(time.fromisoformat(first), time.fromisoformat(last)) for first, last in spans]
        for weekday, spans in hours.items()
    }
