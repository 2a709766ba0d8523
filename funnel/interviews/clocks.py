"""The two clocks of interviews, in working hours: feedback after one, and planning one at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings

from recruiting.accounts.calendars import Hours, after
from recruiting.accounts.hours import hours_of_all
from recruiting.accounts.models import User

Due = tuple[datetime, datetime]  # warn, miss


def feedback_due(users: Collection[User], ends_at: datetime) -> dict[int, Due]:
    """By interviewer: until when their scorecard should be in, counted from the end in their own working hours."""
    hours = hours_of_all(users, ends_at)
    return {user.pk: due(hours[user.pk], ends_at, settings.FEEDBACK_HOURS) for user in users}


def due(hours: Hours, since: datetime, warn_and_miss: tuple[int, int]) -> Due:
    warn, miss = warn_and_miss
    return after(hours, since, warn * 60), after(hours, since, miss * 60)
