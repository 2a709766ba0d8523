"""Two people move one card at the same moment: one wins, the other is told."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from funnel import services
from funnel.models import Application, Visit
from recruiting.accounts.models import User
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from tests.builders import MONDAY, a_recruiter
from tests.builders_candidates import a_candidate
from tests.builders_funnel import A_DAY, an_application
from tests.builders_jobs import an_open_job


def at_once(*actions):
    """Run each in a thread and a connection of its own, all starting together; their results, or the refusal."""
    ready = Barrier(len(actions))

    def run(action):
        try:
            ready.wait(timeout=10)
            return action()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        return list(threads.map(run, actions))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_move_one_card_one_wins_and_the_other_is_told():
    first, second = a_recruiter(), a_recruiter()
    card = an_application(by=first)

    def move(user: User):
        seen = Application.objects.get(pk=card.pk)
        assert seen.version == 1
        return lambda: services.advance_application(application=seen, by=user, at=MONDAY + A_DAY)

    results = at_once(move(first), move(second))

    assert [isinstance(result, Refused) for result in results].count(True) == 1
    assert next(result for result in results if isinstance(result, Refused)).code == "moved"
    assert Visit.objects.filter(application=card).count() == 2
    assert Event.objects.filter(verb="application.advanced").count() == 1
    assert Application.objects.get(pk=card.pk).version == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_who_add_one_person_one_wins():
    recruiter, person, job = a_recruiter(), a_candidate(), an_open_job()

    def add():
        return services.open_application(candidate=person, job=job, by=recruiter, at=MONDAY)

    results = at_once(add, add)

    assert [isinstance(result, Refused) for result in results].count(True) == 1
    assert Application.objects.filter(candidate=person, job=job).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_hires_for_the_last_opening_the_second_is_refused():
    recruiter, job = a_recruiter(), an_open_job()
    rows = [an_application(through="hire", job=job, by=recruiter) for _ in range(2)]

    def hire(row: Application):
        starts_on = (MONDAY + A_DAY * 60).date()
        return lambda: services.hire_application(
            application=Application.objects.get(pk=row.pk), starts_on=starts_on, by=recruiter, at=MONDAY + A_DAY * 9
        )

    results = at_once(hire(rows[0]), hire(rows[1]))

    assert [isinstance(result, Refused) for result in results].count(True) == 1
    assert Application.objects.filter(outcome="hired").count() == 1
