"""What a packet tells whom: what was noted about pay, and where somebody came back from."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel.handoffs import reading
from funnel.handoffs.answering import return_handoff
from funnel.handoffs.offering import PacketOrder, Shown, offer_handoff, proposed_packet
from recruiting.jobs.models import Criterion, Seat
from recruiting.jobs.services import seat_user
from tests.builders import a_recruiter, a_sourcer, an_interviewer
from tests.builders_funnel import an_application, an_ended_application
from tests.builders_handoffs import a_full_order, a_job_with_sides, again, an_offered_handoff, first_key
from tests.builders_jobs import an_open_job

pytestmark = pytest.mark.django_db
AN_HOUR = timedelta(hours=1)
SUM = "They ask for 9.4 million"


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def offered(now, manager):
    """A card whose packet says a sum where the gate asks about pay."""
    row = an_application(job=a_job_with_sides(manager=manager, at=now - AN_HOUR), through="screening", at=now - AN_HOUR)
    full = a_full_order(row, at=now)
    asked = {line.key: line.asked.criterion for line in proposed_packet(row, "interview", now).lines}
    shown = {
        key: Shown(is_met=each.is_met, note=SUM if asked[key].is_about_pay else "Said so in the call")
        for key, each in full.shown.items()
    }
    assert any(each.is_about_pay for each in asked.values())
    order = PacketOrder(summary=full.summary, shown=shown, rechecked="Asked for their notice period again")
    return offer_handoff(application=row, order=order, by=row.job.recruiter, at=now, to_stage="interview")


def said(handoff, reader):
    return [line.said for line in reading.packet_of(again(handoff), {}, reader).lines]


def test_what_is_noted_about_pay_is_for_those_who_see_pay(offered):
    assert SUM in said(offered, offered.to_user)
    assert SUM not in said(offered, an_interviewer())
    assert "Said so in the call" in said(offered, an_interviewer())


def test_an_interviewer_of_the_job_reads_only_that_pay_is_met(client, offered, now):
    user = an_interviewer()
    seat_user(job=offered.job, user=user, seat=Seat.INTERVIEWER, by=None, at=now)
    client.force_login(user)

    page = client.get(reverse("funnel:handoff", args=[offered.pk]))

    assert SUM not in page.content.decode()


def test_what_was_frozen_stays_about_pay_when_the_gate_says_otherwise_later(offered):
    Criterion.objects.update(is_about_pay=False)

    assert SUM not in said(offered, an_interviewer())


def test_a_sender_who_sees_no_pay_is_not_shown_the_note_of_the_last_time(client, offered, now):
    return_handoff(handoff=offered, failed=first_key(offered), why="Ask again", by=offered.to_user, at=now)
    sourcer = a_sourcer()
    client.force_login(sourcer)

    page = client.get(reverse("funnel:offer_handoff", args=[offered.application_id])).content.decode()

    assert SUM not in page
    assert "Said so in the call" in page


# --- Somebody who came back -------------------------------------------------------------------------------------------


@pytest.fixture
def back(now, manager):
    """Offered to the manager of one job; they had left another job before."""
    before = an_ended_application(job=an_open_job("Data engineer"), at=now - 20 * AN_HOUR)
    job = a_job_with_sides(manager=manager, at=now - AN_HOUR)
    row = an_application(
        job=job,
        start="screening",
        through="screening",
        candidate=before.candidate,
        previous=before,
        return_why="Confirmed Go since the exit from Data engineer",
        at=now - AN_HOUR,
    )
    order = a_full_order(row, at=now, rechecked="Asked for their notice period again")
    return an_offered_handoff(application=row, order=order, at=now)


def read(client, handoff, user):
    client.force_login(user)
    return client.get(reverse("funnel:handoff", args=[handoff.pk])).content.decode()


def test_a_manager_reads_that_there_was_a_cycle_and_when_but_not_of_which_job(client, back, manager):
    page = read(client, back, manager)

    assert "Here before, until" in page
    assert "Asked for their notice period again" in page
    assert "Data engineer" not in page


def test_who_sees_the_earlier_job_reads_why_now(client, back, manager, now):
    earlier = back.application.previous.job
    seat_user(job=earlier, user=manager, seat=Seat.HIRING_MANAGER, by=None, at=now)

    assert "Confirmed Go since the exit from Data engineer" in read(client, back, manager)
    assert "Confirmed Go since the exit from Data engineer" in read(client, back, a_recruiter())
