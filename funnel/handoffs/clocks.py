"""When an answer is due, in the working hours of whoever has to act; standing still while the card is on hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from funnel.handoffs.recording import record_handoffs
from funnel.models import Handoff, HandoffState
from recruiting.accounts.calendars import Hours, after, minutes_between, shifted
from recruiting.accounts.hours import hours_of, hours_of_all
from recruiting.accounts.models import User

MINUTES_OF_AN_HOUR = 60
LONG_HOLD = timedelta(days=1)  # a card on hold for longer is no longer offered
RUNNING = Q(state=HandoffState.OFFERED) | Q(state=HandoffState.RETURNED, settled_at=None)
CLOCKS = ("warn_at", "miss_at", "back_warn_at", "back_miss_at", "paused_at", "paused_minutes")


@dataclass(frozen=True)
class Due:
    """From when on somebody is reminded, and when the answer is late."""

    warn_at: datetime
    miss_at: datetime


def due_for(user: User, *, warn_hours: int, miss_hours: int, at: datetime) -> Due:
    """The two moments of a clock that starts now, in somebody's own working hours."""
    hours = hours_of(user, at)
    return Due(after(hours, at, warn_hours * MINUTES_OF_AN_HOUR), after(hours, at, miss_hours * MINUTES_OF_AN_HOUR))


def again_for(handoff: Handoff, user: User, at: datetime) -> Due:
    """A further clock of the same handoff: as long as the gate's was when it was offered."""
    clock = handoff.packet["clock"]
    return due_for(user, warn_hours=clock["warn"], miss_hours=clock["miss"], at=at)


def response_minutes(handoff: Handoff, at: datetime) -> int:
    """Working minutes of the receiver from being asked to now, pauses apart."""
    hours = hours_of(handoff.to_user, handoff.asked_at)
    pauses = handoff.paused_minutes
    if handoff.paused_at is not None:
        pauses += minutes_between(hours, handoff.paused_at, at)
    return max(0, minutes_between(hours, handoff.asked_at, at) - pauses)


def running(applications: Iterable[int]) -> QuerySet[Handoff]:
    """The handoffs of these applications whose clock runs: at the receiver's side or back on the sender's desk."""
    return Handoff.objects.filter(RUNNING, application__in=applications)


def pause(applications: Iterable[int], at: datetime) -> int:
    """These cards are on hold: no clock of theirs runs."""
    return running(applications).filter(paused_at=None).update(paused_at=at)


def go_on(applications: Iterable[int], at: datetime) -> int:
    """These cards go on: what was left of each clock is left. Four queries, whatever the number."""
    still = running(applications).filter(paused_at__isnull=False).select_related("to_user", "from_user")
    paused = list(still.order_by("pk").select_for_update(of=("self",)))
    if not paused:
        return 0
    since = min(row.paused_at for row in paused if row.paused_at)
    users = {user.pk: user for row in paused for user in (row.to_user, row.from_user)}
    hours = hours_of_all(list(users.values()), since)
    for row in paused:
        shift(row, at, receiver=hours[row.to_user_id], sender=hours[row.from_user_id])
    return Handoff.objects.bulk_update(paused, CLOCKS, batch_size=200)


def shift(row: Handoff, at: datetime, *, receiver: Hours, sender: Hours) -> None:
    """End the pause of one handoff, not saved yet. What was late when it began stays late."""
    since = row.paused_at or at
    if row.state == HandoffState.OFFERED:
        lift(row, since, at, receiver)
    elif row.back_warn_at and row.back_miss_at:
        row.back_warn_at = shifted(sender, since, row.back_warn_at, at)
        row.back_miss_at = shifted(sender, since, row.back_miss_at, at)
    row.paused_at = None


def lift(row: Handoff, since: datetime, at: datetime, hours: Hours) -> None:
    """The receiver's clock stood still between two moments, not saved yet."""
    row.warn_at = shifted(hours, since, row.warn_at, at)
    row.miss_at = shifted(hours, since, row.miss_at, at)
    row.paused_minutes += minutes_between(hours, since, at)


@transaction.atomic
def withdraw_long_holds(*, at: datetime, limit: int = 500) -> int:
    """What is offered while its card is on hold for more than a day is withdrawn; it can be offered again later."""
    long = Handoff.objects.offered().filter(paused_at__lte=at - LONG_HOLD)
    rows = list(long.order_by("pk").select_related("application").select_for_update(of=("self",))[:limit])
    Handoff.objects.offered().filter(pk__in=[row.pk for row in rows]).update(
        state=HandoffState.WITHDRAWN, answered_at=at, why="held"
    )
    record_handoffs(rows, "handoff.withdrawn", to=HandoffState.WITHDRAWN, by=None, at=at, why="held")
    return len(rows)
