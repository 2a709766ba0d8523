"""Each role's own desk: what waits, what is late, and what it costs to ask."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel import services
from recruiting.core.days import day_of
from recruiting.home import handoffs, recruiters
from recruiting.home.lines import Line, sorted_out
from recruiting.jobs.models import Seat
from recruiting.jobs.services import seat_user
from tests.builders import a_team
from tests.builders_funnel import an_application
from tests.builders_handoffs import a_job_with_sides, a_returned_handoff, an_offered_handoff
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


def test_many_forgotten_cards_bury_nothing_else(client, recruiter, now):
    for day in range(5):
        an_application(by=recruiter, at=now - timedelta(days=40 + day))
    client.force_login(recruiter)

    lines = recruiters.forgotten(recruiter, now)

    assert [line.who for line in lines] == ["", "", "", "2 more cards"]
    assert "2 more cards" in client.get(reverse("home:desk")).content.decode()


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


# --- Handoffs, interviews and offers ----------------------------------------------------------------------------------


def test_a_managers_desk_leads_with_the_handoff_that_is_due_first(client, manager, now):
    job = a_job_with_sides(manager=manager)
    young = an_offered_handoff(job=job, at=now - timedelta(hours=1))
    old = an_offered_handoff(job=job, at=now - timedelta(days=14))
    client.force_login(manager)

    page = client.get(reverse("home:desk"))

    first = page.context["first"]
    assert first.handoff == old
    assert [line.person for line in first.rest] == [young.application.candidate]
    assert (page.context["waits"], page.context["late"]) == (2, 1)
    assert reverse("funnel:handoff", args=[old.pk]) in page.content.decode()


def test_a_handoff_waits_on_a_recruiters_desk_among_the_rest(client, now):
    handoff = an_offered_handoff(to_stage="screening", at=now - timedelta(days=14))
    client.force_login(handoff.to_user)

    assert ("late", f"Sourcing → Screening, from {handoff.from_user} · {handoff.job}") in lines(
        client.get(reverse("home:desk"))
    )


def test_what_came_back_names_the_criterion_on_the_senders_desk(client, now):
    handoff = a_returned_handoff(at=now - timedelta(hours=2))
    client.force_login(handoff.from_user)

    said = [text for _part, text in lines(client.get(reverse("home:desk")))]

    assert f"Came back: {handoff.failed} · {handoff.job}" in said


def test_a_lead_sees_what_others_answer_late_and_not_what_is_in_time(client, lead, now):
    late = an_offered_handoff(at=now - timedelta(days=14))
    an_offered_handoff(at=now - timedelta(hours=1))
    client.force_login(lead)

    assert lines(client.get(reverse("home:desk"))) == [("late", f"{late.to_user} has not answered · {late.job}")]


def test_a_lead_with_a_team_sees_the_late_ones_of_that_team_alone(lead, now):
    theirs = an_offered_handoff(at=now - timedelta(days=14))
    an_offered_handoff(at=now - timedelta(days=14))
    lead.team = theirs.to_user.team = a_team()
    theirs.to_user.save()

    assert [line.person for line in handoffs.late_of_team(lead, now)] == [theirs.application.candidate]


def test_only_a_lead_is_told_of_others_lateness(recruiter, manager, now):
    an_offered_handoff(at=now - timedelta(days=14))

    assert handoffs.late_of_team(recruiter, now) == handoffs.late_of_team(manager, now) == []


def test_an_interviewer_has_no_handoffs_on_the_desk(client, interviewer, now):
    offered = an_offered_handoff(at=now)
    seat_user(job=offered.job, user=interviewer, seat=Seat.INTERVIEWER, by=offered.from_user, at=now)
    client.force_login(interviewer)

    page = client.get(reverse("home:desk")).content.decode()
    nav = client.get(reverse("home:nav")).content.decode()

    assert "Waiting for your answer" not in page
    assert reverse("funnel:handoffs") not in page
    assert "nav-count-handoffs" not in nav


def test_the_navigation_counts_what_waits_and_what_came_back(client, manager, now):
    job = a_job_with_sides(manager=manager)
    an_offered_handoff(job=job, at=now)
    an_offered_handoff(job=job, at=now)
    client.force_login(manager)

    assert 'id="nav-count-handoffs" hx-swap-oob="true">2<' in client.get(reverse("home:nav")).content.decode()


def test_a_managers_desk_costs_the_same_for_one_handoff_as_for_many(
    client, manager, now, django_assert_max_num_queries
):
    job = a_job_with_sides(manager=manager)
    for _each in range(5):
        an_offered_handoff(job=job, at=now)
    client.force_login(manager)

    with django_assert_max_num_queries(18):
        client.get(reverse("home:desk"))


def test_a_running_clock_stands_before_a_plan_that_is_late(now):
    today = day_of(now)
    plan = Line("calendar-clock", "Call", "/", "Open", today - timedelta(days=9))
    clock = Line("gate", "Offered", "/", "Answer", today - timedelta(days=1), due_at=now - timedelta(days=1))

    waiting = sorted_out([[plan], [clock]], today, 60, now)

    assert waiting.late == [clock, plan]
