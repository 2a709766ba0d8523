"""Every sweep of the settings runs without a broker, and finds nothing to do in an empty house."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

from recruiting.core.models import SweepBeat
from recruiting.core.sweeps import run_sweep


@pytest.mark.django_db
@pytest.mark.parametrize("path", settings.SWEEPS)
def test_every_sweep_runs_without_a_broker(path: str) -> None:
    run_sweep("recruiting.core.tasks.relay_outbox")  # what seeding promised to tell

    did = run_sweep(path)

    assert did == 0
    assert isinstance(did, int)
    assert SweepBeat.objects.get(path=path).failure == ""


@pytest.mark.django_db
@pytest.mark.parametrize("path", settings.SWEEPS)
def test_a_sweep_run_again_at_once_changes_nothing(path: str) -> None:
    sweep = import_string(path)
    sweep()

    assert sweep() == 0


def test_celery_beat_runs_the_same_list() -> None:
    assert {entry["args"][0] for entry in settings.CELERY_BEAT_SCHEDULE.values()} == set(settings.SWEEPS)
