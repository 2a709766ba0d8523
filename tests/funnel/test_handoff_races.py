"""Two people at one card in the same second: one wins, the other reads who and when."""

from __future__ import annotations

import pytest

from funnel import services
from funnel.handoffs.answering import accept_handoff, return_handoff, withdraw_handoff
from funnel.handoffs.offering import offer_handoff
from funnel.handoffs.reminding import remind
from funnel.models import Application, Handoff, Visit
from recruiting.core.models import Event
from recruiting.jobs.services import seat_user
from tests.builders import MONDAY, a_manager, a_recruiter, a_sourcer, at_once
from tests.builders_funnel import an_application, fresh
from tests.builders_handoffs import AN_HOUR, a_full_order, a_job_with_sides, again, an_offered_handoff, first_key

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_managers_who_accept_at_once_one_wins():
    handoff = an_offered_handoff()
    other = a_manager()
    seat_user(job=handoff.job, user=other, seat="hiring_manager", by=handoff.from_user, at=MONDAY)

    said = at_once(
        *(
            lambda user=user: accept_handoff(handoff=again(handoff), by=user, at=MONDAY + AN_HOUR)
            for user in (handoff.to_user, other)
        )
    )

    assert said == ["", "moved"]
    assert Visit.objects.filter(application=handoff.application, stage="interview").count() == 1


def test_accepted_and_returned_at_once_is_one_of_both():
    handoff = an_offered_handoff()
    seen = [again(handoff), again(handoff)]

    said = at_once(
        lambda: accept_handoff(handoff=seen[0], by=handoff.to_user, at=MONDAY + AN_HOUR),
        lambda: return_handoff(
            handoff=seen[1], failed=first_key(handoff), why="No", by=handoff.to_user, at=MONDAY + AN_HOUR
        ),
    )

    assert said == ["", "moved"]
    is_over = again(handoff).state == "accepted"
    assert fresh(handoff.application).stage == ("interview" if is_over else "screening")


def test_withdrawn_and_accepted_at_once_is_one_of_both():
    handoff = an_offered_handoff()
    seen = [again(handoff), again(handoff)]

    said = at_once(
        lambda: withdraw_handoff(handoff=seen[0], by=handoff.from_user, at=MONDAY + AN_HOUR),
        lambda: accept_handoff(handoff=seen[1], by=handoff.to_user, at=MONDAY + AN_HOUR),
    )

    assert said == ["", "moved"]


def test_a_card_offered_by_two_at_once_is_offered_once():
    job = a_job_with_sides()
    row = an_application(job=job)
    order, first, second = a_full_order(row), a_sourcer(), a_sourcer()

    said = at_once(
        lambda: offer_handoff(application=fresh(row), order=order, by=first, at=MONDAY),
        lambda: offer_handoff(application=fresh(row), order=order, by=second, at=MONDAY),
    )

    assert said == ["", "moved"]
    assert Handoff.objects.count() == 1


def test_an_offer_of_a_card_that_moves_in_the_same_second_waits_nowhere():
    job = a_job_with_sides()
    row = an_application(job=job)
    order, by = a_full_order(row), a_sourcer()
    seen = [fresh(row), fresh(row)]

    at_once(
        lambda: offer_handoff(application=seen[0], order=order, by=by, at=MONDAY),
        lambda: services.advance_application(application=seen[1], by=a_recruiter(), at=MONDAY),
    )

    assert Application.objects.get(pk=row.pk).stage == "screening"
    assert not Handoff.objects.offered().exists()


def test_two_sweeps_at_once_remind_once():
    handoff = an_offered_handoff()

    at_once(*(lambda: remind(at=handoff.warn_at) for _ in range(2)))

    assert Event.objects.filter(verb="handoff.warned").count() == 1
