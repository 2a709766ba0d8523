"""The core's sweeps, and the one door through which Celery beat runs any sweep."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from recruiting.core import outbox, sweeps


@shared_task(ignore_result=True)
def run_sweep(path: str) -> int:
    return sweeps.run_sweep(path)


def relay_outbox() -> int:
    return outbox.relay()


def prune() -> int:
    return outbox.prune(at=timezone.now())
