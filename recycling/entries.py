"""Ending a stay in a pool, and beginning it again: the entry moves first, its live proposals after it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from recruiting.accounts.models import User
from recycling.models import PoolEntry, ProposalState
from recycling.models.proposals import LIVE_PROPOSAL
from recycling.transitions import run_transition


@transaction.atomic
def close_entry(*, entry: PoolEntry, closed_why: str, by: User | None, at: datetime, why: str = "") -> PoolEntry:
    """Close a stay (model.md §2: opted_out, expired, never ...) and end its proposals."""
    run_transition(subject=entry, verb="close", by=by, at=at, why=why, closed_why=closed_why)
    end_proposals(entry=entry, by=by, at=at, why=why)
    return entry


@transaction.atomic
def end_proposals(*, entry: PoolEntry, by: User | None, at: datetime, why: str = "") -> int:
    """End what still stands for an entry that no longer waits: withdrawn, or declined where they were asked already.

    Called after the entry itself has moved. Returns how many ended.
    """
    live = list(entry.proposals.filter(state__in=LIVE_PROPOSAL))
    for proposal in live:
        was_asked = proposal.state == ProposalState.ACCEPTED and proposal.asked_at is not None
        run_transition(subject=proposal, verb="decline" if was_asked else "withdraw", by=by, at=at, why=why)
    return len(live)


@transaction.atomic
def reopen_entry(*, entry: PoolEntry, by: User | None, at: datetime, why: str = "") -> PoolEntry:
    """Who opted out, or whose basis ran out, rests again when they agree anew."""
    run_transition(subject=entry, verb="reopen", by=by, at=at, why=why)
    return entry
