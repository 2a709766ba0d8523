"""Production fails closed, and says everything that is wrong at once."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "KANRYU_ENV": "production",
    "KANRYU_SECRET_KEY": "k" * 50,
    "KANRYU_ALLOWED_HOSTS": "kanryu.example.test",
    "DATABASE_URL": "postgres://kanryu@db/kanryu",
    "REDIS_URL": "redis://cache:6379/0",
}


def start(tmp_path: Path, **given: str | None) -> subprocess.CompletedProcess[str]:
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("KANRYU_", "DATABASE", "REDIS"))
    }
    env = {**inherited, **SAFE, "KANRYU_DATA_DIR": str(tmp_path)}
    for name, value in given.items():
        env.pop(name, None)
        if value is not None:
            env[name] = value
    script = "from recruiting import settings; print(settings.SESSION_COOKIE_SECURE, settings.SECRET_KEY[:1])"
    return subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def test_production_starts_when_everything_is_said(tmp_path: Path) -> None:
    assert start(tmp_path).stdout.split() == ["True", "k"]


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("KANRYU_SECRET_KEY", None, "KANRYU_SECRET_KEY must be 40 characters"),
        ("KANRYU_SECRET_KEY", "short", "KANRYU_SECRET_KEY must be 40 characters"),
        ("KANRYU_DEBUG", "1", "KANRYU_DEBUG must be off"),
        ("KANRYU_ALLOWED_HOSTS", "*", "KANRYU_ALLOWED_HOSTS must name"),
        ("KANRYU_ALLOWED_HOSTS", None, "KANRYU_ALLOWED_HOSTS must name"),
        ("DATABASE_URL", None, "DATABASE_URL must name"),
        ("REDIS_URL", None, "REDIS_URL must name"),
    ],
)
def test_production_refuses_to_start(name: str, value: str | None, reason: str, tmp_path: Path) -> None:
    answer = start(tmp_path, **{name: value})

    assert answer.returncode != 0
    assert reason in answer.stderr


def test_a_secret_may_come_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("s" * 50 + "\n")

    answer = start(tmp_path, KANRYU_SECRET_KEY=None, KANRYU_SECRET_KEY_FILE=str(tmp_path / "secret"))

    assert answer.stdout.split() == ["True", "s"]


def test_a_number_that_is_none_is_named(tmp_path: Path) -> None:
    assert "KANRYU_HOLD_MAX_DAYS must be a whole number" in start(tmp_path, KANRYU_HOLD_MAX_DAYS="many").stderr
