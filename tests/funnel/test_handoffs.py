"""The way over a border: offered by one side with evidence, answered by the other."""

from __future__ import annotations

import pytest

from funnel import services
from funnel.handoffs.answering import (
    accept_handoff,
    decide_handoff,
    reassign_handoff,
    return_handoff,
    undo_answer,
    withdraw_handoff,
)
from funnel.handoffs.offering import PacketOrder, Shown, offer_handoff
from funnel.models import Handoff, Visit
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from tests.builders import MONDAY, a_lead, a_manager, a_recruiter, a_sourcer, an_interviewer
from tests.builders_funnel import an_application, fresh
from tests.builders_handoffs import (
    AN_HOUR,
    a_full_order,
    a_job_with_sides,
    a_returned_handoff,
    again,
    an_accepted_handoff,
    an_offered_handoff,
    first_key,
)

pytestmark = pytest.mark.django_db


def test_an_accepted_card_crosses_the_border_in_the_same_moment():
    handoff = an_offered_handoff()

    accept_handoff(handoff=handoff, by=handoff.to_user, at=MONDAY + AN_HOUR)

    card = fresh(handoff.application)
    assert (card.stage, card.stage_since) == ("interview", MONDAY + AN_HOUR)
    assert Visit.objects.get(application=card, ended_as="").stage == "interview"
    crossed = Event.objects.get(verb="application.advanced", subject_key=card.pk)
    assert crossed.data["handoff"] == handoff.pk


def test_a_returned_card_stands_where_it_stood_and_says_what_failed():
    handoff = a_returned_handoff()

    now = again(handoff)
    assert fresh(handoff.application).stage == "screening"
    assert str(now.failed.key) == first_key(now)
    assert now.back_miss_at > now.back_warn_at > MONDAY
    assert now.checks == {first_key(now): False}


@pytest.mark.parametrize("border", ["screening", "interview", "hire"])
def test_every_border_can_be_offered_and_accepted(border):
    handoff = an_accepted_handoff(to_stage=border)

    assert fresh(handoff.application).stage == border


def test_an_offer_that_was_withdrawn_asks_nobody_any_more():
    handoff = an_offered_handoff()

    withdraw_handoff(handoff=handoff, by=handoff.from_user, at=MONDAY + AN_HOUR, why="They found something")

    with pytest.raises(Refused, match="withdrew the offer") as refused:
        accept_handoff(handoff=again(handoff), by=handoff.to_user, at=MONDAY + 2 * AN_HOUR)
    assert refused.value.code == "moved"


def test_an_acceptance_that_was_a_slip_is_taken_back():
    handoff = an_accepted_handoff()
    was = fresh(handoff.application)

    undo_answer(handoff=again(handoff), by=handoff.to_user, at=handoff.answered_at)

    now = fresh(handoff.application)
    assert (was.stage, now.stage) == ("interview", "screening")
    assert again(handoff).state == "offered"
    assert now.step_id == fresh(handoff.application).job.steps.filter(stage="screening").order_by("position")[0].pk
