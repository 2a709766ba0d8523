"""The outbox: promises written with the fact, delivered at least once by a relay under a lease.

A handler is registered per topic with `@handler("topic")` in an app's `handlers.py` (imported by the relay through
`autodiscover_modules`); it must be idempotent by `message.key`. A topic without a handler is simply sent.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from recruiting.core.models import OutboxMessage

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
KEPT = timedelta(days=30)
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


@cache
def _find_handlers() -> None:
    autodiscover_modules("handlers")


def post(
    *, topic: str, key: str, at: datetime, payload: dict[str, Any], due_at: datetime | None = None
) -> OutboxMessage:
    """Write a promise in the caller's transaction, to be told at once or not before `due_at`.

    A second post under one key is refused by the database.
    """
    return OutboxMessage.objects.create(topic=topic, key=key, payload=payload, created_at=at, due_at=due_at or at)


def is_known(key: str) -> bool:
    """Whether this was promised already: for a handler that promises something more, and may run twice."""
    return OutboxMessage.objects.filter(key=key).exists()


def relay(*, limit: int = 500) -> int:
    """Deliver what is due, oldest first; return how many were sent. Safe in parallel, late, or killed half-way."""
    _find_handlers()
    now = timezone.now()
    due = OutboxMessage.objects.filter(sent_at=None, due_at__lte=now).order_by("due_at", "id")  # outbox_unsent
    unheard = due.exclude(topic__in=_handlers).values("pk")[: limit * 10]
    sent = OutboxMessage.objects.filter(pk__in=unheard, sent_at=None).update(sent_at=now)
    return sent + sum(_deliver(message) for message in due.filter(topic__in=_handlers)[:limit])


def _deliver(message: OutboxMessage) -> int:
    """Hand one message to its listeners, if it can be claimed; 1 when it was sent.

    The claim pushes the next try ahead, so that a handler that kills the process waits its turn behind the others.
    """
    now = timezone.now()
    mine = (
        OutboxMessage.objects.filter(pk=message.pk, sent_at=None, due_at__lte=now)
        .filter(Q(claimed_until=None) | Q(claimed_until__lt=now))
        .update(claimed_until=now + LEASE, tries=F("tries") + 1, due_at=now + _pause(message.tries))
    )
    if not mine:
        return 0  # another relay got there first
    try:
        for listener in _handlers[message.topic]:
            listener(message)
    except Exception as wrong:  # it logs, and the message stays waiting
        logger.exception("outbox message %s failed", message.key)
        OutboxMessage.objects.filter(pk=message.pk).update(claimed_until=None, failure=repr(wrong)[:2000])
        return 0
    OutboxMessage.objects.filter(pk=message.pk).update(sent_at=timezone.now(), failure="")
    return 1


def _pause(tries: int) -> timedelta:
    """Two seconds, then doubled, at most an hour."""
    return timedelta(seconds=min(2 ** min(tries + 1, 12), 3600))


def prune(*, at: datetime, limit: int = 5000) -> int:
    """Forget messages sent more than thirty days ago, a bounded number at a time; events keep the history."""
    old = OutboxMessage.objects.filter(sent_at__lt=at - KEPT).order_by("sent_at").values("pk")[:limit]  # outbox_sent
    return OutboxMessage.objects.filter(pk__in=old).delete()[0]
