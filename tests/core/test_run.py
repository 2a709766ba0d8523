from __future__ import annotations

import io
import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from recruiting.core import prepare
from recruiting.core.management.commands import run
from tests import builders


def test_a_port_in_use_is_passed_by() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert run.first_free_port(port) > port


@pytest.mark.django_db
def test_one_login_is_named_for_each_role_that_still_has_the_sample_password(settings: Any) -> None:
    anna = builders.a_recruiter(password=settings.SAMPLE_PASSWORD)
    builders.a_recruiter(password=settings.SAMPLE_PASSWORD)
    lead = builders.a_lead(password=settings.SAMPLE_PASSWORD)
    builders.a_sourcer(password="something else entirely")

    assert run.sample_logins() == [("Recruiter", anna.email), ("Recruiting lead", lead.email)]
    assert lead.email in run.Command().welcome("http://127.0.0.1:8000")


def test_it_is_not_for_production(settings: Any) -> None:
    settings.PRODUCTION = True

    with pytest.raises(CommandError, match="one machine"):
        call_command("run", stdout=io.StringIO())


def test_the_fingerprint_follows_the_code(tmp_path: Path) -> None:
    for room in prepare.ROOMS:
        (tmp_path / room).mkdir()
    before = prepare.fingerprint(tmp_path)
    assert prepare.fingerprint(tmp_path) == before

    (tmp_path / "funnel" / "stages.py").write_text("x = 1")

    assert prepare.fingerprint(tmp_path) != before


@pytest.mark.django_db
def test_a_house_is_prepared_once_per_fingerprint(
    settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.DATA_DIR = tmp_path
    settings.DATABASE_URL = "somewhere"
    called: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_more: called.append(name))

    prepare.prepare_house(lambda _line: None)
    once = list(called)
    prepare.prepare_house(lambda _line: None)

    assert once[:3] == ["migrate", "createcachetable", "compile_words"]
    assert called == once
