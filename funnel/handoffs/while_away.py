"""Handoffs whose receiver is away, or will be before they are due: somebody else should be asked."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from funnel.models import Handoff
from recruiting.accounts.models import Absence, User
from recruiting.core.days import day_of, plus_days

MOST = 50


def due_while_away(user: User, at: datetime) -> list[Handoff]:
    """What waits for this person and falls due after an absence of theirs begins, soonest due first."""
    absence = Absence.objects.filter(user=user, back_on__gt=plus_days(day_of(at), -1)).order_by("from_on").first()
    if absence is None:
        return []
    waiting = Handoff.objects.offered().filter(to_user=user).select_related("application__candidate", "job")
    soonest = waiting.order_by("miss_at", "pk")[:MOST]  # handoffs_that_wait
    return [row for row in soonest if row.miss_at.astimezone(ZoneInfo(user.time_zone)).date() >= absence.from_on]
