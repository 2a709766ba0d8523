"""What stands still with a card goes on with what was left, and what was a slip leaves no trace outside the house."""

from __future__ import annotations

from datetime import timedelta

import pytest

from funnel import services
from funnel.handoffs.answering import accept_handoff, reassign_handoff, undo_answer
from funnel.handoffs.offering import proposed_packet
from funnel.interviews import planning, selectors
from funnel.jobs import hold_job, resume_job
from funnel.models import InterviewState, Offer, Scorecard
from recruiting.core.days import day_of
from recruiting.core.refused import Refused
from recruiting.jobs.models import Proof
from recruiting.jobs.services import seat_user
from recruiting.notices.models import Mail
from tests.builders import MONDAY, a_lead, a_manager, a_recruiter, an_approver, an_interviewer, moment
from tests.builders_funnel import A_DAY, an_application, an_ended_application, fresh
from tests.builders_handoffs import (
    AN_HOUR,
    a_job_with_sides,
    a_plain_scorecard,
    again,
    an_accepted_handoff,
    an_offered_handoff,
)
from tests.builders_interviews import STARTS, a_letter, an_interview, now_of, some_terms
from tests.builders_offers import a_drafted_offer, a_waiting_offer
from tests.notices.builders import relay_all

pytestmark = pytest.mark.django_db
BEFORE = STARTS - A_DAY


# --- Clocks while a card is on hold -----------------------------------------------------------------------------------


def hold(application, at):
    until = (at + 14 * A_DAY).date()
    services.hold_application(application=application, until=until, reason="On holiday", by=a_recruiter(), at=at)


def test_the_clock_of_planning_goes_on_with_what_was_left_of_it():
    """Twelve working hours from Wednesday 10:00; held after five of them, for a week."""
    owner = a_recruiter()
    application = an_application(through="interview", owner=owner, by=owner)
    hold(application, moment("2026-11-04", "15:00"))

    back = moment("2026-11-11", "15:00")
    services.resume_application(application=fresh(application), by=owner, at=back)

    (line,) = selectors.unplanned(owner, back)
    assert line.warn_at > back
    assert line.miss_at == moment("2026-11-12", "15:00")


def test_a_job_that_goes_on_takes_the_clocks_of_its_people_with_it():
    owner = a_recruiter()
    application = an_application(through="interview", owner=owner, by=owner)
    job, stood = fresh(application).job, moment("2026-11-04", "15:00")
    hold_job(job=job, reason="Budget", until=(stood + 20 * A_DAY).date(), by=a_lead(), at=stood)

    back = moment("2026-11-11", "15:00")
    resume_job(job=fresh(application).job, by=a_lead(), at=back)

    (line,) = selectors.unplanned(owner, back)
    assert line.miss_at == moment("2026-11-12", "15:00")


def test_an_approver_has_after_a_hold_what_was_left_before_it():
    offer = a_waiting_offer(by=a_recruiter(), approvers=[an_approver()])
    application = fresh(offer.application)
    hold(application, MONDAY + AN_HOUR)

    services.resume_application(application=fresh(application), by=a_recruiter(), at=MONDAY + 7 * A_DAY + AN_HOUR)

    now = Offer.objects.get(pk=offer.pk)
    assert offer.miss_at == moment("2026-11-04")  # the third is a holiday
    assert (now.warn_at, now.miss_at) == (offer.warn_at + 7 * A_DAY, moment("2026-11-10"))


# --- An acceptance that somebody builds on ----------------------------------------------------------------------------


def test_an_acceptance_stays_once_an_interview_is_planned():
    handoff = an_accepted_handoff()
    at = handoff.answered_at + timedelta(seconds=20)
    planning.plan_interview(application=fresh(handoff.application), terms=some_terms(), by=a_recruiter(), at=at)

    with pytest.raises(Refused, match="has happened"):
        undo_answer(handoff=again(handoff), by=handoff.to_user, at=at + timedelta(seconds=20))

    assert fresh(handoff.application).stage == "interview"


def test_an_acceptance_stays_once_an_offer_is_drafted():
    handoff = an_accepted_handoff(to_stage="hire")
    at = handoff.answered_at + timedelta(seconds=20)
    a_drafted_offer(application=fresh(handoff.application), by=a_recruiter(), at=at)

    with pytest.raises(Refused, match="has happened"):
        undo_answer(handoff=again(handoff), by=handoff.to_user, at=at + timedelta(seconds=20))


def test_whoever_looked_before_the_card_was_passed_on_no_longer_answers_it():
    handoff = an_offered_handoff()
    seen, was, lead = again(handoff), handoff.to_user, a_lead()
    was.job_seats.filter(job=handoff.job).update(until=MONDAY)
    reassign_handoff(handoff=again(handoff), to=lead, by=lead, at=MONDAY + AN_HOUR)

    with pytest.raises(Refused, match="not offered to you"):
        accept_handoff(handoff=seen, by=was, at=MONDAY + 2 * AN_HOUR)

    assert again(handoff).state == "offered"


