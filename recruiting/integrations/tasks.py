"""Imports go on in the background: a turn is short, so that nothing else waits for it."""

from __future__ import annotations

from django.utils import timezone

from recruiting.integrations import services
from recruiting.integrations.models import Import

TURN_SECONDS = 2.0


def work_on_imports() -> int:
    """A few batches of what is waiting, the oldest first. Returns how many imports were worked on."""
    waiting = list(Import.objects.at_work().select_related("created_by").order_by("id")[:5])  # imports_at_work
    for table in waiting:
        services.work_on(table, seconds=TURN_SECONDS / len(waiting))
    return len(waiting)


def forget_old_files() -> int:
    return services.forget_old_files(at=timezone.now())
