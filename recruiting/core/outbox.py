"""The outbox: promises written with the fact, delivered at least once by a relay under a lease.

A handler is registered per topic with `@handler("topic")` in an app's `handlers.py` (imported by the relay through
`autodiscover_modules`); it must be idempotent by `message.key`. A topic without a handler is simply sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from recruiting.core.models import OutboxMessage

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
Handler = Callable[[OutboxMessage], None]
_handlers: dict[str, list[Handler]] = {}


def handler(*topics: str) -> Callable[[Handler], Handler]:
    """Register a function for topics. Several handlers may listen to one topic; each must be idempotent."""

    def register(function: Handler) -> Handler:
        for topic in topics:
            listeners = _handlers.setdefault(topic, [])
            if function not in listeners:
                listeners.append(function)
        return function

    return register


def post(*, topic: str, key: str, at: datetime, payload: dict[str, Any]) -> OutboxMessage:
    """Write a promise in the caller's transaction. A second post under one key is refused by the database."""
    return OutboxMessage.objects.create(topic=topic, key=key, payload=payload, created_at=at, due_at=at)


def relay(*, limit: int = 500) -> int:
    """Deliver what is due, oldest first; return how many were sent. Safe in parallel, late, or killed half-way."""
    autodiscover_modules("handlers")
    now = timezone.now()
    sent = 0
    due = OutboxMessage.objects.filter(sent_at=None, due_at__lte=now).order_by("due_at", "id")[:limit]  # outbox_unsent
    for message in due:
        sent += _deliver(message)
    return sent


def _deliver(message: OutboxMessage) -> int:
    now = timezone.now()
    listeners = _handlers.get(message.topic, ())
    if not listeners:
        return OutboxMessage.objects.filter(pk=message.pk, sent_at=None).update(sent_at=now)
    # The next try is pushed ahead in the claim itself, so that a handler that kills the process waits its turn.
    mine = (
        OutboxMessage.objects.filter(pk=message.pk, sent_at=None)
        .filter(Q(claimed_until=None) | Q(claimed_until__lt=now))
        .update(claimed_until=now + LEASE, tries=F("tries") + 1, due_at=now + _pause(message.tries))
    )
    if not mine:
        return 0  # another relay got there first
    try:
        for listener in listeners:
            listener(message)
    except Exception as wrong:  # the one broad except in the house: it logs, and the message stays waiting
        logger.exception("outbox message %s failed", message.key)
        OutboxMessage.objects.filter(pk=message.pk).update(claimed_until=None, failure=repr(wrong)[:2000])
        return 0
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=timezone.now(), failure="")
    return 1


def _pause(tries: int) -> timedelta:
    """Two seconds, then doubled, at most an hour."""
    return timedelta(seconds=min(2 ** (tries + 1), 3600))
