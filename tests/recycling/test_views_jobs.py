from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from funnel.jobs import hold_job
from recruiting.core.days import day_of, plus_days
from recruiting.jobs import services
from recruiting.jobs.models import Job
from recycling.models import Exit
from tests.builders import a_manager
from tests.builders_funnel import an_application, fresh
from tests.builders_jobs import an_open_job

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}


def url(name: str, job: Job) -> str:
    return reverse(f"recycling:{name}", args=[job.pk])


def test_closing_shows_who_leaves_under_which_reason_and_then_lets_them_rest(client, recruiter):
    job = an_open_job()
    application = an_application(job=job, through="interview")
    client.force_login(recruiter)

    asked = client.get(url("ask_close_job", job), {"as": "filled"}, **HTMX).content.decode()
    done = client.post(url("close_job", job), {"as": "filled"}, **HTMX)

    assert "1 person" in asked
    assert "Position filled" in asked
    assert application.candidate.name in asked
    assert done.headers["HX-Redirect"] == reverse("jobs:overview", args=[job.pk])
    assert Exit.objects.get(application=application).reason.key == "capacity.filled"
    assert client.post(url("close_job", job), {"as": "cancelled"}, **HTMX).status_code == 409


def test_re_opening_shows_who_goes_on_and_who_keeps_resting(client, recruiter):
    job = an_open_job()
    application = an_application(job=job)
    client.force_login(recruiter)
    client.post(url("close_job", job), {"as": "cancelled"})

    asked = client.get(url("ask_reopen_job", job), **HTMX).content.decode()
    client.post(url("reopen_job", job))

    assert "Goes on where they stood" in asked
    assert fresh(application).outcome == "active"
    assert client.get(url("ask_reopen_job", job)).status_code == 302


def test_re_opening_a_full_job_is_offered_to_an_approver_only(client, recruiter, lead):
    job = an_open_job()
    services.fill_opening(job=job, by=lead, at=timezone.now())
    client.force_login(recruiter)
    client.post(url("close_job", job), {"as": "filled"})

    assert b"an approver has to" in client.get(url("ask_reopen_job", job), **HTMX).content
    assert client.post(url("reopen_job", job), **HTMX).status_code == 409
    client.force_login(lead)
    client.post(url("reopen_job", job), **HTMX)
    assert Job.objects.get().state == "open"


def test_jobs_held_too_long_are_let_rest_from_the_desk_and_only_ones_own(client, recruiter):
    since = timezone.now() - timedelta(days=settings.JOB_ON_HOLD_ASK_DAYS + 1)
    mine, other = an_open_job(recruiter=recruiter, at=since), an_open_job(at=since)
    for job in (mine, other):
        an_application(job=job, at=since)
        hold_job(job=job, reason="Budget", until=plus_days(day_of(since), 80), by=recruiter, at=since)
    client.force_login(recruiter)

    client.post(reverse("recycling:rest_long_held_jobs"), {"job": [mine.pk, other.pk, "x"]})

    assert set(Exit.objects.values_list("job", "reason__key")) == {(mine.pk, "capacity.on_hold")}


def test_a_manager_does_not_close_a_job(client):
    boss = a_manager()
    job = an_open_job(decider=boss)
    client.force_login(boss)

    assert client.post(url("close_job", job), {"as": "filled"}).status_code == 403
    assert client.post(url("reopen_job", job)).status_code == 403
