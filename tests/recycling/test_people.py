"""The people list: who is found, by what, by whom, at which price; and the file that leaves the house."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta

import pytest
from django.urls import reverse

from recruiting.candidates import services
from recruiting.candidates.models import Candidate, NotTheSame
from recruiting.core.models import Event
from recruiting.core.sheets import safe
from recruiting.jobs.services import seat_user
from recycling.leaving import rest_as_met
from recycling.models import PoolEntry
from tests.builders import MONDAY
from tests.builders_candidates import a_candidate, an_agency
from tests.builders_funnel import a_hire, an_application
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_entry

pytestmark = pytest.mark.django_db
LIST = "/people/"


@pytest.fixture(autouse=True)
def _on_monday(time_machine):
    time_machine.move_to(MONDAY, tick=False)


def _names(client, **query) -> list[str]:
    response = client.get(LIST, query)
    assert response.status_code == 200
    return [line.person.family_name for line in response.context["lines"]]


def test_past_the_end_of_use_nobody_is_found_unless_in_process(client, recruiter):
    client.force_login(recruiter)
    a_candidate(family_name="Usable")
    a_candidate(family_name="Never", is_usable=False)
    gone = a_candidate(family_name="Ended", agreed_on=date(2025, 1, 1), until=date(2026, 11, 1))
    busy = a_candidate(family_name="Busy", agreed_on=date(2025, 1, 1), until=date(2026, 11, 1))
    an_application(candidate=busy, by=recruiter)

    assert _names(client) == ["Busy", "Usable"]
    assert _names(client, q=gone.family_name) == []


def test_who_never_had_a_basis_is_found_only_where_one_asks_for_them(client, recruiter, manager):
    a_candidate(family_name="Usable")
    a_candidate(family_name="Unasked", is_usable=False)
    client.force_login(recruiter)
    assert _names(client, basis="missing") == ["Unasked"]

    client.force_login(manager)
    assert _names(client, basis="missing") == []


def test_people_are_narrowed_by_where_they_are(client, recruiter):
    client.force_login(recruiter)
    an_application(candidate=a_candidate(family_name="Process"), by=recruiter, through="interview")
    an_entry(candidate=a_candidate(family_name="Rest"), by=recruiter, at=MONDAY)
    a_hire(candidate=a_candidate(family_name="Hired"), by=recruiter, at=MONDAY - timedelta(days=90))
    a_candidate(family_name="Nobody")

    assert _names(client, state="in_process") == ["Process"]
    assert _names(client, state="resting") == ["Rest"]
    assert _names(client, state="hired") == ["Hired"]
    assert _names(client, state="nowhere") == ["Nobody"]
    assert _names(client, stage="interview") == ["Process"]


def test_a_narrower_skill_is_found_under_the_broader_one_at_the_level_asked(client, recruiter):
    client.force_login(recruiter)
    strong, weak = a_candidate(family_name="Strong"), a_candidate(family_name="Weak")
    for person, level in ((strong, 4), (weak, 2)):
        services.add_evidence(
            candidate=person, term="PostgreSQL", level=level, seen_on=date(2026, 1, 1), by=None, at=MONDAY
        )

    assert _names(client, skill="PostgreSQL") == ["Weak", "Strong"]
    assert _names(client, skill="postgres", level="3") == ["Strong"]
    assert _names(client, skill="SQL", level="3") == ["Strong"]


def test_people_are_narrowed_by_tag_source_owner_block_and_basis(client, recruiter):
    client.force_login(recruiter)
    tagged = a_candidate(family_name="Tagged", owner=recruiter, until=date(2026, 12, 1))
    services.tag(candidate=tagged, name="Meetup", by=recruiter, at=MONDAY)
    services.add_source(candidate=tagged, channel="event", came_on=date(2026, 1, 1), by=recruiter, at=MONDAY)
    services.set_do_not_contact(candidate=tagged, why="Asked", by=recruiter, at=MONDAY)
    a_candidate(family_name="Other")

    for query in (
        {"tag": "meetup"},
        {"channel": "event"},
        {"owner": recruiter.pk},
        {"blocked": "yes"},
        {"basis": "ends_soon"},
    ):
        assert _names(client, **query) == ["Tagged"], query
    assert _names(client, blocked="no") == ["Other"]


def test_a_page_begins_where_the_last_one_ended_and_goes_back(client, recruiter, monkeypatch):
    monkeypatch.setattr("recycling.views.people.PAGE", 2)
    client.force_login(recruiter)
    for number in range(5):
        a_candidate(family_name=f"P{number}")

    first = client.get(LIST)
    second = client.get(LIST + first.context["next_url"])
    third = client.get(LIST + second.context["next_url"])
    back = client.get(LIST + second.context["previous_url"])

    seen = [[line.person.family_name for line in page.context["lines"]] for page in (first, second, third, back)]
    assert seen == [["P4", "P3"], ["P2", "P1"], ["P0"], ["P4", "P3"]]
    assert third.context["next_url"] == ""


def test_a_great_number_is_not_counted_out(client, recruiter, monkeypatch):
    monkeypatch.setattr("recycling.people_list.MANY", 2)
    client.force_login(recruiter)
    for _number in range(3):
        a_candidate()

    assert client.get(LIST).context["said"] == "more than 10,000 people"


@pytest.mark.parametrize("sort", ["", "changed", "contact", "basis", "nonsense"])
def test_every_order_answers(client, recruiter, sort):
    client.force_login(recruiter)
    a_candidate()
    assert client.get(LIST, {"sort": sort, "after": "garbage"}).status_code == 200


def test_the_list_costs_the_same_for_one_person_as_for_five(client, recruiter, django_assert_max_num_queries):
    client.force_login(recruiter)
    for _number in range(5):
        an_application(by=recruiter)
        an_entry(by=recruiter)

    with django_assert_max_num_queries(8):
        client.get(LIST)


def test_a_manager_finds_only_the_people_of_their_jobs(client, manager, recruiter):
    mine, other = an_open_job(), an_open_job()
    seat_user(job=mine, user=manager, seat="hiring_manager", by=recruiter, at=MONDAY)
    an_application(candidate=a_candidate(family_name="Mine"), job=mine, by=recruiter)
    an_application(candidate=a_candidate(family_name="Other"), job=other, by=recruiter)
    client.force_login(manager)

    assert _names(client) == ["Mine"]
    page = client.get(LIST).content.decode()
    assert "Use until" not in page
    assert "Add a person" not in page


def test_a_name_that_is_markup_stays_a_name(client, recruiter):
    client.force_login(recruiter)
    person = a_candidate(family_name="<script>alert(1)</script>", given_name='"><img src=x>')

    for url in (LIST, reverse("recycling:person", args=[person.public_id])):
        page = client.get(url).content.decode()
        assert "<script>alert(1)" not in page
        assert "<img src=x>" not in page


# --- The file --------------------------------------------------------------------------------------------------------


def _rows(client, **query) -> list[dict[str, str]]:
    response = client.get(reverse("recycling:export_people"), query)
    text = b"".join(response.streaming_content).decode("utf-8")
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_file_holds_whom_we_may_use_and_nobody_else(client, recruiter):
    client.force_login(recruiter)
    a_candidate(family_name="山田", given_name="太郎", email="taro@example.jp")
    busy = a_candidate(family_name="Busy", agreed_on=date(2025, 1, 1), until=date(2026, 11, 1))
    an_application(candidate=busy, by=recruiter)

    rows = _rows(client)

    assert [(row["Family name"], row["E-mail"]) for row in rows] == [("山田", "taro@example.jp")]
    assert Event.objects.filter(verb="people.exported", by=recruiter).count() == 1


@pytest.mark.parametrize("text", ["=1+1", "+81", "-2", "@SUM(A1)", "\tx", "＝1"])
def test_no_cell_is_a_formula(text):
    assert safe(text) == f"'{text}"


def test_a_formula_for_a_name_leaves_as_text(client, recruiter):
    client.force_login(recruiter)
    a_candidate(family_name='=HYPERLINK("http://evil.example")')

    assert _rows(client)[0]["Family name"].startswith("'=")


def test_pay_leaves_only_with_who_may_see_it(client, recruiter, sourcer):
    a_candidate(pay_floor=9_000_000)
    client.force_login(sourcer)
    assert "Pay floor" not in _rows(client)[0]

    client.force_login(recruiter)
    assert _rows(client)[0]["Pay floor"] == "9000000.00"


@pytest.mark.parametrize("role", ["manager", "interviewer", "approver"])
def test_nobody_outside_recruiting_takes_people_out_or_adds_them(client, role, request):
    client.force_login(request.getfixturevalue(role))

    assert client.get(reverse("recycling:export_people")).status_code == 403
    assert client.get(reverse("recycling:add_person")).status_code == 403
    assert client.post(reverse("recycling:tag_people")).status_code == 403


# --- Tagging and adding -----------------------------------------------------------------------------------------------


def test_several_people_are_tagged_at_once(client, recruiter):
    client.force_login(recruiter)
    people = [a_candidate(), a_candidate()]

    client.post(reverse("recycling:tag_people"), {"person": [person.pk for person in people], "name": "Meetup"})

    assert Candidate.objects.filter(tags__name="Meetup").count() == 2


def _order(**more) -> dict[str, str]:
    return {
        "family_name": "Kuroda", "given_name": "Mayu", "name_lang": "en", "email": "kuroda@example.jp", "phone": "",
        "channel": "applied", "agency": "", "job": "", "basis": "agreed", "until": "", **more,
    }  # fmt: skip


def test_somebody_without_a_job_rests_in_met(client, recruiter):
    client.force_login(recruiter)

    response = client.post(reverse("recycling:add_person"), _order())

    person = Candidate.objects.get(family_name="Kuroda")
    assert response.url == reverse("recycling:person", args=[person.public_id])
    assert PoolEntry.objects.get(candidate=person).origin == "met"
    assert person.use_until == date(2027, 11, 2)


def test_somebody_for_a_job_begins_in_its_funnel(client, recruiter):
    client.force_login(recruiter)
    job = an_open_job()

    client.post(reverse("recycling:add_person"), _order(job=job.public_id, basis="nothing"))

    person = Candidate.objects.get(family_name="Kuroda")
    assert person.applications.get().job == job
    assert person.use_until is None
    assert not PoolEntry.objects.filter(candidate=person).exists()


def test_an_address_that_is_here_already_is_shown_before_anything_is_kept(client, recruiter):
    client.force_login(recruiter)
    known = a_candidate(email="KURODA@example.jp")

    asked = client.post(reverse("recycling:add_person"), _order())
    assert asked.status_code == 409
    assert reverse("recycling:person", args=[known.public_id]) in asked.content.decode()
    assert not Candidate.objects.filter(family_name="Kuroda").exists()

    client.post(reverse("recycling:add_person"), _order(two_people="1"))
    assert NotTheSame.objects.get().first == known


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "", "phone": ""},
        {"email": "nobody"},
        {"email": "", "phone": "soon"},
        {"channel": "agency"},
        {"family_name": ""},
    ],
)
def test_what_is_missing_is_named_and_what_was_typed_is_kept(client, recruiter, wrong):
    client.force_login(recruiter)
    an_agency()

    response = client.post(reverse("recycling:add_person"), _order(**wrong))

    assert response.status_code == 422
    assert 'value="Mayu"' in response.content.decode()
    assert not Candidate.objects.filter(given_name="Mayu").exists()


def test_who_rests_in_met_is_found_there(client, recruiter):
    client.force_login(recruiter)
    person = a_candidate(family_name="Met")
    rest_as_met(candidate=person, by=recruiter, at=MONDAY)

    assert client.get(LIST, {"state": "resting"}).context["lines"][0].entry.origin == "met"


def test_typing_changes_everything_on_the_page_that_depends_on_the_words(client, recruiter):
    client.force_login(recruiter)
    a_candidate(family_name="Kuroda")

    answer = client.get(LIST, {"q": "kuroda"}, headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in answer
    for changed in ('id="people-list"', 'id="people-chips" hx-swap-oob="true"', "1 person", "export.csv?q=kuroda"):
        assert changed in answer, changed
