from __future__ import annotations

import pytest
from django.urls import reverse

from recruiting.jobs import gates, services
from recruiting.jobs.models import Criterion, Gate, Seat
from tests.builders import MONDAY, a_manager, a_sourcer, an_interviewer
from tests.builders_jobs import a_criterion, a_gate, a_pipeline, an_attribute, an_open_job

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}
CLOCK = {"sender": "recruiter", "receiver": "hiring_manager"}
LINE = {"text_en": "Portfolio", "text_ja": "", "weight": "nice", "evidence": "note", "skill": ""}


def page(name: str, *args) -> str:
    return reverse(f"jobs:{name}", args=args)


def seated(job, user, seat=Seat.INTERVIEWER):
    services.seat_user(job=job, user=user, seat=seat, by=None, at=MONDAY)
    return user


# --- Who may ----------------------------------------------------------------------------------------------------------


def test_the_pipelines_are_the_leads_to_change(client, lead, recruiter):
    pages = [page(name, *args) for name, args in _of_pipelines()]
    client.force_login(recruiter)
    assert [client.get(url).status_code for url in pages] == [403] * 3
    assert page("gates").encode() not in client.get("/", follow=True).content
    for url in (page("change_gate", a_pipeline().pk, "hire"), page("change_criterion", a_criterion().pk)):
        assert client.post(url, LINE).status_code == 403

    client.force_login(lead)

    assert [client.get(url).status_code for url in pages] == [200] * 3


def _of_pipelines():
    key = a_pipeline().pk
    return (("gates", ()), ("pipeline_gates", (key,)), ("pipeline_attributes", (key,)))


@pytest.mark.parametrize("name", ["job_gates", "attributes"])
def test_whoever_decides_or_rates_on_a_job_reads_by_what_and_changes_nothing(client, name):
    boss = a_manager()
    job = an_open_job(decider=boss)
    line = services.ask_more(job=job, to_stage="interview", text_en="Licence", by=None, at=MONDAY)
    mine = services.own_attributes(job=job, by=None, at=MONDAY)[0]

    for reader in (boss, seated(job, an_interviewer()), a_sourcer()):
        client.force_login(reader)
        answer = client.get(page(name, job.pk))
        assert answer.status_code == 200
        main = answer.content.decode().partition("<main")[2].partition("</main")[0]
        assert "<form" not in main.partition('class="page')[2]
        for url in (
            page("tighten", job.pk, "hire"),
            page("ask_more", job.pk, "hire"),
            page("loosen", job.pk, "hire"),
            page("undo_loosen", job.pk, "hire"),
            page("raise_criterion", job.pk, a_criterion().pk),
            page("change_criterion", line.pk),
            page("retire_criterion", line.pk),
            page("inherit_attributes", job.pk),
            page("change_attribute", mine.pk),
            page("retire_attribute", mine.pk),
        ):
            assert client.post(url, {**CLOCK, **LINE}).status_code == 403, url


def test_a_job_one_holds_no_seat_on_has_no_gates_for_a_manager(client):
    job = an_open_job()
    line = services.ask_more(job=job, to_stage="interview", text_en="Licence", by=None, at=MONDAY)
    mine = services.own_attributes(job=job, by=None, at=MONDAY)[0]
    client.force_login(a_manager())

    assert client.get(page("job_gates", job.pk)).status_code == 404
    assert client.get(page("attributes", job.pk)).status_code == 404
    assert client.post(page("change_criterion", line.pk), LINE).status_code == 404
    assert client.post(page("change_attribute", mine.pk), {}).status_code == 404


def test_a_line_the_job_only_makes_heavier_has_no_page_of_its_own(client, lead):
    job, criterion = an_open_job(), a_criterion("note", "nice")
    services.raise_criterion(job=job, criterion=criterion, weight="must", by=None, at=MONDAY)
    client.force_login(lead)

    raised = Criterion.objects.get(raises=criterion)

    assert client.post(page("change_criterion", raised.pk), LINE).status_code == 404
    assert client.get(page("job_gates", job.pk)).content.count(b"stricter on this job") == 1


# --- Changing ---------------------------------------------------------------------------------------------------------


