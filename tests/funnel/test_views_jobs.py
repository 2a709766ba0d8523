from __future__ import annotations

import pytest
from django.urls import reverse

from recruiting.core.days import plus_days, today
from recruiting.jobs import services
from recruiting.jobs.models import Job, Seat
from tests.builders import MONDAY, a_manager, a_recruiter
from tests.builders_funnel import an_application
from tests.builders_jobs import a_draft, an_open_job

pytestmark = pytest.mark.django_db

LIST = reverse("funnel:jobs")
HTMX = {"HTTP_HX_REQUEST": "true"}


def titles(client, **asked) -> list[str]:
    return [row[0].title for row in client.get(LIST, asked).context["rows"]]


def test_the_list_counts_who_stands_in_each_stage(client, recruiter):
    job = an_open_job()
    for through in ("sourcing", "sourcing", "interview"):
        an_application(job=job, through=through)
    client.force_login(recruiter)

    assert client.get(LIST).context["rows"][0][1] == {"all": 3, "sourcing": 2, "interview": 1}


def test_the_list_is_narrowed_by_words_state_family_recruiter_mine_and_what_waits_for_me(client, recruiter, lead):
    mine = a_draft("Platform engineer", recruiter=recruiter)
    an_open_job("Data engineer", family="data", department="Insight")
    services.ask_approval(job=mine, by=recruiter, at=MONDAY)
    client.force_login(recruiter)

    assert titles(client, q="insight engineer") == ["Data engineer"]
    assert titles(client, state="draft") == titles(client, mine="true") == ["Platform engineer"]
    assert titles(client, recruiter=recruiter.pk) == ["Platform engineer"]
    assert titles(client, asked="true") == []
    assert titles(client, sort="title") == ["Data engineer", "Platform engineer"]
    client.force_login(lead)
    assert titles(client, asked="true") == ["Platform engineer"]


def test_a_manager_lists_only_the_jobs_they_sit_on(client):
    boss = a_manager()
    an_open_job("Mine", decider=boss)
    an_open_job("Not mine")
    client.force_login(boss)

    assert titles(client) == ["Mine"]


def test_pages_follow_each_other_without_a_gap_or_a_double(client, recruiter, monkeypatch):
    monkeypatch.setattr("funnel.job_list.PAGE", 2)
    for number in range(5):
        a_draft(f"Job {number}", recruiter=recruiter)
    client.force_login(recruiter)

    seen, url = [], f"{LIST}?sort=title"
    while url:
        context = client.get(url).context
        seen.append([row[0].title for row in context["rows"]])
        url = context["next_url"]
    assert seen == [["Job 0", "Job 1"], ["Job 2", "Job 3"], ["Job 4"]]
    back = client.get(context["previous_url"]).context
    assert [row[0].title for row in back["rows"]] == ["Job 2", "Job 3"]
    assert [row[0].title for row in client.get(back["previous_url"]).context["rows"]] == ["Job 0", "Job 1"]
    assert client.get(LIST, {"after": "nonsense"}).status_code == 200


def test_the_list_costs_the_same_for_one_job_as_for_ten(client, recruiter, django_assert_max_num_queries):
    for _number in range(10):
        an_application(job=an_open_job())
    client.force_login(recruiter)

    with django_assert_max_num_queries(9):
        client.get(LIST)


def test_a_job_is_held_from_its_dialog_and_resumed_from_its_page(client, recruiter):
    job = an_open_job()
    an_application(job=job)
    client.force_login(recruiter)
    hold = reverse("funnel:hold_job", args=[job.pk])
    assert b"1 person" in client.get(reverse("funnel:ask_hold_job", args=[job.pk]), **HTMX).content

    too_long = client.post(hold, {"reason": "Budget", "until": plus_days(today(), 200)}, **HTMX)
    held = client.post(hold, {"reason": "Budget", "until": plus_days(today(), 30)}, **HTMX)
    again = client.post(hold, {"reason": "Budget", "until": plus_days(today(), 30)}, **HTMX)

    assert (too_long.status_code, held.status_code, again.status_code) == (422, 200, 409)
    assert held.headers["HX-Redirect"] == reverse("jobs:overview", args=[job.pk])
    client.post(reverse("funnel:resume_job", args=[job.pk]))
    assert Job.objects.get(pk=job.pk).state == "open"


def test_a_column_in_use_is_not_retired_and_the_page_says_who_stands_there(client, recruiter):
    job = an_open_job()
    application = an_application(job=job)
    client.force_login(recruiter)

    answer = client.post(reverse("funnel:retire_step", args=[job.pk, application.step_id]), **HTMX)

    assert answer.status_code == 409
    assert b"1 person stands in" in answer.content


def test_only_whoever_may_change_a_job_holds_it(client):
    boss = a_manager()
    job = an_open_job(decider=boss)
    services.seat_user(job=job, user=boss, seat=Seat.APPROVER, by=None, at=MONDAY)
    client.force_login(boss)

    assert client.post(reverse("funnel:hold_job", args=[job.pk]), {}).status_code == 403
    assert client.get(reverse("funnel:hold_job", args=[job.pk])).status_code in (403, 405)
    client.force_login(a_recruiter())
    assert client.get(reverse("funnel:hold_job", args=[job.pk])).status_code == 405
