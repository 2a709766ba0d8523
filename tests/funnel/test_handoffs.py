"""The way over a border: offered by one side with evidence, answered by the other."""

from __future__ import annotations

import pytest

from funnel import services
from funnel.handoffs.answering import (
    accept_handoff,
    decide_handoff,
    may_answer,
    reassign_handoff,
    return_handoff,
    undo_answer,
    withdraw_handoff,
)
from funnel.handoffs.offering import PacketOrder, Shown, offer_handoff, proposed_packet
from funnel.handoffs.selectors import came_back, to_settle, waiting_for
from funnel.models import Handoff, Visit
from recruiting.accounts.calendars import minutes_between
from recruiting.accounts.hours import hours_of
from recruiting.accounts.models import Absence
from recruiting.core.days import day_of, plus_days
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.models import Criterion, Gate
from recruiting.jobs.services import seat_user
from tests.builders import MONDAY, a_lead, a_manager, a_recruiter, a_sourcer, an_approver, an_interviewer
from tests.builders_candidates import a_candidate, a_document
from tests.builders_funnel import an_application, an_ended_application, fresh
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


# --- What an offer asks ---------------------------------------------------------------------------------------------


def test_a_must_that_is_not_met_is_named_in_the_refusal():
    application = an_application(through="sourcing", job=a_job_with_sides())

    with pytest.raises(Refused, match="Why this person fits the job"):
        offer_handoff(application=application, order=PacketOrder(), by=a_sourcer(), at=MONDAY)

    assert not Handoff.objects.exists()


def test_a_must_without_the_note_it_asks_for_is_named_in_the_refusal():
    application = an_application(through="sourcing", job=a_job_with_sides())
    order = a_full_order(application)
    bare = PacketOrder(shown={key: Shown(is_met=True) for key in order.shown})

    with pytest.raises(Refused, match="asks for a note") as refused:
        offer_handoff(application=application, order=bare, by=a_sourcer(), at=MONDAY)

    assert refused.value.code == "no_proof"


def test_a_document_of_somebody_else_is_no_evidence():
    application = an_application(through="screening", start="screening", job=a_job_with_sides())
    order = a_full_order(application)
    strange = a_document(a_candidate()).pk
    swapped = {key: Shown(is_met=True, note="x", document=strange) for key in order.shown}

    with pytest.raises(Refused, match="not about"):
        offer_handoff(
            application=application, order=PacketOrder(shown=swapped), by=application.job.recruiter, at=MONDAY
        )


def test_skills_and_the_cv_are_found_by_themselves():
    job = a_job_with_sides(asks=(("Python", 3),))
    application = an_application(through="screening", start="screening", job=job)
    a_full_order(application)  # puts them on file

    lines = {line.asked.criterion.proof: line.found for line in proposed_packet(application, "interview", MONDAY).lines}

    assert lines["skill"].is_met
    assert "Python" in lines["skill"].said
    assert lines["document"].document == application.candidate.documents.get().pk


def test_a_must_have_nobody_has_seen_refuses_the_offer():
    job = a_job_with_sides(asks=(("Python", 3),))
    application = an_application(through="screening", start="screening", job=job)
    a_document(application.candidate)
    lines = proposed_packet(application, "interview", MONDAY).lines
    claimed = {line.key: Shown(is_met=True, note="They say so") for line in lines}

    with pytest.raises(Refused, match="asks for the skill"):
        offer_handoff(application=application, order=PacketOrder(shown=claimed), by=job.recruiter, at=MONDAY)


def test_the_packet_stays_as_it_was_when_the_gate_is_edited():
    handoff = an_offered_handoff()
    frozen = again(handoff).packet

    Criterion.objects.filter(gate__to_stage="interview").update(text_en="Something else", weight="information")
    Gate.objects.filter(to_stage="interview").update(miss_hours=1)

    assert again(handoff).packet == frozen
    returned = return_handoff(
        handoff=again(handoff), failed=first_key(handoff), why="No", by=handoff.to_user, at=MONDAY
    )
    assert minutes_between(hours_of(handoff.from_user, MONDAY), MONDAY, returned.back_miss_at) == 12 * 60


