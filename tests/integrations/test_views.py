"""The pages of an import: a file, its mapping, what would happen, what did."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from recruiting.candidates.models import Candidate
from recruiting.integrations.models import Import, ImportState
from recruiting.integrations.tasks import work_on_imports
from tests.builders_integrations import a_table, based, brought_in, checked

pytestmark = pytest.mark.django_db
TEXT = "id,name,email,job,status,reason\n1,Aya Mori,aya@x.test,Analyst,Rejected,Bad weather\n2,=Ken,k@,Analyst,Hired,\n"


@pytest.fixture
def desk(client: Client, recruiter: Any) -> Client:
    client.force_login(recruiter)
    return client


def upload(desk: Client, text: str = TEXT, **more: str) -> Any:
    answers = {"source": "csv", "system": "Old", "basis": "agreed", "basis_since": "2026-01-01", "basis_months": "24"}
    file = SimpleUploadedFile("people.csv", text.encode())
    return desk.post(reverse("integrations:start"), {**answers, **more, "file": file})


def answers(desk: Client, table: Import) -> dict[str, str]:
    """What the mapping page's form holds when it is sent as it is."""
    page = desk.get(reverse("integrations:mapping", args=[table.pk]))
    form = page.context["form"]
    return {field.name: "" if field.value() is None else str(field.value()) for field in form}


def test_a_file_goes_from_the_upload_to_the_report(desk):
    there = upload(desk)
    table = Import.objects.get()
    assert there.url == reverse("integrations:mapping", args=[table.pk])

    said = answers(desk, table)
    assert (said["column_1"], said["column_3"], said["word_0"], said["reason_0"]) == ("full_name", "job", "left", "")
    desk.post(reverse("integrations:check", args=[table.pk]), said)
    assert b"import-progress" in desk.get(reverse("integrations:detail", args=[table.pk])).content
    work_on_imports()

    checked = desk.get(reverse("integrations:detail", args=[table.pk]))
    assert "Bring in 2 people" in checked.content.decode()
    assert not Candidate.objects.exists()
    desk.post(reverse("integrations:run", args=[table.pk]))
    work_on_imports()

    page = desk.get(reverse("integrations:detail", args=[table.pk])).content.decode()
    assert "Aya Mori" in page
    assert "Bad weather" in page
    assert reverse("recycling:person", args=[Candidate.objects.get(family_name="Mori").public_id]) in page
    report = b"".join(desk.get(reverse("integrations:report", args=[table.pk])).streaming_content).decode("utf-8-sig")
    assert report.splitlines()[1].startswith("1,New person,Aya Mori,")
    assert "'=Ken" in report


def test_what_was_typed_stays_when_it_cannot_be(desk):
    page = upload(desk, system="Our old one", basis_months="-3")

    assert page.status_code == 422
    assert b"Our old one" in page.content
    assert not Import.objects.exists()


def test_a_mapping_that_names_nobody_is_refused_and_stays(desk):
    upload(desk)
    table = Import.objects.get()
    said = {**answers(desk, table), "column_0": "", "column_1": "", "column_2": "", "system": "Renamed"}

    page = desk.post(reverse("integrations:check", args=[table.pk]), said)

    assert page.status_code == 422
    assert b"does not look like a list of people" in page.content
    assert b"Renamed" in page.content
    assert Import.objects.get().state == ImportState.DRAFT


def test_a_reason_mapped_on_the_page_is_used_and_remembered(desk):
    from tests.builders_recycling import a_reason

    upload(desk)
    table = Import.objects.get()

    said = {**answers(desk, table), "reason_0": str(a_reason("terms.place").pk)}
    desk.post(reverse("integrations:check", args=[table.pk]), said)
    work_on_imports()

    page = desk.get(reverse("integrations:detail", args=[table.pk])).content.decode()
    assert "left: Location or remote" in page


def test_a_basis_without_a_beginning_is_asked_for_again(desk):
    there = upload(desk, basis_since="")

    page = desk.get(there.url).content.decode()
    assert "Say since when" in page
    assert Import.objects.get().basis == {}


def test_the_rows_page_by_key_and_by_what_became_of_them(desk):
    rows = "".join(f"{n},P{n} Q,{'x' if n % 2 else f'p{n}@x.test'}\n" for n in range(1, 121))
    table = checked("id,name,email\n" + rows)
    url = reverse("integrations:detail", args=[table.pk])

    first = desk.get(url)
    second = desk.get(first.context["next_url"])
    problems = desk.get(url, {"show": "problems"})

    assert [line["row"].number for line in second.context["lines"]] == list(range(51, 101))
    assert [line["row"].number for line in problems.context["lines"]] == list(range(1, 100, 2))


def test_the_report_costs_the_same_for_one_row_as_for_fifty(desk, django_assert_max_num_queries):
    table = brought_in("id,name\n" + "".join(f"{n},P{n} Q\n" for n in range(1, 51)))

    with django_assert_max_num_queries(10):
        desk.get(reverse("integrations:detail", args=[table.pk]))


def test_progress_answers_a_bar_and_then_sends_to_the_result(desk):
    from recruiting.integrations import services
    from tests.builders import MONDAY

    table = services.run_import(table=based(a_table(TEXT)), by=None, at=MONDAY)
    url = reverse("integrations:progress", args=[table.pk])
    assert b"<progress" in desk.get(url, headers={"HX-Request": "true"}).content
    work_on_imports()

    assert desk.get(url, headers={"HX-Request": "true"})["HX-Redirect"] == reverse(
        "integrations:detail", args=[table.pk]
    )


def test_people_who_do_not_recruit_have_no_imports(client, manager):
    table = a_table(TEXT)
    client.force_login(manager)

    assert client.get(reverse("integrations:imports")).status_code == 403
    assert client.get(reverse("integrations:report", args=[table.pk])).status_code == 403
    assert client.post(reverse("integrations:run", args=[table.pk])).status_code == 403


def test_stopping_twice_says_so_and_changes_nothing(desk):
    table = brought_in(TEXT)

    page = desk.post(reverse("integrations:stop", args=[table.pk]), follow=True)

    assert "Done already" in page.content.decode()


def test_the_list_shows_a_table_that_nobody_has_run_yet(desk):
    a_table(TEXT)

    answer = desk.get(reverse("integrations:imports"))

    assert answer.status_code == 200
    assert "people.csv" in answer.content.decode()
