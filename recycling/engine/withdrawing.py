"""Taking back what no longer holds: open and snoozed cards are withdrawn, accepted ones only marked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from recruiting.jobs.models import JobState
from recycling import blocks
from recycling.engine import history
from recycling.engine.scope import Scope
from recycling.models import Holding, Pending, PoolEntry, Proposal, ProposalState, Rest, Standing
from recycling.models.proposals import LIVE_PROPOSAL, ON_A_DESK
from recycling.sql import columns_of, lock_in_order

PART = 500


def standing(scope: Scope) -> QuerySet[Any, Any]:
    """The rows of the working table Standing: live proposals of the scope."""
    live = Proposal.objects.filter(scope.of_proposals(), state__in=LIVE_PROPOSAL)
    names = ("id", "condition", "entry", "candidate", "job", "fact", "state", "is_confirmed")
    return columns_of(live, **{name: F(name) for name in names})


def _held() -> QuerySet[Holding]:
    return Holding.objects.filter(condition=OuterRef("condition"), job=OuterRef("job"), fact=OuterRef("fact"))


def anybody_is_asked() -> bool:
    return Standing.objects.filter(state=ProposalState.ACCEPTED).exists()


def mark_accepted(at: datetime) -> int:
    """Somebody is asking them: say on the card that it no longer holds, or that it does again."""
    asked = Standing.objects.filter(state=ProposalState.ACCEPTED, condition__isnull=False)
    lost = Proposal.objects.filter(pk__in=asked.filter(~Exists(_held())).values("pk"))
    found = Proposal.objects.filter(pk__in=asked.filter(Exists(_held())).values("pk"))
    accepted = Q(state=ProposalState.ACCEPTED)
    return lost.filter(accepted, no_longer_holds_at=None).update(no_longer_holds_at=at) + found.filter(
        accepted, no_longer_holds_at__isnull=False
    ).update(no_longer_holds_at=None)


def _groundless(at: datetime) -> Iterator[tuple[int, int, int]]:
    """(proposal, entry, person) of the cards to take back, in the order of people.

    A card made by hand rests on no condition: it stands while its job is open and its person is not blocked.
    """
    on_desk = Standing.objects.filter(state__in=ON_A_DESK)
    keys = ("pk", "entry", "candidate")
    lost = on_desk.filter(condition__isnull=False).filter(~Exists(_held())).values_list(*keys)
    by_hand = Proposal.objects.filter(pk__in=on_desk.filter(condition=None).values("pk"))
    fine = by_hand.filter(blocks.allowed("candidate__", at), job__state=JobState.OPEN)
    rows = [*lost, *by_hand.exclude(pk__in=fine.values("pk")).values_list(*keys)]
    return iter(sorted(rows, key=lambda row: (row[2], row[1])))


def withdraw(scope: Scope, at: datetime) -> int:
    """The bulk form of Proposal.withdraw() and, with it, PoolEntry.rest_again(). Entries are locked first."""
    withdrawn = 0
    for part in _parts(_groundless(at)):
        proposals, entries, people = (list(column) for column in zip(*part, strict=True))
        lock_in_order(PoolEntry.objects.filter(pk__in=entries).order_by("candidate", "pk"))
        taken = Proposal.objects.filter(pk__in=proposals, state__in=ON_A_DESK)
        history.record_withdrawn(taken, at)
        withdrawn += taken.update(state=ProposalState.WITHDRAWN, snoozed_until=None)
        live = Proposal.objects.filter(entry=OuterRef("pk"), state__in=LIVE_PROPOSAL)
        freed = PoolEntry.objects.filter(pk__in=entries, state=Rest.SURFACED).filter(~Exists(live))
        history.record_rested(freed, at)
        freed.update(state=Rest.RESTING, state_since=at, batch=None)
        if not scope.is_about_people:  # another job may hold for them, which this scope does not see
            Pending.objects.bulk_create([Pending(person=person) for person in set(people)], ignore_conflicts=True)
    return withdrawn


def _parts(rows: Iterator[tuple[int, int, int]]) -> Iterator[list[tuple[int, int, int]]]:
    while part := list(islice(rows, PART)):
        yield part


def confirm() -> int:
    """A card says "check first" as long as it rests on the person's own word alone, and no longer."""
    differs = _held().exclude(is_confirmed=OuterRef("is_confirmed"))
    changed = Standing.objects.filter(Exists(differs), state__in=LIVE_PROPOSAL).values("pk")
    return Proposal.objects.filter(pk__in=changed).update(is_confirmed=~F("is_confirmed"))
