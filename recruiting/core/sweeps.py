"""Sweeps: `SWEEPS` in settings is one list for Celery beat and for `manage.py run_sweeps`; both come through here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from recruiting.core.models import SweepBeat

logger = logging.getLogger(__name__)

POLL = timedelta(seconds=2)


def run_sweep(path: str) -> int:
    """Run one sweep and leave its beat: when it started and ended, what it did, how it failed. Failing is raised."""
    started_at = timezone.now()
    _write(SweepBeat(path=path, started_at=started_at), "started_at")
    try:
        sweep: Callable[[], int] = import_string(path)
        did = sweep()
    except Exception as wrong:
        _write(SweepBeat(path=path, started_at=started_at, failure=repr(wrong)[:2000]), "failure")
        raise
    beat = SweepBeat(path=path, started_at=started_at, finished_at=timezone.now(), did=did)
    _write(beat, "finished_at", "did", "failure")
    return did


def _write(beat: SweepBeat, *columns: str) -> None:
    """One statement, new or not: two processes may beat at once."""
    SweepBeat.objects.bulk_create([beat], update_conflicts=True, unique_fields=["path"], update_fields=columns)


def due_sweeps(at: datetime) -> list[str]:
    """What is due or overdue, the most frequent first, so that the relay never queues behind a slow sweep.

    Due within half a poll counts: otherwise a sweep of the poll's own length would miss every second turn.
    """
    started = dict(SweepBeat.objects.values_list("path", "started_at"))
    soon = at + POLL / 2
    return [
        path
        for path, every in sorted(settings.SWEEPS.items(), key=lambda entry: entry[1])
        if path not in started or started[path] + timedelta(seconds=every) <= soon
    ]


def run_due_sweeps(keep_on: Callable[[], bool] = lambda: True) -> int:
    """Run everything due, each once; one that fails is logged and waits for its next turn. Returns how many ran.

    After a slow sweep the more frequent ones may come again, if they became due meanwhile, before the next slow one.
    """
    done: set[str] = set()
    ran = 0
    while keep_on():
        path = next((path for path in due_sweeps(timezone.now()) if path not in done), None)
        if path is None:
            break
        try:
            run_sweep(path)
        except Exception:  # a sweep that fails must not stop the others; its beat and the log say why
            logger.exception("sweep %s failed", path)
        done = {other for other in done if settings.SWEEPS[other] >= settings.SWEEPS[path]} | {path}
        ran += 1
    return ran