def test_who_does_not_offer_is_refused():
    application = an_application(job=a_job_with_sides())

    with pytest.raises(Refused) as refused:
        offer_handoff(application=application, order=PacketOrder(), by=an_interviewer(), at=MONDAY)

    assert refused.value.code == "not_allowed"


def test_one_person_on_both_sides_is_accepted_at_once():
    job = a_job_with_sides()
    application = an_application(job=job)

    handoff = offer_handoff(application=application, order=PacketOrder(), by=job.recruiter, at=MONDAY)

    assert (handoff.state, handoff.is_at_once, handoff.response_minutes) == ("accepted", True, 0)
    assert fresh(application).stage == "screening"


def test_a_skip_is_offered_at_the_gate_of_the_stage_it_leads_to_and_recorded_as_skipped():
    application = an_application(through="sourcing", job=a_job_with_sides())
    order = a_full_order(application, to_stage="interview")
    handoff = offer_handoff(application=application, order=order, by=a_recruiter(), at=MONDAY, to_stage="interview")

    accept_handoff(handoff=handoff, by=handoff.to_user, at=MONDAY + AN_HOUR)

    crossed = Event.objects.get(verb="application.advanced", subject_key=application.pk)
    assert crossed.data["skipped"] == ["screening"]


def test_who_came_back_says_why_now_and_what_was_looked_at_again():
    job = a_job_with_sides()
    before = an_ended_application(job=job)
    came = an_application(
        through="screening",
        start="screening",
        job=job,
        candidate=before.candidate,
        previous=before,
        return_why="Go now",
    )
    order = a_full_order(came, rechecked="Pay and notice period")

    handoff = offer_handoff(application=came, order=order, by=job.recruiter, at=MONDAY)

    assert handoff.packet["why_now"] == "Go now"
    assert handoff.packet["rechecked"] == "Pay and notice period"


# --- Who answers -----------------------------------------------------------------------------------------------------


def test_only_who_is_asked_answers():
    handoff = an_offered_handoff()

    for stranger in (a_manager(), a_sourcer(), an_interviewer(), handoff.from_user):
        with pytest.raises(Refused) as refused:
            accept_handoff(handoff=again(handoff), by=stranger, at=MONDAY)
        assert refused.value.code == "not_allowed"


def test_a_second_holder_of_the_seat_and_a_lead_may_answer():
    handoff = an_offered_handoff()
    other = a_manager()
    seat_user(job=handoff.job, user=other, seat="hiring_manager", by=handoff.from_user, at=MONDAY)

    assert may_answer(handoff, other, MONDAY)
    assert may_answer(handoff, a_lead(), MONDAY)


def test_who_stands_in_for_somebody_away_finds_it_on_their_desk_and_may_answer():
    handoff = an_offered_handoff()
    deputy = a_recruiter()
    Absence.objects.create(
        user=handoff.to_user,
        from_on=day_of(MONDAY),
        back_on=plus_days(day_of(MONDAY), 3),
        deputy=deputy,
        created_at=MONDAY,
    )

    assert list(waiting_for(deputy, MONDAY)) == [handoff]
    assert may_answer(handoff, deputy, MONDAY)
    assert not list(waiting_for(deputy, MONDAY + 72 * AN_HOUR))


def test_a_return_names_a_criterion_of_this_very_packet_and_a_sentence():
    handoff = an_offered_handoff()
    other = Criterion.objects.filter(gate__to_stage="hire").first()

    for failed, why in ((None, "No"), (other, "No"), ("nonsense", "No"), (first_key(handoff), "  ")):
        with pytest.raises(Refused) as refused:
            return_handoff(handoff=again(handoff), failed=failed, why=why, by=handoff.to_user, at=MONDAY)
        assert refused.value.code == "invalid"


def test_the_third_return_of_a_card_asks_the_recruiting_lead():
    lead = a_lead()
    handoff = a_returned_handoff()
    for number in (2, 3):
        assert handoff.asked_lead is None
        handoff = an_offered_handoff(application=fresh(handoff.application), at=MONDAY + number * 2 * AN_HOUR)
        assert handoff.attempt == number
        handoff = a_returned_handoff(handoff=handoff, at=MONDAY + number * 2 * AN_HOUR)

    assert handoff.asked_lead.role == lead.role
    assert list(to_settle(handoff.asked_lead)) == [handoff]
    assert Event.objects.get(verb="handoff.lead_asked").data["lead"] == handoff.asked_lead.pk


