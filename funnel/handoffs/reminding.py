"""The sweep of handoffs: who is late is reminded once, whoever leads is told once, long holds give back.

Overdue itself is computed when somebody looks. The claim is a conditional UPDATE under a lock, so that late, doubled
and parallel runs announce everything once; what is missed already is no longer warned of.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from funnel.handoffs.clocks import withdraw_long_holds
from funnel.handoffs.receivers import last_resort
from funnel.handoffs.recording import record_handoffs
from funnel.models import Handoff, HandoffState
from recruiting.core.refused import Refused

AT_MOST = 500


@dataclass(frozen=True)
class Clock:
    """One of the two clocks: the moments it names, where it notes that it has told, and what it says."""

    runs: Q
    warn: str
    miss: str
    warned: str
    missed: str
    says: tuple[str, str]


RECEIVER = Clock(
    Q(state=HandoffState.OFFERED, paused_at=None),
    *("warn_at", "miss_at", "warned_at", "escalated_at"),
    ("handoff.warned", "handoff.missed"),
)
SENDER = Clock(
    Q(state=HandoffState.RETURNED, settled_at=None, paused_at=None),
    *("back_warn_at", "back_miss_at", "back_warned_at", "back_escalated_at"),
    ("handoff.back_warned", "handoff.back_missed"),
)


def remind(*, at: datetime) -> int:
    """One turn; how many were told or withdrawn."""
    return sum(_miss(clock, at) + _warn(clock, at) for clock in (RECEIVER, SENDER)) + withdraw_long_holds(at=at)


@transaction.atomic
def _warn(clock: Clock, at: datetime) -> int:
    """Half of the time is over: whoever has to act is reminded."""
    rows = _claim(clock, clock.warn, clock.warned, at)
    _tell(rows, clock.says[0], at)
    return len(rows)


@transaction.atomic
def _miss(clock: Clock, at: datetime) -> int:
    """Late: they are told, and the recruiting lead with them. Who is late already is not warned any more."""
    rows = _claim(clock, clock.miss, clock.missed, at)
    unwarned = [row.pk for row in rows if getattr(row, clock.warned) is None]
    if unwarned:
        Handoff.objects.filter(pk__in=unwarned, **{clock.warned: None}).update(**{clock.warned: at})
    _tell(rows, clock.says[1], at, lead=_lead(at) if rows else None)
    return len(rows)


def _claim(clock: Clock, due: str, told: str, at: datetime) -> list[Handoff]:
    """Those whose moment has come and of whom nothing was said yet; the oldest first, so many at a time."""
    waiting = Handoff.objects.filter(clock.runs, **{f"{due}__lte": at, told: None})
    late = waiting.select_related("application").select_for_update(of=("self",), skip_locked=True)
    rows = list(late.order_by(due, "pk")[:AT_MOST])  # handoffs_to_remind, handoffs_that_came_back
    if rows:
        Handoff.objects.filter(clock.runs, pk__in=[row.pk for row in rows], **{told: None}).update(**{told: at})
    return rows


def _tell(rows: list[Handoff], verb: str, at: datetime, lead: int | None = None) -> None:
    named: dict[str, Any] = {"lead": lead} if lead else {}
    if rows:  # all of one clock, so all in one state
        record_handoffs(rows, verb, to=rows[0].state, by=None, at=at, **named)


def _lead(at: datetime) -> int | None:
    """Who leads recruiting; in a house without a lead nobody is named, and the rest goes on."""
    try:
        return last_resort(at).pk
    except Refused:
        return None
