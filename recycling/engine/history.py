"""What one evaluation leaves in the events: a row for each move, written as a set, and one outbox row a batch."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BigIntegerField, CharField, DateTimeField, F, JSONField, QuerySet, TextField, Value

from recruiting.core import outbox
from recruiting.core.models import Event
from recycling.models import PoolEntry, Proposal, ProposalState, Rest
from recycling.sql import insert_select


def record_withdrawn(proposals: QuerySet[Proposal], at: datetime) -> None:
    """Before they are updated: they still say which state they come from."""
    _record(proposals, at, "proposal.withdrawn", "proposal", "job", ProposalState.WITHDRAWN)


def record_rested(entries: QuerySet[PoolEntry], at: datetime) -> None:
    _record(entries, at, "entry.rested", "poolentry", "left__job", Rest.RESTING)


def record_proposed(batch: UUID, at: datetime, proposed: int) -> None:
    """After they are made: the cards of the batch, and their entries, which rested until now."""
    cards = Proposal.objects.filter(batch=batch)  # proposals_of_a_batch
    _record(cards, at, "proposal.opened", "proposal", "job", ProposalState.OPEN, came_from="")
    surfaced = PoolEntry.objects.filter(batch=batch)  # entries_of_a_batch
    _record(surfaced, at, "entry.surfaced", "poolentry", "left__job", Rest.SURFACED, came_from=Rest.RESTING)
    payload = {"batch": str(batch), "proposed": proposed}
    outbox.post(topic="proposals.opened", key=f"batch:{batch}", at=at, payload=payload)


def _record(
    rows: QuerySet[Any, Any], at: datetime, verb: str, subject: str, job: str, to: str, came_from: str | None = None
) -> None:
    """One event for each row; without `came_from` the row's own state."""
    text = CharField()
    insert_select(
        Event,
        rows,
        at=Value(at, DateTimeField()),
        verb=Value(verb, text),
        subject=Value(subject, text),
        subject_key=F("pk"),
        person=F("candidate"),
        job=F(job),
        from_state=F("state") if came_from is None else Value(str(came_from), text),
        to_state=Value(str(to), text),
        why=Value("", TextField()),
        data=Value({}, JSONField()),
        by=Value(None, BigIntegerField()),
    )
