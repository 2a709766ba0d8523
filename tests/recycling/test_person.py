"""One person's page: what each reader sees of them, what it costs, and that their files run nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from recruiting.candidates import services
from recruiting.candidates.models import Candidate, Document, EvidenceState, Note
from recruiting.contact.models import Touch
from recruiting.core.models import Event
from recruiting.jobs.services import add_requirement, seat_user
from recruiting.skills.selectors import resolve_term
from recycling.models import PoolEntry
from recycling.timeline import SENTENCES, Names, line_of
from tests.builders import MONDAY
from tests.builders_candidates import a_candidate, a_document
from tests.builders_funnel import a_hire, an_application
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_entry, an_exit

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=30)


@pytest.fixture(autouse=True)
def _a_month_later(time_machine):
    time_machine.move_to(LATER, tick=False)


def _url(person: Candidate) -> str:
    return reverse("recycling:person", args=[person.public_id])


def _seen(client, person: Candidate) -> str:
    response = client.get(_url(person))
    assert response.status_code == 200
    return response.content.decode()


def _lived(recruiter) -> Candidate:
    """Somebody with a first cycle that ended for a skill, and a second that they are on."""
    person = a_candidate(family_name="Kuroda", given_name="Mayu")
    job = an_open_job("Backend, Core")
    first = an_application(candidate=person, job=job, through="interview", by=recruiter)
    an_exit("interest.withdrew", application=first, at=MONDAY + timedelta(days=10), by=recruiter)
    second = an_open_job("Backend, Payments")
    add_requirement(job=second, term="Go", level=4, by=recruiter, at=MONDAY)
    an_application(candidate=person, job=second, by=recruiter, at=MONDAY + timedelta(days=20), previous=first)
    services.add_evidence(candidate=person, term="Go", level=3, seen_on=date(2026, 11, 3), by=recruiter, at=MONDAY)
    return person


def test_the_page_tells_the_whole_course(client, recruiter):
    client.force_login(recruiter)

    page = _seen(client, _lived(recruiter))

    for words in (
        "Backend, Core",
        "Withdrew",
        "Cycle 2",
        "in Interest",
        "against Backend, Payments",
        "Left at Interview",
    ):
        assert words in page, words


def test_the_overview_costs_the_same_for_a_long_life_as_for_a_short_one(
    client, recruiter, django_assert_max_num_queries
):
    client.force_login(recruiter)
    person = _lived(recruiter)
    for number in range(6):
        services.add_note(candidate=person, text=f"Note {number}", by=recruiter, at=MONDAY)
        services.add_evidence(
            candidate=person, term=f"Word {number}", seen_on=date(2026, 1, 1), by=recruiter, at=MONDAY
        )

    with django_assert_max_num_queries(11):  # with the gate their card stands at
        client.get(_url(person))


def test_what_stands_between_names_reasons_blocks_and_doubles(client, recruiter):
    client.force_login(recruiter)
    entry = an_entry("timing.notice", candidate=a_candidate(email="same@example.jp"), by=recruiter)
    twin = a_candidate(family_name="Twin", email="same@example.jp")
    services.set_do_not_contact(candidate=entry.candidate, why="Asked", by=recruiter, at=MONDAY)

    page = client.get(reverse("recycling:standing", args=[entry.candidate.public_id])).content.decode()

    assert "Notice period or vesting" in page
    assert "Wants no contact" in page
    assert _url(twin) in page


def test_a_manager_sees_of_other_cycles_only_that_there_was_one(client, recruiter, manager):
    person = _lived(recruiter)
    payments = person.applications.get(job__title="Backend, Payments").job
    seat_user(job=payments, user=manager, seat="hiring_manager", by=recruiter, at=MONDAY)
    services.refute_skill(
        candidate=person, skill=resolve_term("Kubernetes"), level=3, by=recruiter, at=MONDAY, note="Failed badly"
    )
    services.add_note(candidate=person, text="Between us", by=recruiter, at=MONDAY)
    client.force_login(manager)

    page = _seen(client, person)

    assert "Another job" in page
    for secret in ("Backend, Core", "Withdrew", "Interest", "Between us", "Failed badly", "Consent and history"):
        assert secret not in page, secret


def test_a_stranger_to_the_job_finds_nobody(client, recruiter, manager):
    person = _lived(recruiter)
    document = a_document(person)
    client.force_login(manager)

    for url in (
        _url(person),
        reverse("recycling:older", args=[person.public_id]),
        reverse("recycling:document", args=[document.pk]),
    ):
        assert client.get(url).status_code == 404
    assert client.get(reverse("recycling:standing", args=[person.public_id])).status_code == 403


def test_pay_is_for_those_who_may_see_it(client, recruiter, sourcer):
    person = a_candidate(pay_floor=9_000_000, pay_said_on=date(2026, 10, 1))
    client.force_login(sourcer)
    assert "¥9.0M" not in _seen(client, person)

    client.force_login(recruiter)
    assert "¥9.0M" in _seen(client, person)


def test_older_events_follow_from_where_the_reader_stopped(client, recruiter):
    client.force_login(recruiter)
    person = a_candidate()
    for number in range(20):
        services.tag(candidate=person, name=f"List {number}", by=recruiter, at=MONDAY + timedelta(minutes=number))

    first = client.get(_url(person)).context["happened"]
    rest = client.get(reverse("recycling:older", args=[person.public_id]), {"after": first.older}).context["happened"]

    said = [line.said for line in (*first.lines, *rest.lines)]
    assert len(said) == len(set(said)) > 20


@pytest.mark.parametrize("verb", SENTENCES)
def test_every_event_has_its_sentence(verb):
    event = Event(
        verb=verb, at=MONDAY, data={"stage": "interview", "name": "cv.pdf", "tag": "Meetup", "kind": "mail"}, why="x"
    )

    line = line_of(event, Names({}, {}))

    assert line.said
    assert "%(" not in line.said


# --- Files -----------------------------------------------------------------------------------------------------------


def _open(client, document: Document):
    return client.get(reverse("recycling:document", args=[document.pk]))


def test_a_file_opens_sealed(client, recruiter):
    client.force_login(recruiter)
    person = a_candidate()

    text = _open(client, a_document(person, name="職務 経歴.txt", content=b"<script>alert(1)</script>"))
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert text["Content-Disposition"].startswith("inline; filename*=utf-8''")
    assert "sandbox" in text["Content-Security-Policy"]
    assert text["X-Content-Type-Options"] == "nosniff"

    pdf = _open(client, a_document(person))
    assert (pdf["Content-Type"], pdf["Content-Disposition"]) == ("application/pdf", 'inline; filename="cv.pdf"')
    assert "default-src 'none'" in pdf["Content-Security-Policy"]


def test_what_a_browser_cannot_show_is_handed_over(client, recruiter):
    client.force_login(recruiter)
    ole = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 64 + "WordDocument".encode("utf-16-le")

    response = _open(client, a_document(a_candidate(), name="cv.doc", content=ole))

    assert response["Content-Disposition"].startswith("attachment")


def test_a_document_taken_away_opens_for_nobody_and_comes_back(client, recruiter):
    client.force_login(recruiter)
    document = a_document(a_candidate())
    do = [document.candidate.public_id, "remove-document", document.pk]

    client.post(reverse("candidates:verb", args=do))
    assert _open(client, document).status_code == 404

    client.post(reverse("candidates:verb", args=[do[0], "restore-document", document.pk]))
    assert _open(client, document).status_code == 200


# --- Writing ---------------------------------------------------------------------------------------------------------


def _write(client, person: Candidate, section: str, **fields):
    return client.post(reverse("candidates:section", args=[person.public_id, section]), fields)


@pytest.mark.parametrize(
    ("section", "fields"),
    [
        ("note", {"text": "Prefers mail"}),
        ("next", {"text": "Call", "on": "2026-12-10"}),
        ("tag", {"name": "Meetup"}),
        ("contact", {"kind": "phone", "value": "090-1234-5678", "state": "usable"}),
        ("skill", {"term": "Go", "level": "4", "source": "interview", "seen_on": "2026-11-20", "is_confirmed": "on"}),
        ("basis", {"purpose": "mailings", "kind": "agreed", "given_on": "2026-11-20"}),
        ("keep", {"keep_until": "2030-01-01"}),
        ("source", {"channel": "event", "came_on": "2026-11-20"}),
        (
            "expectations",
            {"pay_floor": "9000000", "pay_currency": "JPY", "pay_period": "year", "pay_said_on": "2026-11-20"},
        ),
        ("do-not-contact", {"why": "Asked by phone"}),
    ],
)
def test_every_section_shows_its_form_and_writes(client, recruiter, section, fields):
    client.force_login(recruiter)
    person = a_candidate()
    before = Event.objects.filter(person=person.pk).count()
    assert client.get(reverse("candidates:section", args=[person.public_id, section])).status_code == 200

    assert _write(client, person, section, **fields).status_code == 302

    assert Event.objects.filter(person=person.pk).count() > before


def test_details_are_changed_and_found_by_their_new_words(client, recruiter):
    client.force_login(recruiter)
    person = a_candidate()

    _write(
        client, person, "person", family_name="山田", given_name="太郎", name_lang="ja", language="ja", country="JP",
        links="github.com/taro",
    )  # fmt: skip

    changed = Candidate.objects.get(pk=person.pk)
    assert (changed.name, changed.links) == ("山田 太郎", ["https://github.com/taro"])
    assert "山田太郎" in changed.search_text


@pytest.mark.parametrize(
    ("section", "fields"),
    [
        ("person", {"family_name": "X", "name_lang": "en", "language": "en", "links": "javascript:alert(1)"}),
        ("skill", {"term": "Go", "level": "9", "source": "self", "seen_on": "2026-11-20"}),
        ("contact", {"kind": "email", "value": "nobody", "state": "usable"}),
        ("note", {"text": " "}),
        ("expectations", {"pay_floor": "9000000", "pay_currency": "JPY", "pay_period": "year"}),
        ("source", {"channel": "agency", "came_on": "2026-11-20"}),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(client, recruiter, section, fields):
    client.force_login(recruiter)

    assert _write(client, a_candidate(), section, **fields).status_code == 422


def test_a_dialog_answers_a_fragment(client, recruiter):
    client.force_login(recruiter)
    url = reverse("candidates:section", args=[a_candidate().public_id, "note"])

    assert "<html" not in client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert client.post(url, {"text": "Hi"}, headers={"HX-Request": "true"})["HX-Redirect"]


def test_who_may_not_write_is_refused(client, manager, sourcer):
    person = a_candidate()
    client.force_login(sourcer)
    assert _write(client, person, "do-not-hire", why="x", review_on="2027-01-01").status_code == 403
    assert client.get(reverse("candidates:section", args=[person.public_id, "nonsense"])).status_code == 404

    client.force_login(manager)
    assert _write(client, person, "note", text="x").status_code == 404


def test_a_verb_touches_only_rows_of_this_person(client, recruiter):
    client.force_login(recruiter)
    other = services.add_note(candidate=a_candidate(), text="Theirs", by=recruiter, at=MONDAY)

    response = client.post(reverse("candidates:verb", args=[a_candidate().public_id, "remove-note", other.pk]))

    assert response.status_code == 404
    assert Note.objects.get().removed_at is None


def test_vouching_confirms_what_they_said(client, recruiter):
    client.force_login(recruiter)
    person = a_candidate()
    said = services.add_evidence(candidate=person, term="Go", level=3, seen_on=date(2026, 11, 1), by=None, at=MONDAY)

    client.post(reverse("candidates:verb", args=[person.public_id, "confirm-skill", said.pk]))

    assert person.skill_evidence.get().state == EvidenceState.CONFIRMED


def test_contact_is_logged_and_counts(client, recruiter):
    client.force_login(recruiter)
    person = a_candidate()

    client.post(
        reverse("recycling:touch", args=[person.public_id]), {"kind": "call", "is_approach": "on", "subject": "Hello"}
    )

    assert Touch.objects.get().is_approach
    assert Candidate.objects.get(pk=person.pk).touchable_on == date(2027, 3, 2)


def test_whoever_leaves_us_and_is_welcome_rests_as_an_alumnus(client, recruiter):
    client.force_login(recruiter)
    hired = a_hire(by=recruiter, at=MONDAY - timedelta(days=400)).candidate

    response = client.post(
        reverse("recycling:departure", args=[hired.public_id]), {"departed_on": "2026-11-30", "is_welcome": "on"}
    )

    assert response.status_code == 302
    assert PoolEntry.objects.get(candidate=hired).origin == "departure"
    assert (
        client.post(reverse("recycling:departure", args=[hired.public_id]), {"departed_on": "2026-11-30"}).status_code
        == 409
    )