def test_a_pipelines_gate_is_changed_in_place_and_without_javascript(client, lead):
    client.force_login(lead)
    pipeline, line = a_pipeline(), a_criterion()

    for name, args, form in (
        ("change_gate", (pipeline.pk, "interview"), {**CLOCK, "warn_hours": "6", "miss_hours": "10"}),
        ("add_criterion", (pipeline.pk, "interview"), {**LINE, "evidence": "skill:named", "skill": "Go 3"}),
        ("change_criterion", (line.pk,), {**LINE, "text_en": "Pay", "evidence": "scorecard:"}),
        ("place_criterion", (line.pk,), {"to": "earlier"}),
        ("retire_criterion", (line.pk,), {}),
        ("restore_criterion", (line.pk,), {}),
    ):
        answer = client.post(page(name, *args), {**form, "seen": a_gate().version})
        assert answer.status_code == 302, (name, answer.content.decode())
        assert answer.url == f"{page('pipeline_gates', pipeline.pk)}#gate-interview"

    today = gates.gate_of(an_open_job(), "interview")
    assert (today.warn_hours, today.miss_hours, today.version) == (6, 10, "7")
    added = next(asked.criterion for asked in today.criteria if asked.text == "Portfolio")
    assert (added.skill.key, added.level, added.evidence) == ("go", 3, "Go Working")
    assert [asked.criterion.evidence for asked in today.criteria if asked.text == "Pay"] == ["Scorecards: overall yes"]
    assert b'value="Go 3"' in client.get(page("pipeline_gates", pipeline.pk)).content


def test_a_refused_line_keeps_what_was_typed_and_says_why(client, lead):
    client.force_login(lead)
    add = page("add_criterion", a_pipeline().pk, "interview")

    unknown = client.post(add, {**LINE, "evidence": "skill:named", "skill": "Weaving 9"}, **HTMX)
    twice = client.post(add, {**LINE, "text_en": "CV attached"}, **HTMX)
    empty = client.post(add, {**LINE, "text_en": ""})

    assert (unknown.status_code, twice.status_code, empty.status_code) == (422, 409, 422)
    assert b"Weaving 9" in unknown.content
    assert b"Name a skill of the list" in unknown.content
    assert b"already asks" in twice.content
    assert unknown.content.count(b"<section") == 1  # only the border in question comes back
    assert empty.content.count(b'class="panel gate"') == 3


def test_the_second_lead_sees_the_gate_as_it_is_and_who_changed_it(client, lead):
    services.change_gate(gate=a_gate("hire"), changes={"miss_hours": 6}, by=lead, at=MONDAY)
    client.force_login(lead)
    form = {"sender": "recruiter", "receiver": "approver", "warn_hours": "2", "miss_hours": "3", "seen": "1"}

    answer = client.post(page("change_gate", a_pipeline().pk, "hire"), form, **HTMX)

    assert answer.status_code == 409
    assert f"{lead.name} changed this gate".encode() in answer.content
    assert Gate.objects.get(pk=a_gate("hire").pk).receiver == "final_decider"


def test_a_recruiter_makes_a_jobs_border_stricter_and_takes_it_back(client, recruiter):
    job = an_open_job()
    client.force_login(recruiter)

    longer = client.post(page("tighten", job.pk, "interview"), {**CLOCK, "warn_hours": "9", "miss_hours": "20"}, **HTMX)
    client.post(page("tighten", job.pk, "interview"), {**CLOCK, "warn_hours": "4", "miss_hours": "6", "seen": "1"})
    client.post(page("ask_more", job.pk, "interview"), {**LINE, "seen": "1+1"})
    nice = a_criterion("note", "nice")
    client.post(page("raise_criterion", job.pk, nice.pk), {"weight": "must", "seen": "1+2"})

    assert longer.status_code == 409
    assert b"due within at most 12" in longer.content
    today = gates.gate_of(job, "interview")
    assert (today.warn_hours, today.criteria[-1].text, today.version) == (4, "Portfolio", "1+3")
    shown = client.get(page("job_gates", job.pk)).content
    assert [shown.count(word) for word in (b"faster on this job", b"this job alone", b"stricter on this job")] == [
        1
    ] * 3

    back = client.post(page("loosen", job.pk, "interview"), {"seen": "1+3"}, **HTMX)
    assert page("undo_loosen", job.pk, "interview").encode() in back.content
    assert not gates.gate_of(job, "interview").is_tightened
    client.post(page("undo_loosen", job.pk, "interview"))
    assert gates.gate_of(job, "interview").warn_hours == 4


