"""Each role's own desk: what waits, what is late, and what it costs to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel import services
from recruiting.core.days import day_of
from recruiting.home import recruiters
from tests.builders_funnel import an_application
from tests.builders_jobs import a_draft, an_open_job
from tests.builders_recycling import an_exit

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


def lines(page):
    waiting = page.context["waiting"]
    return [(part, line.said) for part in ("late", "today", "week") for line in getattr(waiting, part)]


def test_who_left_and_was_not_told_stays_on_the_desk_of_whoever_let_them_go(client, recruiter, now):
    exit = an_exit("terms.pay", by=recruiter, at=now)
    an_exit("terms.pay", at=now)
    client.force_login(recruiter)

    page = client.get(reverse("home:desk"))

    assert lines(page) == [("today", f"Left {exit.job} and has not been told")]


def test_a_next_action_is_late_the_day_after_it_was_due(client, recruiter, now):
    application = an_application(by=recruiter, at=now - timedelta(days=2))
    services.set_application_next_action(
        application=application, action="Call back", on=day_of(now) - timedelta(days=1), by=recruiter, at=now
    )
    client.force_login(recruiter)

    assert lines(client.get(reverse("home:desk"))) == [("late", f"Call back · {application.job}")]


def test_a_hold_comes_up_before_it_ends(client, recruiter, now):
    application = an_application(by=recruiter, at=now)
    until = day_of(now) + timedelta(days=3)
    services.hold_application(application=application, until=until, reason="Travels", by=recruiter, at=now)
    client.force_login(recruiter)

    assert lines(client.get(reverse("home:desk"))) == [("week", f"The hold ends: Travels · {application.job}")]


@pytest.mark.parametrize(
    ("through", "days", "is_there"),
    [
        ("screening", 29, False),
        ("screening", 31, True),
        ("interview", 9, False),
        ("interview", 11, True),
    ],
)
def test_a_card_without_movement_is_forgotten_after_thirty_days_or_ten_in_interview(
    recruiter, now, through, days, is_there
):
    an_application(through=through, by=recruiter, at=now - timedelta(days=days, hours=1), days_each=0)

    assert bool(recruiters.forgotten(recruiter, now)) is is_there


def test_a_card_with_something_planned_is_not_forgotten(recruiter, now):
    application = an_application(by=recruiter, at=now - timedelta(days=40))
    services.set_application_next_action(
        application=application, action="Call", on=day_of(now) + timedelta(days=20), by=recruiter, at=now
    )

    assert recruiters.forgotten(recruiter, now) == []


def test_the_last_opening_filled_asks_whether_the_job_is(client, recruiter, now):
    job = an_open_job(recruiter=recruiter, at=now - timedelta(days=20))
    application = an_application(through="hire", job=job, by=recruiter, at=now - timedelta(days=9))
    services.hire_application(application=application, starts_on=day_of(now), by=recruiter, at=now)
    client.force_login(recruiter)

    assert ("today", "The last opening is filled. Is the job?") in lines(client.get(reverse("home:desk")))


def test_nobody_waits_and_the_desk_says_so(client, recruiter):
    client.force_login(recruiter)

    assert "The desk is clear." in client.get(reverse("home:desk")).content.decode()


def test_an_approver_finds_what_waits_for_approval(client, lead, now):
    from recruiting.jobs.services import ask_approval

    job = a_draft(at=now)
    ask_approval(job=job, by=job.recruiter, at=now)
    client.force_login(lead)

    assert ("today", "Waits for your approval") in lines(client.get(reverse("home:desk")))


def test_a_manager_sees_only_the_people_of_their_jobs(client, manager):
    mine = an_application(through="interview", job=an_open_job(decider=manager))
    an_application(through="interview")
    client.force_login(manager)

    page = client.get(reverse("home:desk"))

    assert page.context["people"] == [mine]
    assert [job.pk for job in page.context["jobs"]] == [mine.job_id]


def test_the_navigation_names_the_jobs_one_runs(client, recruiter):
    job = an_open_job(recruiter=recruiter)
    client.force_login(recruiter)

    assert str(job) in client.get(reverse("home:nav")).content.decode()


def test_the_desk_costs_the_same_for_one_line_as_for_many(client, recruiter, now, django_assert_max_num_queries):
    client.force_login(recruiter)
    for _ in range(6):
        an_exit("terms.pay", by=recruiter, at=now)
        an_application(by=recruiter, at=now - timedelta(days=40))

    with django_assert_max_num_queries(30):
        client.get(reverse("home:desk"))
