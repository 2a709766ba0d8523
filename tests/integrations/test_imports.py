"""People come in with what they went through: once, joined only where it is certain, and never usable by accident."""

from __future__ import annotations

from datetime import date

import pytest

from funnel.models import Application
from recruiting.candidates import services as people
from recruiting.candidates.models import Candidate
from recruiting.core.models import OutboxMessage
from recruiting.core.refused import Refused
from recruiting.integrations import services
from recruiting.integrations.models import Import, ImportKey, ImportRow, ImportState, ReasonMapping, SavedMapping
from recruiting.integrations.reading.mapping import Mapping
from recruiting.integrations.services import batches
from recruiting.integrations.tasks import work_on_imports
from recruiting.jobs.models import Job
from recycling.models import Exit, PoolEntry
from tests.builders import MONDAY
from tests.builders_candidates import a_candidate
from tests.builders_integrations import a_table, based, brought_in, checked, mapped, results, said

pytestmark = pytest.mark.django_db

TWO = "id,name,email,city\n1,Aya Mori,aya@example.test,Tokyo\n2,Ken Sato,ken@example.test,Osaka\n"


def test_a_row_becomes_a_person_with_their_address_source_basis_and_extra_fields():
    brought_in("id,氏名,メール,電話,求人媒体,スコア\n7,山田 太郎,taro@example.jp,090-1234-5678,Indeed,88\n")

    person = Candidate.objects.get()
    assert (person.family_name, person.given_name, person.name_lang, person.language) == ("山田", "太郎", "ja", "ja")
    assert set(person.contact_points.values_list("kind", "normal")) == {
        ("email", "taro@example.jp"),
        ("phone", "+819012345678"),
    }
    assert person.extra == {"求人媒体": "Indeed", "スコア": "88"}
    assert (person.external_source, person.external_id) == ("elsewhere", "7")
    assert person.use_until == date(2027, 10, 1)
    assert person.sources.get().is_origin


def test_the_same_file_twice_brings_nobody_twice_and_changes_nothing():
    brought_in(TWO)
    before = list(Candidate.objects.order_by("pk").values())

    again = brought_in(TWO)

    assert results(again) == ["known", "known"]
    assert list(Candidate.objects.order_by("pk").values()) == before


def test_equal_email_and_a_name_that_agrees_is_the_same_person_and_loses_nothing():
    known = a_candidate(family_name="Mori", given_name="Aya", email="aya@example.test", employer="Here")

    table = brought_in("id,name,email,company\n1,A. Mori,AYA@example.test,There\n")

    assert results(table) == ["joined"]
    assert "equal e-mail address" in said(table, 1)
    person = Candidate.objects.get()
    assert (person.pk, person.given_name, person.employer) == (known.pk, "Aya", "Here")
    assert set(person.extra.values()) == {"A.", "There"}
    assert results(brought_in("id,name,email,company\n1,A. Mori,AYA@example.test,There\n")) == ["known"]


def test_equal_email_and_another_name_is_a_possible_duplicate_and_a_person_of_their_own():
    a_candidate(family_name="Mori", given_name="Aya", email="family@example.test")

    table = brought_in("id,name,email\n1,Ken Mori,family@example.test\n")

    assert results(table) == ["duplicate"]
    assert "another name" in said(table, 1)
    assert Candidate.objects.count() == 2


def test_two_rows_of_one_person_in_one_file_are_one_person():
    table = brought_in("id,name,email,city\n1,Rob Allen,r@example.test,\n2,Robert Alen,r@example.test,London\n")

    assert results(table) == ["new", "joined"]
    assert Candidate.objects.get().location == "London"


def test_a_number_that_belongs_to_somebody_else_is_not_believed():
    brought_in(TWO)

    table = brought_in("id,name,email\n1,Zoe Quill,zoe@example.test\n")

    assert results(table) == ["refused"]
    assert "Aya Mori" in said(table, 1)
    assert Candidate.objects.count() == 2


def test_without_a_name_a_number_stands_for_it_until_a_name_comes():
    brought_in("cand_id,city\nC1,Tokyo\n")
    assert Candidate.objects.get().name == "C1"

    brought_in("cand_id,name\nC1,Aya Mori\n")

    assert Candidate.objects.get().name == "Aya Mori"


def test_nothing_to_rest_on_is_stored_and_blocked_and_counted():
    table = brought_in(TWO, kind="nothing")

    assert Candidate.objects.filter(use_until=None).count() == 2
    assert not Candidate.objects.usable_on(MONDAY.date()).exists()
    assert table.counts["no_basis"] == 2


def test_a_column_may_say_the_basis_row_by_row():
    text = "id,name,consent,consent date\n1,A B,yes,2026-05-01\n2,C D,no,\n3,E F,perhaps,\n"

    table = brought_in(text, kind="nothing")

    assert [person.use_until for person in Candidate.objects.order_by("pk")] == [date(2027, 5, 1), None, None]
    assert "perhaps" in said(table, 3)


