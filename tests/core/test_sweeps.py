from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from recruiting.core import sweeps, tasks
from recruiting.core.models import SweepBeat

ROOT = Path(__file__).resolve().parents[2]
HERE = "tests.core.test_sweeps"
ran: list[str] = []


def quick() -> int:
    ran.append("quick")
    return 0


def slow() -> int:
    ran.append("slow")
    return 7


def broken() -> int:
    ran.append("broken")
    raise ValueError("spilt")


@pytest.fixture(autouse=True)
def _three_sweeps(settings: Any) -> None:
    ran.clear()
    settings.SWEEPS = {f"{HERE}.slow": 3600, f"{HERE}.broken": 60, f"{HERE}.quick": 2}


@pytest.mark.django_db
def test_everything_due_runs_once_the_frequent_first_and_one_that_fails_stops_nobody() -> None:
    assert sweeps.run_due_sweeps() == 3
    assert ran == ["quick", "broken", "slow"]

    beat = SweepBeat.objects.get(path=f"{HERE}.slow")
    assert (beat.did, beat.failure) == (7, "")
    assert beat.seconds is not None
    failed = SweepBeat.objects.get(path=f"{HERE}.broken")
    assert (failed.finished_at, failed.seconds) == (None, None)
    assert "spilt" in failed.failure


@pytest.mark.django_db
def test_what_ran_lately_is_not_due_and_what_is_overdue_is() -> None:
    sweeps.run_due_sweeps()
    now = timezone.now()

    assert sweeps.due_sweeps(now) == []
    assert sweeps.due_sweeps(now + timedelta(seconds=2)) == [f"{HERE}.quick"]
    assert len(sweeps.due_sweeps(now + timedelta(days=9))) == 3


@pytest.mark.django_db
def test_a_frequent_sweep_does_not_queue_behind_slow_ones() -> None:
    """It became due while the slow one ran: it comes again before the next slow one."""
    sweeps.run_due_sweeps()
    ran.clear()
    long_ago = timezone.now() - timedelta(days=1)
    SweepBeat.objects.update(started_at=long_ago)
    real = sweeps.run_sweep

    def takes_long(path: str) -> int:
        did = real(path)
        SweepBeat.objects.filter(path=f"{HERE}.quick").update(started_at=long_ago)
        return did

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sweeps, "run_sweep", takes_long)
        sweeps.run_due_sweeps()

    assert ran == ["quick", "broken", "quick", "slow", "quick"]


@pytest.mark.django_db
def test_a_success_clears_the_failure_before_it(settings: Any) -> None:
    path = f"{HERE}.slow"
    SweepBeat.objects.create(path=path, started_at=timezone.now(), failure="spilt")

    sweeps.run_sweep(path)

    assert SweepBeat.objects.get(path=path).failure == ""


@pytest.mark.django_db
def test_celery_comes_through_the_same_door() -> None:
    assert tasks.run_sweep(f"{HERE}.slow") == 7
    assert SweepBeat.objects.filter(path=f"{HERE}.slow").exists()


@pytest.mark.django_db
def test_once_runs_what_is_due_and_ends() -> None:
    call_command("run_sweeps", once=True)

    assert ran == ["quick", "broken", "slow"]


def test_the_process_ends_when_it_is_told_to(tmp_path: Path) -> None:
    """It survives a database without tables, says so, and stops at once on SIGTERM."""
    env = {**os.environ, "KANRYU_DATA_DIR": str(tmp_path), "DATABASE_URL": "", "REDIS_URL": ""}
    process = subprocess.Popen([sys.executable, "manage.py", "run_sweeps"], cwd=ROOT, env=env, stderr=subprocess.PIPE)
    assert process.stderr is not None

    said = process.stderr.readline()
    time.sleep(0.2)
    still_running = process.poll() is None
    process.send_signal(signal.SIGTERM)

    assert b"no sweep could be run" in said
    assert still_running
    assert process.wait(timeout=10) == 0
    process.stderr.close()
