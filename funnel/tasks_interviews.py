"""The clock of interviews: a whole turn, safe to run late, twice or in two workers at once."""

from __future__ import annotations

from django.utils import timezone

from funnel.interviews.reminding import remind


def remind_of_feedback() -> int:
    """Scorecards that are late, and people in the interview stage for whom nothing is planned."""
    return remind(at=timezone.now())
