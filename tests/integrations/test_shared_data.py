"""Seen to work on data that nobody here wrote (see builders_integrations.shared)."""

from __future__ import annotations

import csv
import io
import json

import pytest

from funnel.models import Application, Visit
from recruiting.candidates.models import Candidate, Document
from recruiting.core.refused import Refused
from recruiting.integrations.models import ImportRow
from tests.builders_integrations import a_table, brought_in, checked, mapped, results, resumes, said, shared

pytestmark = pytest.mark.django_db


def test_the_funnel_of_2500_comes_out_as_published_after_importing_it_twice():
    text = shared("funnel-wide-2500/simulated_funnel_data.csv").read_bytes()

    brought_in(text, name="funnel.csv")
    again = brought_in(text, name="funnel.csv")

    count = {
        stage: Visit.objects.filter(stage=stage).count() for stage in ("sourcing", "screening", "interview", "hire")
    }
    assert count == {"sourcing": 2500, "screening": 1770, "interview": 876, "hire": 285}
    assert Application.objects.filter(outcome="hired").count() == 192
    assert Candidate.objects.count() == Application.objects.count() == 2500
    assert set(results(again)) == {"known"}


def test_a_thousand_records_come_in_without_loss_and_every_joining_is_said():
    path = shared("dedupe-people-1000/fake_1000.csv")
    rows = list(csv.DictReader(path.open(encoding="utf-8")))

    table = brought_in(path.read_bytes())

    found = results(table)
    joined = ImportRow.objects.filter(of=table, result="joined")
    assert len(found) == 1000
    assert "refused" not in found
    assert Candidate.objects.count() == 1000 - len(joined)
    assert all("joined_email" in dict(row.notes) for row in joined)
    person = {row.number: row.person for row in ImportRow.objects.filter(of=table)}
    wrong = {
        (one["unique_id"], other["unique_id"])
        for number, one in enumerate(rows, start=1)
        for place, other in enumerate(rows[:number], start=1)
        if person[number] == person[place] and one["cluster"] != other["cluster"]
    }
    assert wrong == set()
    kept = {
        person.pk: json.dumps(person.extra) + person.search_text + person.location for person in Candidate.objects.all()
    }
    assert all(row["dob"] in kept[person[number]] for number, row in enumerate(rows, start=1))


def test_contradictions_between_tables_are_said_once_they_stand_in_one_row():
    people = list(csv.DictReader(shared("funnel-tables-120/candidates.csv").open(encoding="utf-8")))
    first: dict[str, str] = {}
    for row in csv.DictReader(shared("funnel-tables-120/interviews.csv").open(encoding="utf-8")):
        day = row["scheduled_datetime"][:10]
        first[row["candidate_id"]] = min(day, first.get(row["candidate_id"], day))
    out = io.StringIO()
    writer = csv.DictWriter(out, [*people[0], "interview date"])
    writer.writeheader()
    writer.writerows({**row, "interview date": first.get(row["candidate_id"], "")} for row in people)

    table = checked(out.getvalue())

    says_less = [
        row
        for row in ImportRow.objects.filter(of=table)
        if ["says_less", "Applied"] in [[c, t.get("value")] for c, t in row.notes]
    ]
    assert len(says_less) == 26
    assert "It says “Applied”, but Interview is recorded" in said(table, says_less[0].number)


def test_a_list_of_jobs_is_refused_politely():
    table = a_table(shared("nyc-jobs/nyc_jobs_first_300_rows.csv").read_bytes())

    with pytest.raises(Refused, match="does not look like a list of people"):
        mapped(table)


def test_valid_resumes_come_in_and_invalid_ones_are_refused_by_the_name_of_the_field():
    cases = []
    bare_days = "dates.json"  # values of a field, no résumés
    for path in sorted(path for path in shared("json-resume/fixtures").glob("*.json") if path.name != bare_days):
        for name, case in json.loads(path.read_text(encoding="utf-8")).items():
            told_apart = {**case, "made": f"{path.stem}.{name}"} if isinstance(case, dict) else case
            cases.append((f"{path.stem}.{name}", json.dumps(told_apart).encode()))

    table = resumes(cases)

    rows = list(ImportRow.objects.filter(of=table).order_by("number"))
    is_refused = {name: row.result == "refused" for (name, _content), row in zip(cases, rows, strict=True)}
    assert is_refused == {name: "invalid" in name.lower() for name, _content in cases}
    assert all(row.notes[0][1]["field"] for row in rows if row.result == "refused")


def test_two_files_of_one_person_make_one_person():
    folder = shared("json-resume/resumes")
    files = [(path.name, path.read_bytes()) for path in sorted(folder.glob("*.json"))]

    table = resumes(files)

    jane = Candidate.objects.get(family_name="Developer", given_name="Jane")
    assert sorted(results(table)) == ["joined", "new", "new", "new", "new"]
    assert (jane.employer, jane.title) == ("TechCorp Inc", "Senior Software Engineer")
    assert {"React", "Kubernetes"} <= {str(evidence) for evidence in jane.skill_evidence.all()}
    assert jane.skill_evidence.get(skill__key="english").level == 6
    assert Document.objects.filter(candidate=jane).count() == 2
