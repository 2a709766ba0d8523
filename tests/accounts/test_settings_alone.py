"""A second factor and OpenID Connect are a matter of settings: nothing else has to change."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ({"KANRYU_MFA": "1"}, "mfa_index"),
        ({"KANRYU_OIDC_SERVER_URL": "https://id.example.test", "KANRYU_OIDC_CLIENT": "k"}, "socialaccount_connections"),
    ],
    ids=["second factor", "OpenID Connect"],
)
def test_settings_alone_are_enough(given: dict[str, str], url: str, tmp_path: Path) -> None:
    script = f"""
import django; django.setup()
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
call_command("check", fail_level="WARNING")
call_command("migrate", verbosity=0)
call_command("createcachetable", verbosity=0)
assert Client(headers={{"host": "localhost"}}).get(reverse("account_login")).status_code == 200
print(reverse("{url}"))
"""
    env = {**os.environ, **given, "KANRYU_DATA_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "recruiting.settings"}
    env.pop("DATABASE_URL", None)
    env.pop("REDIS_URL", None)

    answer = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.strip().endswith("/")