def test_a_border_that_is_none_does_not_exist(client, lead):
    client.force_login(lead)

    assert client.post(page("tighten", an_open_job().pk, "sourcing"), CLOCK).status_code == 404
    assert client.post(page("change_gate", a_pipeline().pk, "nowhere"), CLOCK).status_code == 404


# --- The scorecard ----------------------------------------------------------------------------------------------------


def test_a_job_makes_its_scorecard_its_own_changes_it_and_goes_back(client, recruiter):
    job = an_open_job()
    client.force_login(recruiter)
    assert page("change_attribute", an_attribute().pk).encode() not in client.get(page("attributes", job.pk)).content

    client.post(page("own_attributes", job.pk))
    client.post(page("add_attribute", job.pk), {"name_ja": "文章力", "anchor_4_ja": "人に教える", "needs_note": "on"})
    first = gates.attributes_of(job)[0]
    form = {"name_en": "Craft", "anchor_1_en": "None yet", "seen": first.state}
    client.post(page("change_attribute", first.pk), form)
    stale = client.post(page("change_attribute", first.pk), {**form, "name_en": "Art"}, **HTMX)
    client.post(page("place_attribute", first.pk), {"to": "later"})

    assert stale.status_code == 409
    assert f"{recruiter.name} changed this".encode() in stale.content
    assert b'value="Art"' in stale.content
    assert [str(row) for row in gates.attributes_of(job)][1::4] == ["Craft", "文章力"]
    retired = client.post(page("retire_attribute", first.pk), **HTMX)
    assert page("restore_attribute", first.pk).encode() in retired.content
    assert b"Asked in the pipeline, not here" in retired.content
    client.post(page("take_attribute", job.pk, an_attribute().pk))
    assert "Craft" in {str(row) for row in gates.attributes_of(job)}
    client.post(page("inherit_attributes", job.pk))
    assert all(row.pipeline_id for row in gates.attributes_of(job))
    client.post(page("undo_scorecard", job.pk))
    assert "文章力" in {str(row) for row in gates.attributes_of(job)}


def test_a_lead_changes_what_the_scorecards_of_a_pipeline_ask(client, lead):
    client.force_login(lead)
    key = a_pipeline().pk

    client.post(page("add_pipeline_attribute", key), {"name_en": "Writing"})
    nameless = client.post(page("add_pipeline_attribute", key), {"asks_en": "Kept words"})
    client.post(page("retire_attribute", an_attribute("Writing").pk))

    assert nameless.status_code == 422
    assert b"Kept words" in nameless.content
    assert an_attribute("Writing").is_retired


# --- What the pages cost ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "queries"), [("job_gates", 14), ("attributes", 11)])
def test_the_pages_of_a_job_cost_the_same_for_much_as_for_little(
    client, recruiter, name, queries, django_assert_max_num_queries
):
    job = an_open_job(pipeline="engineering")
    services.own_attributes(job=job, by=None, at=MONDAY)
    for number in range(6):
        services.add_attribute(owner=job, name_en=f"Attribute {number}", by=None, at=MONDAY)
        services.ask_more(job=job, to_stage="hire", text_en=f"Question {number}", by=recruiter, at=MONDAY)
    client.force_login(recruiter)

    with django_assert_max_num_queries(queries):
        assert client.get(page(name, job.pk)).status_code == 200


@pytest.mark.parametrize(("number", "queries"), [(0, 9), (1, 9), (2, 6)])
def test_the_pages_of_pipelines_cost_the_same_for_much_as_for_little(
    client, lead, number, queries, django_assert_max_num_queries
):
    for line in range(6):
        services.add_criterion(gate=a_gate(), text_en=f"Question {line}", by=lead, at=MONDAY)
        services.add_attribute(owner=a_pipeline(), name_en=f"Attribute {line}", by=lead, at=MONDAY)
    client.force_login(lead)
    name, args = _of_pipelines()[number]

    with django_assert_max_num_queries(queries):
        assert client.get(page(name, *args)).status_code == 200
