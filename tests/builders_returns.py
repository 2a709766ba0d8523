"""Cards on the returns desk, made and moved through the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from recruiting.accounts.models import User
from recruiting.jobs.models import Job
from recycling import proposals
from recycling.models import PoolEntry, Proposal
from tests.builders import MONDAY, a_recruiter
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_entry

PROPOSED_AT = MONDAY + timedelta(days=50)
A_DAY = timedelta(days=1)


def a_proposal(
    key: str = "interest.withdrew",
    *,
    entry: PoolEntry | None = None,
    job: Job | None = None,
    by: User | None = None,
    at: datetime = PROPOSED_AT,
    **more: Any,
) -> Proposal:
    """Somebody who rests for that reason, thought of for a job fifty days after Monday. `more` goes to the entry."""
    by = by or a_recruiter()
    entry = entry or an_entry(key, **more)
    made = proposals.propose_by_hand(entry=entry, job=job or an_open_job("Platform engineer"), by=by, at=at)
    return the_card(made)


def an_accepted_proposal(*, by: User | None = None, at: datetime = PROPOSED_AT, **more: Any) -> Proposal:
    by = by or a_recruiter()
    card = a_proposal(by=by, at=at, **more)
    return proposals.accept_proposal(proposal=card, what_changed="The team grew.", by=by, at=at)


def an_asked_proposal(*, by: User | None = None, at: datetime = PROPOSED_AT, **more: Any) -> Proposal:
    by = by or a_recruiter()
    card = an_accepted_proposal(by=by, at=at, **more)
    return proposals.record_asked(proposal=card, kind="mail", text="Shall we talk again?", by=by, at=at)


def the_card(proposal: Proposal) -> Proposal:
    """The card as the database has it now."""
    return Proposal.objects.select_related("candidate", "job", "entry").get(pk=proposal.pk)


def the_entry(entry: PoolEntry) -> PoolEntry:
    return PoolEntry.objects.select_related("candidate", "left", "pool", "reason").get(pk=entry.pk)
