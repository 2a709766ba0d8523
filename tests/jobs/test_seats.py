from __future__ import annotations

import pytest

from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs import selectors, services
from recruiting.jobs.models import Job, Seat
from tests.builders import (
    MONDAY,
    a_manager,
    moment,
)
from tests.builders_jobs import an_open_job

pytestmark = pytest.mark.django_db

TUESDAY = moment("2026-11-03")


def verbs_of(job: Job) -> list[str]:
    return list(Event.objects.filter(job=job.pk).order_by("id").values_list("verb", flat=True))


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def test_the_decider_is_whoever_took_a_deciding_seat_last():
    first, second = a_manager(), a_manager()
    job = an_open_job(decider=first)
    services.seat_user(job=job, user=second, seat=Seat.FINAL_DECIDER, by=None, at=TUESDAY)
    assert (now(job).decider, now(job).decider_since) == (second, TUESDAY)

    services.unseat_user(seat=job.seats.get(user=second), by=None, at=TUESDAY)

    assert now(job).decider == first
    assert set(selectors.deciders_of(job)) == {first}
    assert verbs_of(job).count("job.deciders_changed") == 3


def test_a_deputy_decides_in_the_name_of_whom_they_stand_in_for():
    boss, deputy = a_manager(), a_manager()
    job = an_open_job(decider=boss)
    before = verbs_of(job).count("job.deciders_changed")

    services.seat_user(job=job, user=deputy, seat=Seat.HIRING_MANAGER, by=None, at=TUESDAY, deputy_for=boss)

    assert set(selectors.deciders_of(job)) == {boss}
    assert selectors.decides_in_whose_name(job, deputy) == boss
    assert selectors.decides_in_whose_name(job, boss) == boss
    assert selectors.decides_in_whose_name(job, a_manager()) is None
    assert verbs_of(job).count("job.deciders_changed") == before


def test_a_deputy_leaves_with_whom_they_stand_in_for():
    boss, deputy = a_manager(), a_manager()
    job = an_open_job(decider=boss)
    services.seat_user(job=job, user=deputy, seat=Seat.HIRING_MANAGER, by=None, at=MONDAY, deputy_for=boss)

    services.unseat_user(seat=job.seats.get(user=boss), by=None, at=TUESDAY)

    assert not selectors.seats_of(job).filter(seat=Seat.HIRING_MANAGER).exists()
    assert now(job).decider is None


def test_nobody_holds_a_seat_twice_and_nobody_stands_in_for_an_empty_chair():
    boss = a_manager()
    job = an_open_job(decider=boss)

    with pytest.raises(Refused, match="already holds"):
        services.seat_user(job=job, user=boss, seat=Seat.HIRING_MANAGER, by=None, at=TUESDAY)
    with pytest.raises(Refused, match="stand in"):
        services.seat_user(job=job, user=a_manager(), seat=Seat.APPROVER, by=None, at=TUESDAY, deputy_for=boss)


def test_a_manager_sees_the_jobs_they_hold_a_seat_on_today():
    boss = a_manager()
    job = an_open_job(decider=boss)
    an_open_job("Another")
    assert list(Job.objects.visible_to(boss)) == [job]

    services.unseat_user(seat=job.seats.get(user=boss), by=None, at=TUESDAY)

    assert not Job.objects.visible_to(boss).exists()
