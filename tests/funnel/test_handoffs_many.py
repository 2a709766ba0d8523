"""Several cards offered at once: the twin of one offer."""

from __future__ import annotations

import pytest

from funnel.handoffs.offering import offer_handoff, offer_handoffs
from recruiting.core.models import Event
from tests.builders import MONDAY, a_sourcer
from tests.builders_candidates import a_candidate
from tests.builders_funnel import a_held_application, an_application, an_ended_application, fresh
from tests.builders_handoffs import a_full_order, a_job_with_sides

pytestmark = pytest.mark.django_db


def test_offering_several_comes_to_the_same_as_offering_each():
    job = a_job_with_sides()
    by, step = a_sourcer(), job.steps.filter(stage="screening").first()
    cards = [an_application(job=job, candidate=a_candidate()) for _ in range(4)]
    order, *_same = [a_full_order(card) for card in cards]  # and a document on file for each

    alone = [offer_handoff(application=card, order=order, by=by, at=MONDAY, to_step=step) for card in cards[:2]]
    done = offer_handoffs(applications=cards[2:], order=order, by=by, at=MONDAY, to_step=step)

    def said(handoff):
        lines = [(line["key"], line["is_met"], line["evidence"]["said"]) for line in handoff.packet["criteria"]]
        return (handoff.state, handoff.to_user, handoff.attempt, handoff.warn_at, handoff.miss_at, lines)

    assert [said(handoff) for handoff in done.offered] == [said(handoff) for handoff in alone]
    assert Event.objects.filter(verb="handoff.offered").count() == 4


def test_of_several_each_who_cannot_be_offered_is_named_and_the_others_are():
    job = a_job_with_sides()
    step = job.steps.filter(stage="screening").first()
    ready, held, gone = an_application(job=job), a_held_application(job=job), an_ended_application(job=job)
    order = a_full_order(ready)

    done = offer_handoffs(
        applications=[fresh(row) for row in (ready, held, gone)], order=order, by=a_sourcer(), at=MONDAY, to_step=step
    )

    assert [handoff.application for handoff in done.offered] == [ready]
    assert len(done.refused) == 2
    assert held.candidate.name in done.refused[0]