def test_offering_again_takes_the_card_from_the_senders_desk_and_points_at_what_came_back():
    returned = a_returned_handoff()
    assert list(came_back(returned.from_user)) == [returned]

    second = an_offered_handoff(application=fresh(returned.application), at=MONDAY + 3 * AN_HOUR)

    assert not came_back(returned.from_user).exists()
    assert second.previous == returned


def test_a_card_is_offered_once_at_a_time():
    handoff = an_offered_handoff()

    with pytest.raises(Refused, match="Nothing was changed") as refused:
        an_offered_handoff(application=fresh(handoff.application), at=MONDAY + AN_HOUR)

    assert refused.value.code == "moved"


def test_who_sees_an_older_card_is_told_instead_of_offering_it():
    job = a_job_with_sides()
    seen = an_application(job=job)
    services.set_application_next_action(application=seen, action="Call", on=None, by=job.recruiter, at=MONDAY)
    services.advance_application(application=fresh(seen), by=job.recruiter, at=MONDAY)

    with pytest.raises(Refused, match="moved"):
        offer_handoff(application=seen, order=PacketOrder(), by=a_sourcer(), at=MONDAY)


def test_passing_on_gives_somebody_else_a_whole_clock():
    handoff = an_offered_handoff()
    was = handoff.miss_at
    lead = a_lead()

    reassign_handoff(handoff=handoff, to=lead, by=lead, at=MONDAY + 6 * AN_HOUR, why="Away")

    now = again(handoff)
    assert (now.to_user, now.asked_at) == (lead, MONDAY + 6 * AN_HOUR)
    assert now.miss_at > was
    assert Event.objects.get(verb="handoff.reassigned").why == "Away"
    with pytest.raises(Refused):
        reassign_handoff(handoff=now, to=an_interviewer(), by=lead, at=MONDAY + 7 * AN_HOUR)


def test_an_answer_is_taken_back_only_by_who_gave_it_and_only_for_a_minute():
    handoff = a_returned_handoff()
    answered = handoff.answered_at

    with pytest.raises(Refused):
        undo_answer(handoff=again(handoff), by=a_lead(), at=answered)
    with pytest.raises(Refused, match="more than a minute"):
        undo_answer(handoff=again(handoff), by=handoff.to_user, at=answered + AN_HOUR)
    undo_answer(handoff=again(handoff), by=handoff.to_user, at=answered)

    now = again(handoff)
    assert (now.state, now.why, now.failed, now.back_miss_at) == ("offered", "", None, None)


def test_an_acceptance_stays_once_the_card_went_on():
    handoff = an_accepted_handoff()
    card = fresh(handoff.application)
    services.move_to_step(
        application=card,
        step=card.job.steps.filter(stage="interview").order_by("-position").first(),
        by=handoff.to_user,
        at=handoff.answered_at + AN_HOUR / 120,
    )

    with pytest.raises(Refused, match="has happened"):
        undo_answer(handoff=again(handoff), by=handoff.to_user, at=handoff.answered_at + AN_HOUR / 100)


def test_a_decided_handoff_is_only_marked_here():
    handoff = an_offered_handoff()

    decide_handoff(handoff=handoff, by=handoff.to_user, at=MONDAY + AN_HOUR, why="skill.interview")

    assert again(handoff).state == "decided"
    assert again(handoff).response_minutes == 60


def test_an_approver_who_answers_moves_the_card_without_the_right_to_move_cards():
    approver = an_approver()
    job = a_job_with_sides()
    seat_user(job=job, user=approver, seat="hiring_manager", by=job.recruiter, at=MONDAY)
    handoff = an_offered_handoff(job=job, to=approver)

    accept_handoff(handoff=handoff, by=approver, at=MONDAY + AN_HOUR)

    assert fresh(handoff.application).stage == "interview"