def test_an_answer_counts_from_when_its_giver_was_asked_whatever_they_had_on_their_screen():
    handoff, lead = an_offered_handoff(), a_lead()
    seen = again(handoff)
    reassign_handoff(handoff=again(handoff), to=lead, by=lead, at=MONDAY + 3 * AN_HOUR)

    accept_handoff(handoff=seen, by=lead, at=MONDAY + 4 * AN_HOUR)

    assert again(handoff).to_user == lead
    assert again(handoff).miss_at > MONDAY + 3 * AN_HOUR


# --- An interview called off by mistake -------------------------------------------------------------------------------


def letters(method):
    return Mail.objects.filter(invitation_method=method).count()


def test_an_interview_put_back_at_once_writes_nobody():
    interview, by = an_interview(), a_recruiter()
    asked = letters("REQUEST")
    planning.cancel_interview(interview=interview, by=by, at=BEFORE + AN_HOUR)
    relay_all(BEFORE + AN_HOUR + timedelta(seconds=5))

    planning.undo_interview(interview=interview, by=by, at=BEFORE + AN_HOUR + timedelta(seconds=9))
    relay_all(BEFORE + 2 * AN_HOUR)

    assert (letters("CANCEL"), letters("REQUEST")) == (0, asked)


def test_an_interview_put_back_after_the_letters_left_is_in_the_calendars_again():
    interview, by = an_interview(), a_recruiter()
    planning.cancel_interview(interview=interview, by=by, at=BEFORE + AN_HOUR)
    relay_all(BEFORE + AN_HOUR + timedelta(seconds=30))

    planning.undo_interview(interview=interview, by=by, at=BEFORE + AN_HOUR + timedelta(seconds=40))

    newest = Mail.objects.order_by("-pk").first()
    assert (newest.invitation_method, "SEQUENCE:2" in newest.invitation) == ("REQUEST", True)


def test_what_the_person_was_written_is_not_put_back():
    interview, by = an_interview(), a_recruiter()
    letter = a_letter(interview.application)
    planning.cancel_interview(interview=interview, by=by, at=BEFORE, letter=letter)

    with pytest.raises(Refused, match="Plan a new interview"):
        planning.undo_interview(interview=interview, by=by, at=BEFORE + timedelta(seconds=9))

    assert now_of(interview).state == InterviewState.CANCELLED


# --- Scorecards of an earlier cycle -----------------------------------------------------------------------------------


def found(application, at, by=None):
    lines = proposed_packet(fresh(application), "hire", at, by=by).lines
    return next(line.found for line in lines if line.asked.criterion.proof == Proof.SCORECARD)


@pytest.fixture
def back_again():
    """They were assessed for this very job in an earlier cycle, and stand in its interview stage again."""
    job = a_job_with_sides()
    before = an_ended_application(job=job, through="interview")
    card = a_plain_scorecard(before, at=MONDAY + 5 * A_DAY)
    Scorecard.objects.filter(pk=card.pk).update(valid_until=day_of(MONDAY + 100 * A_DAY))
    row = an_application(
        job=job, start="interview", through="interview", candidate=before.candidate, at=MONDAY + 20 * A_DAY
    )
    return row, card


def test_a_scorecard_of_an_earlier_cycle_for_the_same_job_counts_while_it_is_valid(back_again):
    row, card = back_again

    assert found(row, MONDAY + 30 * A_DAY).scorecard == card.pk
    assert found(row, MONDAY + 100 * A_DAY).scorecard is None


def test_a_scorecard_for_another_job_is_no_evidence_here(back_again):
    row, _card = back_again
    elsewhere = an_application(
        job=a_job_with_sides(), start="interview", through="interview", candidate=row.candidate, at=MONDAY + 21 * A_DAY
    )

    assert found(elsewhere, MONDAY + 30 * A_DAY).scorecard is None


def test_whoever_owes_a_scorecard_is_shown_nobody_elses_while_they_offer(back_again):
    row, _card = back_again
    manager = a_manager()
    seat_user(job=row.job, user=manager, seat="hiring_manager", by=None, at=MONDAY)
    an_interview(application=row, interviewers=(manager,), starts_at=MONDAY + 29 * A_DAY)
    a_plain_scorecard(row, user=an_interviewer(), at=MONDAY + 28 * A_DAY)

    assert found(row, MONDAY + 30 * A_DAY, by=a_recruiter()).scorecard is not None
    here = found(row, MONDAY + 30 * A_DAY, by=manager).scorecard
    assert here is None or Scorecard.objects.get(pk=here).application_id != row.pk
