"""Handoffs whose receiver is away, or will be before they are due: somebody else is reminded, or should be asked."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from funnel.handoffs.selectors import may_answer
from funnel.models import Handoff
from recruiting.accounts.hours import away_at
from recruiting.accounts.models import Absence, User
from recruiting.core.days import day_of, plus_days
from recruiting.jobs.models import JobSeat

MOST = 50


def due_while_away(user: User, at: datetime) -> list[Handoff]:
    """What waits for this person and falls due after an absence of theirs begins, soonest due first."""
    absence = Absence.objects.filter(user=user, back_on__gt=plus_days(day_of(at), -1)).order_by("from_on").first()
    if absence is None:
        return []
    waiting = Handoff.objects.offered().filter(to_user=user).select_related("application__candidate", "job")
    soonest = waiting.order_by("miss_at", "pk")[:MOST]  # handoffs_that_wait
    return [row for row in soonest if row.miss_at.astimezone(ZoneInfo(user.time_zone)).date() >= absence.from_on]


def who_answers(handoff: Handoff, at: datetime) -> list[User]:
    """Whom a reminder goes to: whoever is asked; while they are away whoever stands in. Nobody who is away."""
    absence = away_at([handoff.to_user], at).get(handoff.to_user_id)
    if absence is None:
        return [handoff.to_user]
    seats = JobSeat.objects.filter(job=handoff.job_id, seat=handoff.to_role, deputy_for=handoff.to_user_id, until=None)
    named = [row.user for row in seats.select_related("user").order_by("pk")]
    named += [absence.deputy] if absence.deputy else []
    away = away_at(named, at)
    return [user for user in dict.fromkeys(named) if user.pk not in away and may_answer(handoff, user, at)]


def at_work(user: User, at: datetime) -> list[User]:
    """The same for somebody in whose place nobody acts: themselves, or nobody."""
    return [] if away_at([user], at) else [user]
