"""record(): one append-only event and its outbox message, in the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import models

from recruiting.core import outbox
from recruiting.core.models import Event, OutboxMessage


def record(
    verb: str,
    subject: models.Model,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    person: int | None = None,
    job: int | None = None,
    from_state: str = "",
    to_state: str = "",
    why: str = "",
    data: dict[str, Any] | None = None,
) -> Event:
    """Write what happened and promise to tell it. `by` is None only for sweeps and the relay. Topic = verb."""
    event = Event.objects.create(
        at=at,
        verb=verb,
        subject=subject._meta.model_name or "",
        subject_key=subject.pk,
        person=person,
        job=job,
        from_state=from_state,
        to_state=to_state,
        why=why,
        data=data or {},
        by_id=by.pk if by else None,
    )
    outbox.post(topic=verb, key=_key(event), at=at, payload=_payload(event))
    return event


def record_all(happened: list[Event]) -> list[Event]:
    """The bulk twin of record(): many events, and the promise to tell each, in two writes."""
    written = Event.objects.bulk_create(happened)
    OutboxMessage.objects.bulk_create(
        OutboxMessage(topic=event.verb, key=_key(event), payload=_payload(event), created_at=event.at, due_at=event.at)
        for event in written
    )
    return written


def _key(event: Event) -> str:
    return f"event:{event.pk}"


def _payload(event: Event) -> dict[str, Any]:
    return {
        "event": event.pk,
        "subject": event.subject,
        "key": event.subject_key,
        "person": event.person,
        "job": event.job,
        **event.data,
    }
