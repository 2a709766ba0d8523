"""What /readyz asks: the database, the broker where there is one, the sweeps' and the outbox's clocks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max, Min
from redis import Redis
from redis.exceptions import RedisError

from recruiting.core.models import OutboxMessage, SweepBeat


def readiness(at: datetime) -> dict[str, Any]:
    """`reasons` is empty when the house is ready; the two ages are seconds, None where there is nothing to age.

    A message that keeps failing is counted but is no reason: it is one row's trouble, the others pass it by.
    """
    found: dict[str, Any] = {"reasons": [], "last_sweep_age": None, "oldest_unsent_age": None, "failing_messages": None}
    reasons: list[str] = found["reasons"]
    try:
        swept = SweepBeat.objects.aggregate(last=Max("finished_at"))["last"]
        unsent = OutboxMessage.objects.filter(sent_at=None)  # outbox_unsent
        oldest = unsent.filter(failure="").aggregate(oldest=Min("created_at"))["oldest"]
        found["failing_messages"] = unsent.exclude(failure="").count()
    except DatabaseError:
        reasons.append("the database does not answer")
    else:
        found["last_sweep_age"] = (at - swept).total_seconds() if swept else None
        found["oldest_unsent_age"] = (at - oldest).total_seconds() if oldest else None
        if swept is None:
            reasons.append("no sweep has run yet")
        elif found["last_sweep_age"] > settings.READY_SWEEP_SECONDS:
            reasons.append("the sweeps stand still")
        if oldest and found["oldest_unsent_age"] > settings.READY_OUTBOX_SECONDS:
            reasons.append("outbox messages wait too long")
    if settings.REDIS_URL and not broker_answers():
        reasons.append("the broker does not answer")
    return found


def broker_answers() -> bool:
    try:
        with Redis.from_url(settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2) as broker:
            return bool(broker.ping())
    except (RedisError, OSError):
        return False
