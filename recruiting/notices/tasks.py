"""The clock of what is told: each task is a whole turn, safe to run late, twice or in two workers at once."""

from __future__ import annotations

from django.utils import timezone

from recruiting.notices import digests, services


def send_digests() -> int:
    """Daily summaries whose hour has come."""
    return digests.send_digests(at=timezone.now())


def forget_old() -> int:
    """Letters after thirty days, notices after half a year."""
    return services.forget_old(at=timezone.now())
