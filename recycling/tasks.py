"""Recycling's clock: each task is a whole turn, safe to run late, twice or in two workers at once."""

from __future__ import annotations

from django.utils import timezone

from recycling import engine
from recycling.clock import let_unanswered_rest, wake_snoozed
from recycling.pending import evaluate_pending


def evaluate_noted() -> int:
    """What events have touched: within seconds of their commit."""
    return evaluate_pending(timezone.now())


def sweep_entries() -> int:
    """Whatever changed or came due since the last sweep."""
    run = engine.sweep(timezone.now())
    return run.proposed + run.withdrawn if run else 0


def sweep_everything() -> int:
    """Everybody, once a night."""
    run = engine.sweep(timezone.now(), is_full=True)
    return run.proposed + run.withdrawn if run else 0


def turn_cards() -> int:
    """Snoozed cards whose day has come, and people who did not answer."""
    at = timezone.now()
    return wake_snoozed(at) + let_unanswered_rest(at)
