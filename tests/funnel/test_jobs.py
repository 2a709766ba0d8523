from __future__ import annotations

from datetime import timedelta

import pytest

from funnel import jobs, services
from funnel.models import Application
from recruiting.core.days import plus_days
from recruiting.core.models import Event, OutboxMessage
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job
from tests.builders import MONDAY, a_recruiter, moment
from tests.builders_funnel import a_held_application, an_application, fresh
from tests.builders_jobs import an_open_job

pytestmark = pytest.mark.django_db

LATER = moment("2026-11-10")
UNTIL = plus_days(LATER.date(), 60)
COLUMNS = ("stage", "outcome", "hold_until", "hold_reason", "is_held_by_job", "last_moved_at", "version", "ended_at")


def hold(job: Job, **more) -> Job:
    by = more.pop("by", None) or a_recruiter()
    return jobs.hold_job(job=job, reason="Budget", until=UNTIL, by=by, at=more.pop("at", LATER))


def test_people_wait_with_their_job_and_go_on_with_it(recruiter):
    job = an_open_job()
    active = an_application(job=job)
    held = a_held_application(job=job)

    hold(job)
    assert (fresh(active).outcome, fresh(active).is_held_by_job, fresh(active).hold_reason) == (
        "on_hold",
        True,
        "Budget",
    )
    assert (fresh(held).is_held_by_job, fresh(held).hold_reason) == (False, "On holiday")

    jobs.resume_job(job=Job.objects.get(pk=job.pk), by=recruiter, at=LATER + timedelta(days=3))
    assert fresh(active).outcome == "active"
    assert fresh(held).outcome == "on_hold"


def test_holding_a_job_does_to_each_what_holding_them_by_hand_does(recruiter):
    job = an_open_job()
    by_job, by_hand = an_application(job=job, through="screening"), an_application(through="screening")

    jobs.hold_job(job=job, reason="Budget", until=UNTIL, by=recruiter, at=LATER)
    terms = {"reason": "Budget", "until": UNTIL, "by": recruiter, "at": LATER, "by_job": True}
    services.hold_application(application=by_hand, **terms)

    assert same(by_job, by_hand)

    jobs.resume_job(job=Job.objects.get(pk=job.pk), by=recruiter, at=LATER)
    services.resume_application(application=fresh(by_hand), by=recruiter, at=LATER)

    assert same(by_job, by_hand)


def same(one: Application, other: Application) -> bool:
    """Equal in every column a hold touches, in the last event, and in what the outbox promises about it."""

    def told(application: Application) -> tuple:
        event = Event.objects.filter(subject="application", subject_key=application.pk).latest("id")
        kept = ("verb", "from_state", "to_state", "why", "by_id", "data", "at")
        promised = OutboxMessage.objects.filter(key=f"event:{event.pk}", topic=event.verb).exists()
        return (*(getattr(event, name) for name in kept), promised)

    one, other = fresh(one), fresh(other)
    assert [getattr(one, name) for name in COLUMNS] == [getattr(other, name) for name in COLUMNS]
    assert told(one) == told(other)
    return True


def test_holding_a_job_costs_the_same_for_one_person_as_for_five(recruiter, django_assert_max_num_queries):
    job = an_open_job()
    for _number in range(5):
        an_application(job=job)

    with django_assert_max_num_queries(12):  # with the savepoints of nested services
        hold(job, by=recruiter)


@pytest.mark.parametrize(("reason", "days"), [("", 30), ("Budget", 0), ("Budget", 91)])
def test_a_job_is_held_for_a_reason_and_for_at_most_ninety_days(reason, days, recruiter):
    job = an_open_job()

    with pytest.raises(Refused):
        jobs.hold_job(job=job, reason=reason, until=plus_days(LATER.date(), days), by=recruiter, at=LATER)

    assert Job.objects.get(pk=job.pk).state == "open"


def test_a_column_in_which_somebody_stands_stays_a_column(recruiter):
    job = an_open_job()
    application = an_application(job=job)
    with pytest.raises(Refused, match="1 person stands"):
        jobs.retire_step(step=application.step, by=recruiter, at=LATER)

    other = job.steps.get(name_en="Contacted")
    services.move_to_step(application=fresh(application), step=other, by=recruiter, at=LATER)
    jobs.retire_step(step=application.step.__class__.objects.get(name_en="To contact", job=job), by=recruiter, at=LATER)

    assert job.steps.get(name_en="To contact").is_retired


def test_after_sixty_days_on_hold_the_recruiter_is_asked_while_anybody_waits(settings):
    recruiter = a_recruiter()
    waiting, empty, short = (an_open_job(title, recruiter=recruiter) for title in ("Waiting", "Empty", "Short"))
    an_application(job=waiting)
    an_application(job=short)
    for job, day in ((waiting, 0), (empty, 0), (short, 1)):
        hold(job, at=MONDAY + timedelta(days=10 + day))
    at = MONDAY + timedelta(days=10 + settings.JOB_ON_HOLD_ASK_DAYS)

    assert list(jobs.jobs_on_hold_too_long(recruiter, at)) == [waiting]
    assert not jobs.jobs_on_hold_too_long(a_recruiter(), at).exists()