def test_importing_again_does_not_undo_a_withdrawal():
    brought_in(TWO)
    person = Candidate.objects.get(external_id="1")
    people.withdraw_basis(basis=person.bases.get(), by=None, at=MONDAY)

    brought_in(TWO)

    assert Candidate.objects.get(pk=person.pk).use_until is None


def test_somebody_who_was_erased_is_not_brought_back():
    brought_in(TWO)
    Candidate.objects.filter(external_id="1").update(erased_at=MONDAY, family_name="", given_name="")

    assert results(brought_in(TWO)) == ["refused", "known"]


# --- Histories --------------------------------------------------------------------------------------------------------


def visits(application: Application) -> list[tuple[str, str]]:
    return list(application.visits.order_by("pk").values_list("stage", "ended_as"))


def test_the_furthest_stage_alone_becomes_one_undated_visit_per_stage_passed():
    brought_in("id,name,job,stage,status\n1,Aya Mori,Analyst,Onsite,Rejected\n")

    application = Application.objects.get()
    assert visits(application) == [("sourcing", "advanced"), ("screening", "advanced"), ("interview", "exited")]
    assert not application.is_dated
    assert (application.job.title, application.job.state, application.job.is_imported) == ("Analyst", "cancelled", True)
    assert Exit.objects.get().reason.key == "legacy.not_recorded"
    assert PoolEntry.objects.get().state == "resting"


def test_a_history_dated_whole_has_days_in_each_stage():
    text = "id,name,job,applied on,screening date,interview date,rejected on,reason\n"
    text += "1,Aya Mori,Analyst,2025-01-01,2025-01-11,2025-02-10,2025-02-20,年収・待遇\n"

    brought_in(text)

    application = Application.objects.get()
    assert application.is_dated
    assert [visit.days for visit in application.visits.order_by("pk")] == [10, 30, 10]
    exit = Exit.objects.get()
    assert (exit.reason.key, exit.exited_at, exit.told) == ("terms.pay", application.ended_at, "nothing")


def test_whoever_was_hired_works_here_and_rests_nowhere():
    brought_in("id,name,job,status,start date\n1,Aya Mori,Analyst,Hired,2024-04-01\n")

    application = Application.objects.get()
    assert (application.stage, application.outcome) == ("hire", "hired")
    assert visits(application)[-1] == ("hire", "hired")
    assert Candidate.objects.get().employed_on == date(2024, 4, 1)
    assert not PoolEntry.objects.exists()


def test_two_ways_of_one_person_are_two_applications_and_both_come_once():
    text = "id,name,job,status\n1,Aya Mori,Analyst,Rejected\n1,Aya Mori,Engineer,Withdrawn\n"

    brought_in(text)
    table = brought_in(text)

    assert Application.objects.count() == 2
    assert set(Exit.objects.values_list("reason__key", flat=True)) == {"legacy.not_recorded", "interest.withdrew"}
    assert "already" in said(table, 1)


def test_a_reason_nobody_mapped_is_said_kept_and_asked_for():
    table = checked("id,name,job,reason\n1,Aya Mori,Analyst,Wrong star sign\n")

    assert "Wrong star sign" in said(table, 1)
    assert table.values["reason"] == ["Wrong star sign"]


def test_a_reason_somebody_mapped_is_remembered_for_every_file():
    from tests.builders_recycling import a_reason

    services.set_reasons(reasons={"Wrong Star Sign": a_reason("interest.role")}, by=None, at=MONDAY)

    brought_in("id,name,job,reason\n1,Aya Mori,Analyst,wrong star sign\n")

    assert Exit.objects.get().reason.key == "interest.role"


def test_seeding_leaves_alone_what_somebody_said():
    from tests.builders_recycling import a_reason

    services.set_reasons(reasons={"Spam": a_reason("fit.far")}, by=None, at=MONDAY)

    assert services.seed_reason_names() == 0
    assert ReasonMapping.objects.get(normal="spam").reason.key == "fit.far"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("1,A,Analyst,Applied,2025-01-01,2025-02-01,,", "It says “Applied”, but Interview is recorded"),
        ("1,A,Analyst,Rejected,2025-03-01,2025-02-01,,", "do not follow one another"),
        ("1,A,Analyst,In progress,2025-01-01,,,", "still in process"),
        ("1,A,Analyst,Mystery,2025-01-01,,,", "“Mystery” is no stage"),
        ("1,A,Analyst,Hired,2025-01-01,,,Spam", "reason “Spam” is kept"),
        ("1,A,Analyst,Rejected,yesterday,,,", "“yesterday” under “applied on” is not a date"),
    ],
)
def test_what_contradicts_itself_is_said_in_words(row, sentence):
    table = checked(f"id,name,job,status,applied on,interview date,rejected on,reason\n{row}\n")

    assert sentence in said(table, 1)
    assert ImportRow.objects.get(of=table).has_problem


