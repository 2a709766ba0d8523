"""Two people, one card, the same second."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import OperationalError, connections

from funnel.handoffs.answering import accept_handoff, reassign_handoff
from funnel.handoffs.offering import offer_handoff
from funnel.interviews import planning
from funnel.models import Application, Handoff, Interview
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job
from recycling import leaving
from recycling.jobs import close_job
from recycling.models import Exit, PoolEntry
from tests.builders import a_lead, a_recruiter, a_sourcer
from tests.builders_funnel import an_application
from tests.builders_handoffs import a_full_order, a_job_with_sides, an_offered_handoff
from tests.builders_interviews import some_terms
from tests.builders_recycling import LEFT_AT, again, an_exit, an_order

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs: Callable[[], object]) -> list[str]:
    """Run them at the same time; "done", or why not."""
    start = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> str:
        try:
            start.wait()
            verb()
        except (Refused, OperationalError) as wrong:
            return type(wrong).__name__
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(run, verbs))


def test_of_two_who_let_the_same_person_go_one_is_refused():
    application, by = an_application(through="interview"), a_recruiter()
    seen = [
        Application.objects.select_related("candidate", "job", "step", "owner").get(pk=application.pk) for _ in "12"
    ]
    order = an_order("interest.withdrew")

    said = at_once(
        *(lambda one=one: leaving.exit_application(application=one, order=order, by=by, at=LEFT_AT) for one in seen)
    )

    assert said[1] == "done" or said[0] == "done"
    assert said.count("done") == 1
    assert Exit.objects.filter(application=application).count() == 1
    assert PoolEntry.objects.filter(left=application).count() == 1


def test_an_exit_is_undone_or_told_never_both():
    exit, by = an_exit("interest.withdrew"), a_recruiter()
    related = ("application__job", "application__candidate", "candidate", "job", "reason")
    one, other = (Exit.objects.select_related(*related).get(pk=exit.pk) for _ in "12")
    later = LEFT_AT + timedelta(days=1)

    said = at_once(
        lambda: leaving.undo_exit(exit=one, by=by, at=later),
        lambda: leaving.record_told(exit=other, on=later.date(), by=by, at=later),
    )

    exit = again(exit)
    assert said.count("done") == 1
    assert (exit.undone_at is None) == (exit.told == "told")


# --- The job closes in the same second --------------------------------------------------------------------------------


def closing_beside(job: Job, verb: Callable[[], object]) -> list[str]:
    def close() -> object:
        return close_job(job=Job.objects.get(pk=job.pk), state="cancelled", by=a_recruiter(), at=LEFT_AT)

    said = at_once(close, verb)
    assert "OperationalError" not in said  # neither waits for what the other holds
    assert not Handoff.objects.offered().filter(job=job).exists()
    assert not Interview.objects.filter(job=job, state="planned").exists()
    assert not Application.objects.live().filter(job=job).exists()
    return said


def test_a_card_accepted_while_its_job_closes_leaves_with_it():
    handoff = an_offered_handoff(at=LEFT_AT)

    closing_beside(handoff.job, lambda: accept_handoff(handoff=handoff, by=handoff.to_user, at=LEFT_AT))


def test_a_card_offered_while_its_job_closes_waits_nowhere():
    job = a_job_with_sides(at=LEFT_AT)
    row = an_application(job=job, at=LEFT_AT)
    order, by = a_full_order(row), a_sourcer()

    closing_beside(job, lambda: offer_handoff(application=row, order=order, by=by, at=LEFT_AT))


def test_a_card_passed_on_while_its_job_closes_waits_nowhere():
    handoff, lead = an_offered_handoff(at=LEFT_AT), a_lead()

    closing_beside(handoff.job, lambda: reassign_handoff(handoff=handoff, to=lead, by=lead, at=LEFT_AT))


def test_an_interview_planned_while_its_job_closes_takes_place_nowhere():
    row, by = an_application(through="interview"), a_recruiter()
    terms = some_terms(starts_at=LEFT_AT + timedelta(days=3))

    closing_beside(row.job, lambda: planning.plan_interview(application=again(row), terms=terms, by=by, at=LEFT_AT))
