"""Who is told what of a handoff: once, never whoever did it, and no answer that was taken back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as post
from django.urls import reverse

from funnel.handlers.handoffs import UNDO_SHOWN
from funnel.handoffs.answering import decide_handoff, reassign_handoff, undo_answer, withdraw_handoff
from funnel.handoffs.offering import offer_handoffs
from funnel.handoffs.recording import record_handoffs
from funnel.models import Handoff
from recruiting.accounts.models import User
from recruiting.core.refused import Refused
from recruiting.notices.kinds import in_words_of, said
from recruiting.notices.models import Notice
from tests.builders import MONDAY, a_lead, a_manager
from tests.builders_funnel import an_application
from tests.builders_handoffs import (
    AN_HOUR,
    a_full_order,
    a_job_with_sides,
    a_returned_handoff,
    again,
    an_accepted_handoff,
    an_offered_handoff,
)
from tests.notices.builders import forget_deliveries, relay_all

pytestmark = pytest.mark.django_db
LATER = MONDAY + AN_HOUR + UNDO_SHOWN


def heard(user: User, at: datetime = LATER) -> list[str]:
    """What somebody has been told by now, the oldest first."""
    relay_all(at)
    with in_words_of(user):
        return [said(notice.kind, notice.about).title for notice in Notice.objects.of(user).order_by("pk")]


def unread(user: User) -> int:
    return Notice.objects.of(user).unread().count()


def names(handoff: Handoff) -> dict[str, Any]:
    found = again(handoff)
    return {
        "name": found.application.candidate.name,
        "job": found.job.title,
        "from": found.from_user.name,
        "to": found.to_user.name,
    }


def clock_says(handoff: Handoff, verb: str, at: datetime = LATER) -> None:
    """What the sweep records when a clock has run out."""
    record_handoffs([again(handoff)], verb, to=handoff.state, by=None, at=at)


def test_whoever_is_asked_is_told_and_whoever_offered_is_not() -> None:
    handoff = an_offered_handoff()

    assert heard(handoff.to_user) == ["{from} offers you {name} for {job}.".format(**names(handoff))]
    assert heard(handoff.from_user) == []


def test_the_mail_names_the_person_the_job_and_the_clock_and_nothing_else() -> None:
    handoff = an_offered_handoff()
    relay_all()

    letter = post.outbox[0]
    assert letter.to == [handoff.to_user.email]
    assert "/handoffs/from-mail/" in letter.body
    assert "Due " in letter.body
    for secret in (handoff.packet["summary"], "Said so in the call", handoff.application.candidate.public_id):
        assert str(secret) not in letter.message().as_string()


def test_a_relay_that_delivers_twice_tells_once() -> None:
    handoff = a_returned_handoff()
    relay_all(LATER)
    told = (heard(handoff.to_user), heard(handoff.from_user), len(post.outbox))

    forget_deliveries()

    assert (heard(handoff.to_user), heard(handoff.from_user), len(post.outbox)) == told


def test_an_answer_is_told_when_it_can_no_longer_be_a_slip() -> None:
    handoff = an_accepted_handoff()

    assert heard(handoff.from_user, MONDAY + AN_HOUR) == []
    assert unread(handoff.to_user) == 0  # nobody reminds who has answered
    assert heard(handoff.from_user) == ["{to} accepted {name} for {job}.".format(**names(handoff))]


def test_an_answer_that_was_taken_back_is_not_told() -> None:
    handoff = an_offered_handoff()
    relay_all()
    handoff = a_returned_handoff(handoff=handoff)
    relay_all(MONDAY + AN_HOUR)
    undo_answer(handoff=again(handoff), by=handoff.to_user, at=MONDAY + AN_HOUR + timedelta(seconds=5))

    assert heard(handoff.from_user) == []
    assert len(heard(handoff.to_user)) == 1  # they know: they did it


def test_an_answer_that_was_told_and_taken_back_is_told_as_such() -> None:
    handoff = an_accepted_handoff()
    relay_all(LATER)
    undo_answer(handoff=again(handoff), by=handoff.to_user, at=LATER + timedelta(seconds=20))

    told = heard(handoff.from_user, LATER + timedelta(minutes=1))

    assert told[-1] == "{to} took back the answer about {name} for {job}.".format(**names(handoff))


def test_a_card_that_came_back_names_what_failed_in_the_product_alone() -> None:
    handoff = a_returned_handoff(why="No word on their notice period")
    title = heard(handoff.from_user)[0]
    notice = Notice.objects.of(handoff.from_user).get()

    assert title == "{to} returned {name} for {job}.".format(**names(handoff))
    assert "notice period" in said(notice.kind, notice.about).inside
    relay_all(LATER)
    assert all("notice period" not in letter.message().as_string() for letter in post.outbox)


def test_what_failed_is_said_in_the_readers_language() -> None:
    handoff = a_returned_handoff()
    relay_all(LATER)
    handoff, notice = again(handoff), Notice.objects.get(user=handoff.from_user)
    assert handoff.failed is not None

    for language, text in (("en", handoff.failed.text_en), ("ja", handoff.failed.text_ja)):
        handoff.from_user.language = language
        with in_words_of(handoff.from_user):
            assert text in said(notice.kind, notice.about).inside


def test_whoever_is_let_go_is_told_to_the_sender() -> None:
    handoff = an_offered_handoff()
    decide_handoff(handoff=handoff, by=handoff.to_user, at=MONDAY + AN_HOUR, why="Too junior")

    assert heard(handoff.from_user) == ["{to} let {name} go for {job}.".format(**names(handoff))]


def test_an_offer_that_was_answered_before_it_was_told_asks_nobody() -> None:
    """The relay stood still for an hour."""
    handoff = an_accepted_handoff()

    assert heard(handoff.to_user) == []


def test_a_card_given_on_asks_the_next_and_lets_the_first_go() -> None:
    handoff, lead, other = an_offered_handoff(), a_lead(), a_manager()
    relay_all()
    try:
        reassign_handoff(handoff=handoff, to=other, by=lead, at=MONDAY + AN_HOUR, why="On another project")
    except Refused:
        other = a_lead()
        reassign_handoff(handoff=again(handoff), to=other, by=lead, at=MONDAY + AN_HOUR, why="On another project")

    first = User.objects.get(pk=Notice.objects.earliest("pk").user_id)
    assert "gave you" in heard(other)[0]
    assert heard(first)[-1].endswith(f"to {other.name}.")
    assert Notice.objects.of(other).unread().count() == 1
    forget_deliveries()
    relay_all(LATER)
    assert Notice.objects.of(other).unread().count() == 1


def test_an_offer_taken_back_is_told_to_whom_it_was_made() -> None:
    handoff = an_offered_handoff()
    relay_all()
    withdraw_handoff(handoff=handoff, by=handoff.from_user, at=MONDAY + AN_HOUR, why="They found something else")

    assert heard(handoff.to_user)[-1] == "{from} withdrew the offer of {name} for {job}.".format(**names(handoff))
    assert unread(handoff.to_user) == 1


def test_an_offer_taken_back_before_it_was_told_is_told_to_nobody() -> None:
    handoff = an_offered_handoff()
    withdraw_handoff(handoff=handoff, by=handoff.from_user, at=MONDAY + AN_HOUR, why="They found something else")

    assert heard(handoff.to_user) == []


def test_a_clock_that_ran_out_is_told_to_the_receiver_and_the_leads() -> None:
    lead, handoff = a_lead(), an_offered_handoff()
    relay_all()
    clock_says(handoff, "handoff.warned", MONDAY + AN_HOUR)
    clock_says(handoff, "handoff.missed")

    assert heard(handoff.to_user)[1:] == [
        "{name} for {job} waits for your answer.".format(**names(handoff)),
        "{name} for {job} still waits for your answer.".format(**names(handoff)),
    ]
    assert heard(lead) == ["{to} has not answered about {name} for {job}.".format(**names(handoff))]


def test_a_clock_that_ran_out_after_the_answer_is_told_to_nobody() -> None:
    lead, handoff = a_lead(), an_accepted_handoff()
    clock_says(handoff, "handoff.missed")

    assert heard(lead) == []


def test_a_card_that_came_back_and_lies_is_told_to_its_sender_and_the_leads() -> None:
    lead, handoff = a_lead(), a_returned_handoff()
    clock_says(handoff, "handoff.back_missed")

    assert [title for title in heard(handoff.from_user) if "came back to you and still waits" in title]
    assert "has done nothing" in heard(lead)[0]


def test_an_answer_settles_what_the_leads_were_told() -> None:
    lead, handoff = a_lead(), an_offered_handoff()
    relay_all()
    clock_says(handoff, "handoff.missed", MONDAY + AN_HOUR / 2)
    relay_all(MONDAY + AN_HOUR / 2)
    assert unread(lead) == 1

    an_accepted_handoff(handoff=again(handoff))
    relay_all(LATER)

    assert unread(lead) == 0


def test_several_offered_in_one_go_are_one_letter_and_a_notice_each() -> None:
    job = a_job_with_sides()
    rows = [an_application(job=job, start="screening", through="screening", at=MONDAY) for _ in range(3)]
    step = job.steps.filter(stage="interview").order_by("position")[0]
    order = a_full_order(rows[0])
    for row in rows[1:]:
        a_full_order(row)

    done = offer_handoffs(applications=rows, order=order, by=job.recruiter, at=MONDAY, to_step=step)
    manager = done.offered[0].to_user
    relay_all(LATER)
    forget_deliveries()
    relay_all(LATER)

    assert len(done.offered) == 3
    assert Notice.objects.of(manager).count() == 3
    (letter,) = [each for each in post.outbox if each.to == [manager.email]]
    assert "3 people" in letter.subject
    assert all(row.candidate.name in letter.body for row in rows)
    assert reverse("funnel:handoffs") in letter.body


def test_of_several_only_those_who_still_wait_are_in_the_letter() -> None:
    job = a_job_with_sides()
    rows = [an_application(job=job, start="screening", through="screening", at=MONDAY) for _ in range(2)]
    step = job.steps.filter(stage="interview").order_by("position")[0]
    order = a_full_order(rows[0])
    a_full_order(rows[1])
    first, second = offer_handoffs(applications=rows, order=order, by=job.recruiter, at=MONDAY, to_step=step).offered
    withdraw_handoff(handoff=first, by=job.recruiter, at=MONDAY)

    relay_all(LATER)

    (letter,) = [each for each in post.outbox if each.to == [second.to_user.email]]
    assert "1 person" in letter.subject