# --- Dry run, batches, stopping --------------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_happen_and_stores_nobody():
    table = checked(
        "id,name,email,job,status\n1,Rob Allen,r@x.test,Analyst,Rejected\n2,Bob Ray,r@x.test,Analyst,Hired\n"
    )

    assert table.state == ImportState.CHECKED
    assert results(table) == ["new", "duplicate"]
    assert "Analyst, as far as Sourcing; left" in said(table, 1)
    assert not Candidate.objects.exists()
    assert not Job.objects.exists()
    assert not ImportKey.objects.exists()


def test_a_dry_run_recognises_rows_of_earlier_batches(monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 1)

    table = checked(
        "id,name,email,job\n1,Rob Allen,r@x.test,A\n2,Robert Allen,r@x.test,A\n1,Rob Allen,,A\n3,Bo Ray,r@x.test,A\n"
    )

    assert results(table) == ["new", "joined", "known", "duplicate"]


def test_a_killed_import_goes_on_where_its_last_batch_ended(monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 2)
    text = "id,name,job,status\n" + "".join(f"{n},P{n} Q,Analyst,Rejected\n" for n in range(1, 8))
    table = services.run_import(table=based(a_table(text)), by=None, at=MONDAY)
    worker = batches.Worker(table)
    assert worker.batch()
    assert worker.batch()

    def killed(*args, **kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(batches, "write_rows", killed)
        with pytest.raises(KeyboardInterrupt):
            worker.batch()
    assert Candidate.objects.count() == 4

    work_on_imports()

    assert Import.objects.get(pk=table.pk).state == ImportState.DONE
    assert Candidate.objects.count() == Application.objects.count() == PoolEntry.objects.count() == 7
    assert ImportRow.objects.filter(of=table).count() == 7
    assert Import.objects.get(pk=table.pk).counts["new"] == 7


def test_a_stopped_import_keeps_what_is_in_and_goes_on_when_asked(monkeypatch):
    monkeypatch.setattr(batches, "BATCH", 1)
    table = services.run_import(table=based(a_table(TWO)), by=None, at=MONDAY)
    batches.Worker(table).batch()

    table = services.stop_import(table=table, by=None, at=MONDAY)

    assert services.work_on(table).row == 1
    assert Candidate.objects.count() == 1
    services.work_on(services.run_import(table=table, by=None, at=MONDAY))
    assert Candidate.objects.count() == 2


def test_what_goes_wrong_stops_the_import_and_is_said(monkeypatch):
    table = services.run_import(table=based(a_table(TWO)), by=None, at=MONDAY)

    def broken(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr(batches, "write_batch", broken)
    work_on_imports()

    table = Import.objects.get(pk=table.pk)
    assert (table.state, table.row) == (ImportState.STOPPED, 0)
    assert "went wrong" in table.failure


def test_the_engine_is_told_once_a_batch_about_those_it_may_say_something_new_of():
    brought_in("id,name,skills\n1,A B,Python\n2,C D,\n")

    message = OutboxMessage.objects.get(topic="people.imported")
    assert message.payload["shown"] == [Candidate.objects.get(external_id="1").pk]
    assert message.payload["touched"] == []


def test_what_was_corrected_is_remembered_for_the_next_file_like_it():
    mapped(a_table("who,note\nAya Mori,x\n", system="Old ATS"), who="full_name", note="-")

    again = a_table("NOTE,who\ny,Ken Sato\n", system="")

    assert Mapping.from_json(again.mapping).columns == {"NOTE": "", "who": "full_name"}
    assert again.system == "Old ATS"
    assert SavedMapping.objects.count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b"PK\x03\x04rest", "workbook"),
        (b"\n\n", "first line should name the columns"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(Refused, match=sentence):
        a_table(content)


def test_a_formula_is_only_text():
    brought_in("id,name,company\n1,\"=cmd|'/c calc'!A0\",@SUM(A1)\n")

    assert Candidate.objects.get().employer == "@SUM(A1)"


def test_nothing_runs_before_the_basis_is_answered():
    with pytest.raises(Refused, match="future use"):
        services.run_import(table=a_table(TWO), by=None, at=MONDAY)


def test_old_files_and_rows_are_forgotten_and_the_counts_stay():
    from datetime import timedelta

    table = brought_in(TWO)
    Import.objects.filter(pk=table.pk).update(finished_at=MONDAY)

    assert services.forget_old_files(at=MONDAY + timedelta(days=89)) == 0
    assert services.forget_old_files(at=MONDAY + timedelta(days=91)) == 1

    table = Import.objects.get(pk=table.pk)
    assert not table.rows.exists()
    assert not table.files.exists()
    assert table.counts["new"] == 2
