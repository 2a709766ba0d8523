"""The funnel's clock: each task is a whole turn, safe to run late, twice or in two workers at once."""

from __future__ import annotations

from django.utils import timezone

from funnel.handoffs import receivers, reminding
from funnel.offers import answering, clocks


def remind_of_handoffs() -> int:
    """Whoever has to answer or to put right is reminded once, and once told that it is late; long holds give back."""
    return reminding.remind(at=timezone.now())


def remind_of_offers() -> int:
    """Whoever's turn it is with an offer is reminded once, and once told that it is late."""
    return clocks.remind(timezone.now())


def expire_offers() -> int:
    """Offers not answered by their day."""
    return answering.expire_offers(timezone.now())


def begin_stand_ins() -> int:
    """Whoever was named for somebody's absence sees what already waited when it began."""
    return receivers.begin_stand_ins(at=timezone.now())


def end_stand_ins() -> int:
    """Whoever stood in for somebody's absence leaves the seat when they are back and nothing waits."""
    return receivers.end_stand_ins(at=timezone.now())
