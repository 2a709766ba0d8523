from __future__ import annotations

from datetime import timedelta

import pytest

from funnel.jobs import hold_job
from funnel.models import Application, Visit
from funnel.services import open_application
from recruiting.candidates.services import set_do_not_contact
from recruiting.core.days import day_of, plus_days
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job
from recycling import jobs, leaving
from recycling.models import Condition, Exit, PoolEntry, Rest
from tests.builders import at_once, moment
from tests.builders_candidates import a_candidate
from tests.builders_funnel import a_held_application, a_hire, an_application, fresh
from tests.builders_jobs import an_open_job

pytestmark = pytest.mark.django_db

CLOSED_AT = moment("2026-12-01")
AGAIN = CLOSED_AT + timedelta(days=5)


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


@pytest.mark.parametrize(("state", "reason"), [("filled", "capacity.filled"), ("cancelled", "capacity.on_hold")])
def test_a_closing_job_lets_everybody_left_rest_under_its_reason(state, reason, recruiter):
    job = an_open_job(openings=2)
    hired = a_hire(job=job)
    standing, held = an_application(job=job, through="interview"), a_held_application(job=job)

    jobs.close_job(job=now(job), state=state, by=recruiter, at=CLOSED_AT)

    assert now(job).state == state
    assert fresh(hired).outcome == "hired"
    for application in (standing, held):
        exit = Exit.objects.get(application=application)
        assert (exit.reason.key, exit.caused_by, exit.told, exit.side) == (reason, "job_closed", "not_yet", "we")
        assert PoolEntry.objects.get(left=application).state == Rest.RESTING
    assert not Visit.objects.filter(job=job, ended_as="").exists()


def test_a_job_closed_by_a_colleague_meanwhile_sends_nobody_away_twice(recruiter):
    job = an_open_job()
    an_application(job=job)
    seen = now(job)
    jobs.close_job(job=now(job), state="filled", by=recruiter, at=CLOSED_AT)

    with pytest.raises(Refused):
        jobs.close_job(job=seen, state="cancelled", by=recruiter, at=CLOSED_AT)

    assert Exit.objects.filter(job=job).count() == 1
    assert now(job).state == "filled"


def test_re_opening_restores_who_still_rests_and_leaves_the_others_to_their_condition(recruiter):
    job = an_open_job()
    goes_on, told, silent = (an_application(job=job, through="screening") for _one in range(3))
    came_in = fresh(goes_on).visits.get(ended_as="").entered_at
    jobs.close_job(job=now(job), state="cancelled", by=recruiter, at=CLOSED_AT)
    leaving.record_told(
        exit=Exit.objects.get(application=told), on=day_of(CLOSED_AT), what="Closed", by=recruiter, at=CLOSED_AT
    )
    set_do_not_contact(candidate=silent.candidate, why="Asked us", by=recruiter, at=CLOSED_AT)
    foreseen = {found.exit.application_id: found.why_not for found in jobs.restorations(now(job), AGAIN)}

    jobs.reopen_job(job=now(job), by=recruiter, at=AGAIN)

    assert now(job).state == "open"
    assert fresh(goes_on).outcome == "active"
    assert fresh(goes_on).visits.get(ended_as="").entered_at == came_in
    assert fresh(told).outcome == fresh(silent).outcome == "exited"
    assert PoolEntry.objects.get(left=told).state == Rest.RESTING
    assert PoolEntry.objects.get(left=goes_on).state == Rest.CLOSED
    assert foreseen[goes_on.pk] == ""
    assert foreseen[told.pk] == "has been told"
    assert foreseen[silent.pk]


def test_nobody_is_restored_after_the_days_an_exit_can_be_undone(recruiter, settings):
    job = an_open_job()
    application = an_application(job=job)
    jobs.close_job(job=now(job), state="cancelled", by=recruiter, at=CLOSED_AT)

    jobs.reopen_job(job=now(job), by=recruiter, at=CLOSED_AT + timedelta(days=settings.UNDO_EXIT_DAYS + 1))

    assert fresh(application).outcome == "exited"
    assert PoolEntry.objects.get(left=application).state == Rest.RESTING


