from __future__ import annotations

import pytest
from django.urls import reverse

from recruiting.jobs import selectors, services
from recruiting.jobs.models import Job, Seat
from tests.builders import MONDAY, a_manager, a_recruiter, an_interviewer
from tests.builders_jobs import a_draft, a_family, a_level, a_pipeline, an_open_job

pytestmark = pytest.mark.django_db

SETUP = ("terms", "requirements", "team", "pipeline", "openings")
HTMX = {"HTTP_HX_REQUEST": "true"}


def page(name: str, *args) -> str:
    return reverse(f"jobs:{name}", args=args)


def a_form(recruiter, **more) -> dict:
    return {
        "title": "Platform engineer",
        "family": a_family().pk,
        "level": a_level().pk,
        "recruiter": recruiter.pk,
        "places": "Tokyo、 Osaka, Tokyo",
        "remote": "hybrid",
        "form": "full_time",
        "band_min": "8000000",
        "band_max": "11500000",
        "currency": "jpy",
        "period": "year",
        "pipeline": a_pipeline("engineering").pk,
        "openings": 2,
        "must_haves": "golang 3, AWS, English B2, Go, Node.js",
        **more,
    }


def test_a_recruiter_drafts_a_job_on_one_form(client, recruiter):
    client.force_login(recruiter)
    boss = a_manager()

    answer = client.post(page("create"), a_form(recruiter, hiring_manager=boss.pk))

    job = Job.objects.get()
    assert answer.url == page("overview", job.pk)
    assert (job.state, job.places, job.currency, job.decider) == ("draft", ["Tokyo", "Osaka"], "JPY", boss)
    assert job.openings.count() == 2
    asked = {row.skill.key: row.level for row in selectors.requirements_of(job)}
    assert asked == {"go": 3, "aws": None, "english": 4, "nodejs": None}


def test_a_form_that_cannot_be_read_keeps_what_was_typed(client, recruiter):
    client.force_login(recruiter)

    answer = client.post(page("create"), a_form(recruiter, band_min="12000000", title="Kept title"))

    assert answer.status_code == 422
    assert b"Kept title" in answer.content
    assert not Job.objects.exists()


@pytest.mark.parametrize("name", SETUP)
def test_the_set_up_is_for_whoever_may_change_a_job(client, name):
    boss = a_manager()
    job = an_open_job(decider=boss)
    client.force_login(boss)

    assert client.get(page(name, job.pk)).status_code == (200 if name == "openings" else 403)


def test_a_job_one_holds_no_seat_on_does_not_exist_for_a_manager(client):
    job = an_open_job()
    client.force_login(a_manager())

    assert client.get(page("overview", job.pk)).status_code == 404
    assert client.get(page("openings", job.pk)).status_code == 404


def test_an_interviewer_never_sees_the_band(client, recruiter):
    job = an_open_job(band_min=8_000_000, band_max=11_500_000)
    interviewer = an_interviewer()
    services.seat_user(job=job, user=interviewer, seat=Seat.INTERVIEWER, by=None, at=MONDAY)
    client.force_login(recruiter)
    assert "¥8.0–11.5M" in client.get(page("overview", job.pk)).content.decode()

    client.force_login(interviewer)

    assert "11.5M" not in client.get(page("overview", job.pk)).content.decode()


def test_the_approver_opens_the_job_and_the_recruiter_cannot(client, recruiter, approver):
    job = a_draft(recruiter=recruiter)
    services.seat_user(job=job, user=approver, seat=Seat.APPROVER, by=None, at=MONDAY)
    client.force_login(recruiter)
    assert client.post(page("ask_approval", job.pk)).status_code == 302
    assert client.post(page("approve", job.pk)).status_code == 403
    client.force_login(approver)
    assert b"Approve and open" in client.get(page("overview", job.pk)).content

    client.post(page("approve", job.pk))

    assert Job.objects.get().state == "open"


def test_a_requirement_is_asked_in_place_and_a_wrong_level_is_said(client, recruiter):
    job = an_open_job()
    client.force_login(recruiter)
    add = page("add_requirement", job.pk)

    answer = client.post(add, {"term": "日本語", "level": "N2", "is_must": "must"}, **HTMX)
    wrong = client.post(add, {"term": "Python", "level": "N2", "is_must": "must"}, **HTMX)
    twice = client.post(add, {"term": "Japanese", "is_must": "must"}, **HTMX)

    assert answer.status_code == 200
    assert answer.content.strip().startswith(b"<section")
    assert (wrong.status_code, twice.status_code) == (422, 409)
    assert b"no level of this skill" in wrong.content
    assert [(row.skill.key, row.level) for row in selectors.requirements_of(job)] == [("japanese", 4)]


def test_every_part_of_the_set_up_works_without_javascript(client, recruiter):
    job = an_open_job(asks=("Python",))
    client.force_login(recruiter)
    python, step = selectors.requirements_of(job).get(), selectors.current_steps(job)[3]
    colleague = a_recruiter()

    for name, args, form in (
        ("change_requirement", (python.pk,), {"level": "4", "is_must": "1"}),
        ("seat", (), {"seat": "sourcer", "user": colleague.pk}),
        ("add_step", (), {"stage": "interview", "name_en": "Lunch", "name_ja": "ランチ", "limit_days": "5"}),
        ("change_step", (step.pk,), {"name_en": "Coffee", "name_ja": step.name_ja, "limit_days": "4"}),
        ("place_step", (step.pk,), {"to": "earlier"}),
        ("ask_opening", (), {}),
        ("save_terms", (), a_form(recruiter, title="Renamed")),
    ):
        answer = client.post(page(name, job.pk, *args), form)
        assert answer.status_code == 302, (name, answer.content.decode())

    job = Job.objects.get(pk=job.pk)
    assert job.title == "Renamed"
    assert selectors.requirements_of(job).get().level == 4
    names = [(step.name_en, step.limit_days) for step in selectors.current_steps(job)]
    assert names[2:4] == [("Coffee", 4), ("Document screening", 3)]
    assert ("Lunch", 5) in names
    assert job.seats.filter(user=colleague, seat="sourcer").exists()
    assert job.openings.filter(state="asked").count() == 1


@pytest.mark.parametrize("name", ["overview", *SETUP])
def test_the_pages_of_a_job_cost_the_same_for_much_as_for_little(
    client, recruiter, name, django_assert_max_num_queries
):
    job = an_open_job(asks=("Python", "Go", "AWS", "SQL", "Docker"), openings=4)
    for _number in range(4):
        services.seat_user(job=job, user=a_manager(), seat=Seat.HIRING_MANAGER, by=None, at=MONDAY)
    client.force_login(recruiter)

    with django_assert_max_num_queries(11):
        assert client.get(page(name, job.pk)).status_code == 200
