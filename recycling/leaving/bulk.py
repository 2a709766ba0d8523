"""Exits of histories that came from elsewhere, many at once: the twin of exits.settle and filing.file_entry.

Imported reasons bring no terms (which skill, who refused, which day), so their conditions are what the order makes of
that: a person looks. Class X is rare and goes one by one through the same code as any other exit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from funnel.services.histories import History
from recruiting.accounts.models import User
from recruiting.candidates.models.contact_points import ContactKind
from recruiting.contact.models import TouchKind
from recruiting.core import bulk
from recruiting.core.days import day_of
from recruiting.core.models import Event
from recycling import reasons
from recycling.leaving.exits import terms_of
from recycling.leaving.filing import CHANNELS, Term, review_day_before
from recycling.leaving.orders import ExitOrder
from recycling.leaving.traces import never_again
from recycling.models import Condition, Exit, ExitReason, Origin, PoolEntry, Rest
from recycling.models.exits import ReasonClass, Told

IMPORTED = "import"
EXIT = (
    *("application_id", "candidate_id", "job_id", "reason_id", "reason_version", "klass", "side", "stage", "was_final"),
    *("exited_at", "exited_by_id", "told", "told_on", "snapshot"),
)
ENTRY = (
    *("pool_id", "candidate_id", "left_id", "reason_id", "state_since", "entered_at"),
    *("contact_point_id", "channel", "review_on"),
)
CONDITION = (
    *("entry_id", "candidate_id", "reason_id", "kind", "reach", "left_job_id", "family_id", "rank", "entered_at"),
    *("cool_until", "due_on", "re_entry"),
)


@dataclass(slots=True)
class PastExit:
    """Why a history ended. `reach` is the key and kind of the contact point offered first."""

    history: History
    reason: ExitReason
    side: str = ""
    was_final: bool = False
    told: str = Told.NOTHING
    told_on: date | None = None
    family: int | None = None  # of the job left
    rank: int | None = None
    use_until: date | None = None
    reach: tuple[int, str] | None = None
    entry: int | None = field(default=None, init=False)  # the stay it began, once written


@dataclass(slots=True, frozen=True)
class _Terms:
    """What an exit for a reason comes to, the same for all that share reason, side, final and day."""

    term: Term
    side: str
    cool_until: date
    review_on: date


@transaction.atomic
def settle_many(*, exits: Sequence[PastExit], by: User | None, at: datetime, data: Mapping[str, Any]) -> None:
    """Write the exits, the stays they begin and their conditions. Stays get their keys."""
    author = by.pk if by else None
    rules = _Rules(at)
    told = [rules.of(exit) for exit in exits]
    rows = [_exit(exit, terms, author) for exit, terms in zip(exits, told, strict=True)]
    keys = bulk.insert_keyed(Exit, EXIT, rows, caused_by=IMPORTED, created_at=at)
    _rest([(exit, terms) for exit, terms in zip(exits, told, strict=True) if exit.reason.pool_id], author, at, data)
    never = [key for key, exit in zip(keys, exits, strict=True) if exit.reason.klass == ReasonClass.NEVER]
    for written in Exit.objects.filter(pk__in=never).select_related("candidate", "reason"):
        never_again(written, by, at)


class _Rules:
    """Works out each kind of exit once: a file of a hundred thousand rows knows few reasons and days."""

    def __init__(self, at: datetime) -> None:
        self.at, self.today = at, day_of(at)
        self.known: dict[tuple[Any, ...], _Terms] = {}

    def of(self, exit: PastExit) -> _Terms:
        left_at = exit.history.ended_at
        left_on = day_of(left_at) if left_at else self.today
        asked = (exit.reason.pk, exit.side, exit.was_final, left_on, exit.told_on, exit.use_until)
        if asked not in self.known:
            self.known[asked] = self._work_out(exit, left_on)
        return self.known[asked]

    def _work_out(self, exit: PastExit, left_on: date) -> _Terms:
        order = ExitOrder(reason=exit.reason, side=exit.side, caused_by=IMPORTED)
        (term,) = terms_of(order, was_final=exit.was_final, at=exit.history.ended_at or self.at)
        told_on = exit.told_on if exit.told == Told.TOLD else None
        review_on = review_day_before(exit.use_until, [term], entered_on=left_on, cooled_from=told_on)
        return _Terms(
            term=term,
            side=order.decided_side,
            cool_until=reasons.cool_until(exited_on=left_on, told_on=told_on, months=term.months),
            review_on=max(review_on, self.today),
        )


def _exit(exit: PastExit, terms: _Terms, author: int | None) -> tuple[Any, ...]:
    history, reason = exit.history, exit.reason
    snapshot = {"refused_by": [], "cool_months": {reason.key: terms.term.months}}
    return (
        *(history.key, history.candidate, history.job, reason.pk, reason.version, reason.klass, terms.side),
        *(history.stage, exit.was_final, history.ended_at, author if exit.told == Told.NOT_YET else None),
        *(exit.told, exit.told_on if exit.told == Told.TOLD else None, snapshot),
    )


def _rest(
    resting: Sequence[tuple[PastExit, _Terms]], author: int | None, at: datetime, data: Mapping[str, Any]
) -> None:
    """The stays that these exits begin, one condition each, and the event of each."""
    stays = [
        (
            *(exit.reason.pool_id, exit.history.candidate, exit.history.key, exit.reason.pk),
            *(exit.history.ended_at or at, exit.history.ended_at or at),
            *(exit.reach[0] if exit.reach else None, _channel(exit.reach), terms.review_on),
        )
        for exit, terms in resting
    ]
    for (exit, _told), key in zip(
        resting,
        bulk.insert_keyed(PoolEntry, ENTRY, stays, origin=Origin.EXIT.value, state=Rest.RESTING.value),
        strict=True,
    ):
        exit.entry = key
    conditions = [
        (
            *(exit.entry, exit.history.candidate, exit.reason.pk, terms.term.kind, exit.reason.reach, exit.history.job),
            *(exit.family, exit.rank, exit.history.ended_at or at, terms.cool_until, terms.term.due_on),
            exit.reason.re_entry,
        )
        for exit, terms in resting
    ]
    bulk.insert(Condition, CONDITION, conditions)
    told = [(exit.entry, exit.history.candidate, exit.history.job, exit.reason.key) for exit, _terms in resting]
    shared = {"at": at, "verb": "entry.filed", "subject": "poolentry", "to_state": Rest.RESTING.value}
    shared |= {"data": dict(data), "by_id": author}
    bulk.insert(Event, ("subject_key", "person", "job", "why"), told, **shared)


def _channel(reach: tuple[int, str] | None) -> str:
    return CHANNELS.get(ContactKind(reach[1]), TouchKind.MESSAGE).value if reach else ""
