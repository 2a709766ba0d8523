"""What the later stages' exits say back to whoever handed people over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.jobs.models import Job
from recycling.leaving import undo_exit
from recycling.selectors_borders import Back, exits_back
from tests.builders import MONDAY, a_manager, a_recruiter
from tests.builders_funnel import A_DAY, an_application, fresh
from tests.builders_handoffs import a_job_with_sides, an_accepted_handoff, an_offered_handoff
from tests.builders_recycling import an_exit

pytestmark = pytest.mark.django_db

SINCE, UNTIL = MONDAY, MONDAY + timedelta(days=30)


def back_into(stage: str, reader: User, jobs=None, since=SINCE, until=UNTIL) -> Back:
    return exits_back(jobs, since, until, reader=reader, stage=stage)[0]


def handed_over_into_interview(job: Job) -> Application:
    """A card that a sourcer handed to the recruiter and the recruiter to the manager."""
    card = fresh(an_accepted_handoff(job=job, to_stage="screening").application)
    return fresh(an_accepted_handoff(application=card, at=MONDAY + A_DAY).application)


def test_a_later_exit_speaks_to_every_border_the_person_crossed(recruiter):
    card = handed_over_into_interview(a_job_with_sides())
    an_exit("interest.other_offer", application=card, by=recruiter)

    screening, interview, hire = exits_back(None, SINCE, UNTIL, reader=recruiter)

    assert [(line.reason.key, line.n, line.by_stage) for line in screening.reasons] == [
        ("interest.other_offer", 1, (0, 1, 0))
    ]
    assert [(line.reason.key, line.by_stage) for line in interview.reasons] == [("interest.other_offer", (1, 0))]
    assert hire.n == 0


def test_the_most_frequent_reason_comes_first_and_each_sender_hears_their_own(recruiter):
    job = a_job_with_sides()
    for key in ("process.no_show", "interest.withdrew", "interest.withdrew"):
        an_exit(key, application=fresh(an_accepted_handoff(job=job).application), by=recruiter)

    told = back_into("interview", recruiter)

    assert [(line.reason.key, line.n, line.share) for line in told.reasons] == [
        ("interest.withdrew", 2, 100),
        ("process.no_show", 1, 50),
    ]
    assert [(sender.user, sender.n) for sender in told.senders] == [(job.recruiter, 3)]
    assert [(reason.key, n) for reason, n in told.senders[0].reasons] == [
        ("interest.withdrew", 2),
        ("process.no_show", 1),
    ]


def test_who_was_never_accepted_says_nothing_back(recruiter):
    offered = an_offered_handoff()
    an_exit("interest.withdrew", application=fresh(offered.application), by=recruiter)
    an_exit("interest.withdrew", application=an_application(through="interview", by=recruiter), by=recruiter)

    assert back_into("interview", recruiter).n == 0


def test_undone_and_administrative_exits_say_nothing_back(recruiter):
    undone = an_exit("interest.withdrew", application=fresh(an_accepted_handoff().application), by=recruiter)
    undo_exit(exit=undone, by=recruiter, at=MONDAY + A_DAY * 11)
    an_exit("admin.mistake", application=fresh(an_accepted_handoff().application), by=recruiter)

    assert back_into("interview", recruiter).n == 0


def test_only_exits_of_the_window_speak(recruiter):
    an_exit("interest.withdrew", application=fresh(an_accepted_handoff().application), by=recruiter)

    assert back_into("interview", recruiter, until=MONDAY + A_DAY * 10).n == 0
    assert back_into("interview", recruiter, since=MONDAY + A_DAY * 10).n == 1


def test_a_manager_hears_of_their_own_jobs_and_not_who_sent(client):
    mine = a_manager()
    recruiter = a_recruiter()
    now = timezone.now()
    for job in (a_job_with_sides(manager=mine), a_job_with_sides()):
        card = fresh(an_accepted_handoff(job=job, at=now - A_DAY * 3).application)
        an_exit("interest.withdrew", application=card, by=recruiter, at=now - A_DAY)
    client.force_login(mine)

    page = client.get(reverse("recycling:borders_back"), {"stage": "interview"})

    [back] = page.context["backs"]
    assert (back.n, back.senders) == (1, ())


def test_the_part_of_the_page_costs_three_reads(recruiter, django_assert_num_queries):
    for key in ("interest.withdrew", "process.no_show"):
        an_exit(key, application=fresh(an_accepted_handoff().application), by=recruiter)

    with django_assert_num_queries(3):
        backs = exits_back(None, SINCE, UNTIL, reader=recruiter)

    assert sum(back.n for back in backs) == 2


def test_a_fragment_for_the_page_that_asks_and_a_page_without_javascript(client, recruiter):
    client.force_login(recruiter)

    part = client.get(reverse("recycling:borders_back"), {"stage": "hire"}, headers={"HX-Request": "true"})
    page = client.get(reverse("recycling:borders_back"))

    assert (b"<html" in part.content, b"<html" in page.content) == (False, True)
    assert (len(part.context["backs"]), len(page.context["backs"])) == (1, 3)
