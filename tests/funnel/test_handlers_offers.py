"""Who is told what of an offer; never what it pays."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core import mail as post

from funnel.models import Offer
from funnel.offers import approving
from funnel.offers.changing import tell as record
from recruiting.accounts.models import User
from recruiting.notices.kinds import in_words_of, said
from recruiting.notices.models import Notice
from tests.builders import MONDAY, an_approver
from tests.builders_offers import a_chosen_person, a_drafted_offer
from tests.notices.builders import relay_all

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
LATER = MONDAY + AN_HOUR * 3


@pytest.fixture
def approvers() -> tuple[User, User]:
    return an_approver(), an_approver()


@pytest.fixture
def asked(recruiter: Any, approvers: Any) -> Offer:
    application = a_chosen_person(*approvers, by=recruiter)
    offer = a_drafted_offer(by=recruiter, application=application)
    return approving.ask_approval(offer=offer, approvers=approvers, by=recruiter, at=MONDAY)


def heard(user: User, at: datetime = LATER) -> list[str]:
    relay_all(at)
    with in_words_of(user):
        return [said(notice.kind, notice.about).title for notice in Notice.objects.of(user).order_by("pk")]


def test_approvers_are_asked_in_their_order(asked: Offer, approvers: Any) -> None:
    first, second = approvers
    assert "waits for your approval" in heard(first)[0]
    assert heard(second) == []

    approving.approve_offer(offer=asked, by=first, at=MONDAY + AN_HOUR)

    assert "waits for your approval" in heard(second)[0]
    assert Notice.objects.of(first).unread().count() == 0


def test_the_recruiter_is_told_when_it_can_go_out(asked: Offer, approvers: Any, recruiter: Any) -> None:
    for hours, approver in enumerate(approvers, start=1):
        asked = approving.approve_offer(offer=asked, by=approver, at=MONDAY + AN_HOUR * hours)

    assert [title for title in heard(recruiter) if "can go out" in title]


def test_a_no_is_told_without_what_was_written(asked: Offer, approvers: Any, recruiter: Any) -> None:
    approving.refuse_offer(offer=asked, by=approvers[0], why="9.8 million is too much", at=MONDAY + AN_HOUR)

    assert "back" in heard(recruiter)[-1]
    assert Notice.objects.of(approvers[0]).unread().count() == 0


def test_no_pay_is_in_anything_that_leaves(asked: Offer, approvers: Any, recruiter: Any) -> None:
    approving.refuse_offer(offer=asked, by=approvers[0], why="9.8 million is too much", at=MONDAY + AN_HOUR)
    relay_all(LATER)

    notices = json.dumps(list(Notice.objects.values_list("about", flat=True)))
    letters = " ".join(letter.message().as_string() for letter in post.outbox)
    assert "9.8" not in notices + letters
    assert "9800000" not in notices + letters
    assert post.outbox


def test_what_waits_too_long_is_told_to_whose_turn_it_is(asked: Offer, approvers: Any, recruiter: Any) -> None:
    data = {"to_user": approvers[0].pk, "recruiter": recruiter.pk, "due": MONDAY.isoformat(), "is_approval": True}
    record(asked, "offer.missed", by=None, at=MONDAY + AN_HOUR, data=data)

    assert "still waits for your approval" in heard(approvers[0])[-1]
    assert approvers[0].name in heard(recruiter)[-1]


@pytest.mark.parametrize("verb", ["extended", "accepted", "declined", "expired", "rescinded"])
def test_its_end_is_told_to_the_manager(verb: str, asked: Offer, recruiter: Any) -> None:
    record(asked, f"offer.{verb}", by=recruiter, at=MONDAY + AN_HOUR)
    manager = User.objects.get(job_seats__job=asked.job, job_seats__seat="hiring_manager")

    assert heard(manager)
    assert not [title for title in heard(recruiter) if "our offer" in title.lower()]
