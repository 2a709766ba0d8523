"""Reading somebody's working hours: their calendar, their country's public holidays, their absences."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

from recruiting.accounts.calendars import Hours, Span
from recruiting.accounts.models import Absence, User, WorkingCalendar, office_hours
from recruiting.core.days import day_of

MINUTES_OF_A_DAY = 480


@cache
def holiday_of(country: str, subdivision: str = "") -> Callable[[date], bool]:
    """Whether a day is a public holiday there. A country the library does not know has none."""
    try:
        known = holidays.country_holidays(country, subdiv=subdivision or None)
    except NotImplementedError:
        return lambda day: False
    return lambda day: day in known


def hours_of(user: User, at: datetime) -> Hours:
    """When somebody works, with the absences that are not over."""
    return hours_of_all([user], at)[user.pk]


def hours_of_all(users: Collection[User], at: datetime) -> dict[int, Hours]:
    """The same for many, in two queries."""
    calendars = {row.user_id: row for row in WorkingCalendar.objects.filter(user__in=users)}
    away: dict[int, list[tuple[date, date]]] = {}
    for absence in Absence.objects.filter(user__in=users, back_on__gt=day_of(at)):  # absences_of_a_user
        away.setdefault(absence.user_id, []).append((absence.from_on, absence.back_on))
    return {user.pk: _hours(user, calendars.get(user.pk), away.get(user.pk, [])) for user in users}


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
