"""Proposing: the best pair of each person who has no card, unless the same evidence has spoken before."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    UUIDField,
    Value,
    Window,
)
from django.db.models.functions import RowNumber

from recycling.engine import history
from recycling.engine.desks import desk_of
from recycling.engine.stages import stage_of
from recycling.models import Chosen, Holding, PoolEntry, Proposal, ProposalState, Rest
from recycling.models.proposals import LIVE_PROPOSAL
from recycling.sql import columns_of, create_temporary, insert_select, lock_in_order

COLUMNS = ("condition", "entry", "candidate", "job", "kind", "rank", "fact", "since", "is_confirmed", "is_own", "may")


def choices() -> QuerySet[Any, Any]:
    """One pair a person: by kind, the job left first, the newest fact. A person with a card gets no other.

    The same evidence for the same job speaks once, unless what it said was only withdrawn.
    """
    card = Proposal.objects.filter(candidate=OuterRef("candidate"), state__in=LIVE_PROPOSAL)
    spoken = Proposal.objects.filter(
        condition=OuterRef("condition"), job=OuterRef("job"), fact=OuterRef("fact")
    ).exclude(state=ProposalState.WITHDRAWN)  # the_same_evidence_speaks_once
    place = Window(
        RowNumber(),
        partition_by=F("candidate"),
        order_by=[F("rank"), F("is_own").desc(), F("since").desc(), F("job"), F("condition")],
    )
    return Holding.objects.filter(may=True).filter(~Exists(card), ~Exists(spoken)).annotate(place=place).filter(place=1)


def propose(batch: UUID, at: datetime) -> int:
    """The bulk form of PoolEntry.surface() with the card that surfaces it; how many cards are new."""
    create_temporary(Chosen, columns_of(choices(), **{name: F(name) for name in COLUMNS}))
    if not Chosen.objects.exists():
        return 0
    lock_in_order(PoolEntry.objects.filter(pk__in=Chosen.objects.values("entry")).order_by("candidate", "pk"))
    proposed = insert_select(
        Proposal,
        Chosen.objects.filter(entry__state=Rest.RESTING),
        order_by="candidate_id",
        candidate=F("candidate"),
        entry=F("entry"),
        condition=F("condition"),
        job=F("job"),
        kind=F("kind"),
        fact=F("fact"),
        since=F("since"),
        is_confirmed=F("is_confirmed"),
        stage=stage_of(at),
        desk=desk_of(at),
        state=Value(ProposalState.OPEN, CharField()),
        created_at=Value(at, DateTimeField()),
        batch=Value(batch, UUIDField()),
        **{name: Value("", CharField()) for name in ("dismissal", "why")},
        times_asked=Value(0),
    )
    if proposed:
        _surface(batch, at)
        history.record_proposed(batch, at, proposed)
    return proposed


def _surface(batch: UUID, at: datetime) -> None:
    entries = Proposal.objects.filter(batch=batch).values("entry")
    PoolEntry.objects.filter(pk__in=entries, state=Rest.RESTING).update(
        state=Rest.SURFACED, state_since=at, batch=batch
    )
