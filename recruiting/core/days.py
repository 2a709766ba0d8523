"""Days and months of the organisation: a moment is UTC, a date is a day where the company is."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta
from django.conf import settings
from django.utils import timezone


def organisation_zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def day_of(at: datetime) -> date:
    """The organisation's day that a moment falls on."""
    return at.astimezone(organisation_zone()).date()


def today() -> date:
    return day_of(timezone.now())


def start_of(day: date) -> datetime:
    """The first moment of a day of the organisation: from here on the date is true."""
    return datetime.combine(day, time.min, tzinfo=organisation_zone())


def plus_months(day: date, months: int) -> date:
    """Calendar months later, clamped at the month's end (31 Jan + 1 = 28 or 29 Feb)."""
    return day + relativedelta(months=months)


def plus_days(day: date, days: int) -> date:
    return day + timedelta(days=days)
