"""manage.py import_people says what it reads, what would happen, and what did."""

from __future__ import annotations

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from recruiting.candidates.models import Candidate
from recruiting.integrations.models import Import

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(tmp_path: Any) -> Any:
    path = tmp_path / "old.csv"
    path.write_text("id,who,email,status\n1,Aya Mori,aya@x.test,Rejected\n2,Ken Sato,no address,Rejected\n")
    return path


def run(*args: Any, **options: Any) -> str:
    out = StringIO()
    call_command("import_people", *map(str, args), stdout=out, **options)
    return out.getvalue()


def test_a_dry_run_prints_the_guess_the_counts_and_the_problems(table):
    said = run(table, "--source", "csv", "--dry-run")

    assert '"email": "email"' in said
    assert '"who": ""' in said
    assert "2  New person" in said
    assert "Row 2: " in said
    assert "“no address” is not an e-mail address" in said
    assert not Candidate.objects.exists()


def test_a_mapping_file_corrects_the_guess_and_somebody_is_named(table, tmp_path, recruiter):
    mapping, report = tmp_path / "mapping.json", tmp_path / "report.csv"
    mapping.write_text(json.dumps({"who": "full_name"}))

    args = ["--basis", "announced", "--basis-from", "2026-01-01", "--basis-months", "12", "--by", recruiter.email]
    run(table, "--source", "csv", "--mapping", mapping, "--system", "Old", "--report", report, *args)

    assert {person.name for person in Candidate.objects.all()} == {"Aya Mori", "Ken Sato"}
    assert Candidate.objects.first().created_by == recruiter
    assert Import.objects.get().system == "Old"
    assert len(list(csv.reader(report.open(encoding="utf-8-sig")))) == 3


def test_what_cannot_be_done_is_said_in_a_sentence(table, tmp_path):
    jobs = tmp_path / "jobs.csv"
    jobs.write_text("Job ID,Agency\n1,X\n")

    with pytest.raises(CommandError, match="does not look like a list of people"):
        run(jobs, "--source", "csv")
    with pytest.raises(CommandError, match=r"nowhere\.csv"):
        run(tmp_path / "nowhere.csv", "--source", "csv")
    with pytest.raises(CommandError, match="Nobody by that name"):
        run(table, "--source", "csv", "--by", "stranger@x.test")


def test_resumes_are_one_import_however_many(tmp_path):
    for name in ("Aya Mori", "Ken Sato"):
        (tmp_path / f"{name}.json").write_text(json.dumps({"basics": {"name": name}}))

    run(*sorted(tmp_path.glob("*.json")), "--source", "json-resume")

    assert Candidate.objects.count() == 2
    assert Import.objects.count() == 1