def test_whoever_left_before_the_closing_is_not_restored_by_re_opening(recruiter):
    job = an_open_job()
    application = an_application(job=job)
    jobs.close_job(job=now(job), state="cancelled", by=recruiter, at=CLOSED_AT)
    leaving.record_told(exit=Exit.objects.get(), on=day_of(CLOSED_AT), what="", by=recruiter, at=CLOSED_AT)
    jobs.reopen_job(job=now(job), by=recruiter, at=AGAIN)
    jobs.close_job(job=now(job), state="cancelled", by=recruiter, at=AGAIN + timedelta(days=1))

    assert jobs.restorations(now(job), AGAIN + timedelta(days=2)) == []
    assert fresh(application).outcome == "exited"


def test_people_of_a_job_held_too_long_rest_while_it_stays_on_hold(recruiter):
    job = an_open_job()
    application = an_application(job=job)
    hold_job(job=job, reason="Budget", until=plus_days(day_of(CLOSED_AT), 60), by=recruiter, at=CLOSED_AT)

    jobs.rest_job(job=now(job), by=recruiter, at=AGAIN)

    assert now(job).state == "on_hold"
    assert Exit.objects.get(application=application).reason.key == "capacity.on_hold"
    with pytest.raises(Refused, match="not on hold"):
        jobs.rest_job(job=an_open_job(), by=recruiter, at=AGAIN)


def test_what_re_opening_would_do_costs_the_same_for_one_as_for_five(recruiter, django_assert_max_num_queries):
    job = an_open_job()
    for _number in range(5):
        an_application(job=job, candidate=a_candidate())
    jobs.close_job(job=now(job), state="cancelled", by=recruiter, at=CLOSED_AT)
    job = now(job)

    with django_assert_max_num_queries(3):
        assert len([found for found in jobs.restorations(job, AGAIN) if not found.why_not]) == 5
    assert not Application.objects.live().filter(job=job).exists()


@pytest.mark.django_db(transaction=True)
def test_nobody_is_left_in_a_job_that_closes_while_they_come_in(recruiter):
    job, candidate = an_open_job(), a_candidate()
    seen = now(job)

    at_once(
        lambda: jobs.close_job(job=now(job), state="cancelled", by=recruiter, at=CLOSED_AT),
        lambda: open_application(candidate=candidate, job=seen, by=recruiter, at=CLOSED_AT),
    )

    assert now(job).state == "cancelled"
    assert not Application.objects.live().filter(job=job).exists()


def test_leaving_together_does_to_each_what_leaving_alone_does(recruiter):
    job = an_open_job(asks=(("Python", 3),))
    pairs = [
        (an_application(job=job, through=through, by=recruiter), an_application(job=job, through=through, by=recruiter))
        for through in ("sourcing", "hire")
    ]
    reason = jobs.reason_for("filled")
    order = leaving.ExitOrder(reason=reason, side="we", told="not_yet", caused_by="job_closed")

    for _together, alone in pairs:
        leaving.exit_application(application=fresh(alone), order=order, by=recruiter, at=CLOSED_AT)
    people = jobs.people_in(job).filter(pk__in=[together.pk for together, _alone in pairs])
    leaving.exit_together(applications=list(people), reason=reason, caused_by="job_closed", by=recruiter, at=CLOSED_AT)

    for together, alone in pairs:
        assert all_about(together) == all_about(alone)


def all_about(application: Application) -> list[dict]:
    """Every row an exit writes, without whose it is."""
    entry = PoolEntry.objects.get(left=application)
    rows = [
        Application.objects.filter(pk=application.pk),
        Visit.objects.filter(application=application).order_by("id"),
        Exit.objects.filter(application=application),
        PoolEntry.objects.filter(pk=entry.pk),
        Condition.objects.filter(entry=entry),
        Event.objects.filter(subject="application", subject_key=application.pk, verb="application.exited"),
        Event.objects.filter(subject="poolentry", subject_key=entry.pk),
    ]
    whose = {"id", "key", "candidate_id", "application_id", "left_id", "entry_id", "contact_point_id", "subject_key"}
    whose |= {"person", "source_id"}
    return [{name: value for name, value in row.items() if name not in whose} for each in rows for row in each.values()]


def test_closing_a_job_costs_the_same_for_one_person_as_for_five(recruiter, django_assert_max_num_queries):
    job = an_open_job()
    for _number in range(5):
        an_application(job=job)

    with django_assert_max_num_queries(38):  # with their handoffs and offers
        jobs.close_job(job=now(job), state="cancelled", by=recruiter, at=CLOSED_AT)
