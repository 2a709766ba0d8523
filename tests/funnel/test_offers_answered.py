"""Offers once approved: out and answered, left by another way, on whose clock, and two people at once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.conf import settings as house

from funnel import leaving, services
from funnel.models import Approval, Offer, OfferState
from funnel.offers import answering, approving, clocks, drafting, ending, selectors
from funnel.offers.changing import seen_of
from recruiting.candidates.models import Candidate
from recruiting.core.models import Event, OutboxMessage
from recruiting.core.refused import Refused
from recruiting.jobs.models import OpeningState, Seat
from recruiting.jobs.services import seat_user
from tests.builders import MONDAY, a_lead, a_manager, a_recruiter, an_approver, at_once, moment
from tests.builders_funnel import an_application, fresh
from tests.builders_jobs import an_open_job
from tests.builders_offers import (
    STARTS,
    a_chosen_person,
    a_drafted_offer,
    a_job_with_band,
    a_waiting_offer,
    an_approved_offer,
    an_extended_offer,
    an_offer_in,
    the_terms,
)

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def again(offer: Offer) -> Offer:
    return Offer.objects.get(pk=offer.pk)


def events_of(offer: Offer) -> list[str]:
    told = Event.objects.filter(subject="offer", subject_key=offer.pk).order_by("id")
    return list(told.values_list("verb", flat=True))


# --- Out, and answered ------------------------------------------------------------------------------------------------


def test_an_offer_goes_out_only_approved_and_until_a_day_to_come(recruiter, approver):
    offer = an_approved_offer(by=recruiter, approvers=[approver])

    with pytest.raises(Refused, match="cannot lie in the past"):
        answering.extend_offer(offer=offer, by=recruiter, at=MONDAY, expires_on=date(2026, 11, 1))
    offer = answering.extend_offer(offer=offer, by=recruiter, at=MONDAY)

    assert offer.expires_on == date(2026, 11, 2) + house.OFFER_ANSWER_DAYS * A_DAY
    assert (offer.warn_at, offer.miss_at) == (None, None)


def test_they_get_more_days_never_fewer(recruiter):
    offer = an_extended_offer(by=recruiter, expires_on=date(2026, 11, 9))

    assert answering.extend_offer(
        offer=offer, by=recruiter, at=MONDAY, expires_on=date(2026, 11, 16)
    ).expires_on == date(2026, 11, 16)
    with pytest.raises(Refused, match="until then already"):
        answering.extend_offer(offer=offer, by=recruiter, at=MONDAY, expires_on=date(2026, 11, 12))


def test_accepting_hires_from_the_day_the_offer_names(recruiter):
    offer = an_extended_offer(by=recruiter)

    offer = answering.accept_offer(offer=offer, by=recruiter, at=MONDAY + A_DAY)

    row = fresh(offer.application)
    assert (offer.state, row.outcome, row.opening.state) == ("accepted", "hired", OpeningState.FILLED)
    assert Candidate.objects.get(pk=row.candidate_id).employed_on == STARTS


def test_of_two_offers_for_the_last_opening_the_second_is_refused_whole(recruiter, approver):
    job = a_job_with_band(approver)
    first, second = (
        an_extended_offer(by=recruiter, approvers=[approver], application=a_chosen_person(by=recruiter, job=job))
        for _number in range(2)
    )
    answering.accept_offer(offer=first, by=recruiter, at=MONDAY)

    with pytest.raises(Refused, match="no open opening"):
        answering.accept_offer(offer=second, by=recruiter, at=MONDAY)

    assert again(second).state == OfferState.EXTENDED
    assert fresh(second.application).outcome == "active"


def test_nobody_accepts_while_on_hold_or_after_the_last_day(recruiter):
    offer = an_extended_offer(by=recruiter)
    with pytest.raises(Refused, match="ran out on 9 Nov 2026"):
        answering.accept_offer(offer=offer, by=recruiter, at=moment("2026-11-10", "00:00"))

    services.hold_application(
        application=fresh(offer.application), until=date(2026, 11, 20), reason="Frozen", by=recruiter, at=MONDAY
    )

    with pytest.raises(Refused, match="is on hold"):
        answering.accept_offer(offer=offer, by=recruiter, at=MONDAY)


def test_a_hire_recorded_without_an_offer_stays_possible_but_not_beside_one(recruiter):
    offer = an_extended_offer(by=recruiter)

    with pytest.raises(Refused, match="has an open offer"):
        services.hire_application(application=fresh(offer.application), starts_on=STARTS, by=recruiter, at=MONDAY)
    answering.rescind_offer(offer=offer, why="Written elsewhere", by=recruiter, at=MONDAY)

    hired = services.hire_application(application=fresh(offer.application), starts_on=STARTS, by=recruiter, at=MONDAY)
    assert hired.outcome == "hired"


def test_taking_back_needs_a_sentence_and_leaves_the_person_where_they_stand(recruiter):
    offer = an_extended_offer(by=recruiter)
    with pytest.raises(Refused, match="Say why"):
        answering.rescind_offer(offer=offer, why=" ", by=recruiter, at=MONDAY)

    offer = answering.rescind_offer(offer=offer, why="The budget is gone", by=recruiter, at=MONDAY)

    assert (offer.state, offer.why, fresh(offer.application).outcome) == ("rescinded", "The budget is gone", "active")
    assert "budget" not in str(OutboxMessage.objects.filter(topic="offer.rescinded").values())


def test_an_offer_runs_out_at_the_first_moment_of_the_next_day_once(recruiter):
    offer = an_extended_offer(by=recruiter, expires_on=date(2026, 11, 9))

    assert answering.expire_offers(moment("2026-11-09", "23:59")) == 0
    assert answering.expire_offers(moment("2026-11-10", "00:00")) == 1
    assert answering.expire_offers(moment("2026-11-12")) == 0

    assert again(offer).state == OfferState.EXPIRED
    assert fresh(offer.application).outcome == "active"
    assert events_of(offer).count("offer.expired") == 1


def test_a_late_run_does_not_end_what_was_answered_or_given_more_days(recruiter):
    longer, answered = an_extended_offer(by=recruiter), an_extended_offer(by=recruiter)
    stale = [again(longer), again(answered)]
    answering.extend_offer(offer=longer, by=recruiter, at=MONDAY, expires_on=date(2026, 11, 30))
    answering.accept_offer(offer=answered, by=recruiter, at=MONDAY)

    assert [answering.expire(offer=each, at=moment("2026-11-12")) for each in stale] == [False, False]


# --- Leaving by another way -------------------------------------------------------------------------------------------


WAYS = {
    "leave": lambda row, by: leaving.leave(application=row, by=by, at=MONDAY),
    "step_back": lambda row, by: services.step_back(application=row, to="interview", by=by, at=MONDAY),
    "correct": lambda row, by: services.correct_stage(application=row, to="interview", by=by, at=MONDAY),
}


@pytest.mark.parametrize("state", ["draft", "waiting", "approved"])
@pytest.mark.parametrize("way", WAYS)
def test_what_nobody_has_seen_yet_is_taken_back_with_the_move(recruiter, approver, state, way):
    offer = an_offer_in(state, by=recruiter, approver=approver)
    row, because = fresh(offer.application), "left" if way == "leave" else "stage"

    WAYS[way](row, recruiter)

    now = again(offer)
    assert (now.state, now.why, now.miss_at) == (OfferState.RESCINDED, because, None)
    assert str(ending.BECAUSE[now.why])
    assert not now.approvals.filter(state=Approval.WAITING).exists()


@pytest.mark.parametrize("way", WAYS)
def test_with_an_offer_out_nobody_leaves_or_goes_back(recruiter, way):
    offer = an_extended_offer(by=recruiter)
    row = fresh(offer.application)

    with pytest.raises(Refused, match=row.candidate.name) as no:
        WAYS[way](row, recruiter)

    assert no.value.code == "offer_open"
    now = fresh(row)
    assert (now.stage, now.outcome, again(offer).state) == ("hire", "active", "extended")


def test_whoever_may_not_know_of_offers_is_told_whose_it_is_and_no_more(recruiter, sourcer):
    offer = an_extended_offer(by=recruiter)

    with pytest.raises(Refused) as no:
        leaving.leave(application=fresh(offer.application), by=sourcer, at=MONDAY)

    assert "offer" not in no.value.message.lower()
    assert offer.application.candidate.name in no.value.message


@pytest.mark.parametrize("back", ["step_back", "correct"])
def test_in_a_bulk_move_back_who_has_an_offer_out_stays_and_is_named(recruiter, approver, back):
    job = a_job_with_band(approver)
    out, drafted = (a_chosen_person(by=recruiter, job=job) for _number in range(2))
    an_extended_offer(by=recruiter, approvers=[approver], application=out)
    draft = a_drafted_offer(by=recruiter, application=drafted)
    step = job.steps.filter(stage="interview").first()

    moved = services.move_applications(keys=[out.pk, drafted.pk], step=step, by=recruiter, at=MONDAY, back=back)

    assert moved.moved == [drafted.pk]
    assert [out.candidate.name in said for said in moved.refused] == [True]
    assert again(draft).state == OfferState.RESCINDED


# --- Clocks -----------------------------------------------------------------------------------------------------------


def test_whose_turn_it_is_is_reminded_once_and_told_late_once(recruiter, approver):
    offer = a_waiting_offer(by=recruiter, approvers=[approver])  # Monday 10:00: 4 h end at 15:00, 8 h on Wednesday
    warns, misses = offer.warn_at, offer.miss_at
    assert (warns, misses) == (moment("2026-11-02", "15:00"), moment("2026-11-04", "10:00"))  # the 3rd is a holiday

    said = [clocks.remind(at) for at in (warns - A_DAY, warns, warns, misses, misses + A_DAY)]

    assert said == [0, 1, 0, 1, 0]
    assert events_of(offer)[-2:] == ["offer.warned", "offer.missed"]
    assert {each.data["to_user"] for each in Event.objects.filter(verb="offer.warned")} == {approver.pk}


def test_a_late_run_says_only_that_it_is_late(recruiter, approver):
    offer = a_waiting_offer(by=recruiter, approvers=[approver])

    assert [clocks.remind(MONDAY + 10 * A_DAY), clocks.remind(MONDAY + 11 * A_DAY)] == [1, 0]
    assert events_of(offer)[-1] == "offer.missed"


def test_each_turn_has_its_own_clock_and_the_recruiter_the_last(recruiter):
    first, second = an_approver(), a_lead()
    offer = a_waiting_offer(by=recruiter, approvers=[first, second])
    clocks.remind(moment("2026-11-02", "15:00"))

    offer = approving.approve_offer(offer=offer, by=first, at=moment("2026-11-04", "09:00"))
    assert (offer.warned_at, offer.warn_at) == (None, moment("2026-11-04", "14:00"))
    offer = approving.approve_offer(offer=offer, by=second, at=moment("2026-11-05", "09:00"))

    assert offer.warn_at == moment("2026-11-05", "14:00")
    assert clocks.remind(moment("2026-11-05", "14:00")) == 1
    assert Event.objects.filter(verb="offer.warned").latest("id").data["to_user"] == recruiter.pk


def test_while_the_card_is_on_hold_nobody_is_reminded(recruiter, approver):
    offer = a_waiting_offer(by=recruiter, approvers=[approver])
    services.hold_application(
        application=fresh(offer.application), until=date(2026, 11, 20), reason="Frozen", by=recruiter, at=MONDAY
    )

    assert clocks.remind(MONDAY + 9 * A_DAY) == 0


# --- Two at once ------------------------------------------------------------------------------------------------------


def test_the_second_reads_who_was_first_and_when(recruiter, approver):
    colleague = a_recruiter()
    offer = an_approved_offer(by=recruiter, approvers=[approver])
    seen = seen_of(offer)
    answering.extend_offer(offer=offer, by=colleague, at=MONDAY)

    with pytest.raises(Refused) as no:
        drafting.revise_offer(
            offer=offer, terms=the_terms(1), by=recruiter, at=MONDAY + timedelta(minutes=2), seen=seen
        )

    assert no.value.code == "moved"
    assert colleague.name in no.value.message
    assert "2 minutes ago" in no.value.message


@pytest.mark.django_db(transaction=True)
def test_of_an_approver_and_their_deputy_one_wins():
    recruiter, approver, deputy = a_recruiter(), an_approver(), a_manager()
    offer = a_waiting_offer(by=recruiter, approvers=[approver])
    seat_user(job=offer.job, user=deputy, seat=Seat.APPROVER, deputy_for=approver, by=recruiter, at=MONDAY)

    said = at_once(
        lambda: approving.approve_offer(offer=again(offer), by=approver, at=MONDAY),
        lambda: approving.refuse_offer(offer=again(offer), why="Too much", by=deputy, at=MONDAY),
    )

    assert said == ["", "moved"]
    assert again(offer).state in (OfferState.APPROVED, OfferState.DRAFT)
    assert offer.approvals.exclude(by=None).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_accepting_and_taking_back_one_wins():
    recruiter, lead = a_recruiter(), a_lead()
    offer = an_extended_offer(by=recruiter)

    said = at_once(
        lambda: answering.accept_offer(offer=again(offer), by=recruiter, at=MONDAY),
        lambda: answering.rescind_offer(offer=again(offer), why="No budget", by=lead, at=MONDAY),
    )

    assert said == ["", "moved"]
    hired = fresh(offer.application).outcome == "hired"
    assert hired == (again(offer).state == OfferState.ACCEPTED)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_draft_for_one_person_one_wins():
    recruiter, lead = a_recruiter(), a_lead()
    row = a_chosen_person(an_approver(), by=recruiter)

    said = at_once(
        lambda: drafting.draft_offer(application=row, terms=the_terms(), by=recruiter, at=MONDAY),
        lambda: drafting.draft_offer(application=row, terms=the_terms(1), by=lead, at=MONDAY),
    )

    assert said == ["", "open_offer"]


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_end_an_offer_once():
    offer = an_extended_offer(by=a_recruiter())
    later = moment("2026-11-20")

    at_once(lambda: answering.expire_offers(later), lambda: answering.expire_offers(later))

    assert events_of(offer).count("offer.expired") == 1


def test_no_event_of_an_offer_carries_its_figures(recruiter, approver):
    offer = a_drafted_offer(
        by=recruiter,
        application=a_chosen_person(approver, by=recruiter),
        terms=the_terms(9_876_543, note="Bonus 1234567"),
    )
    offer = drafting.revise_offer(offer=offer, terms=the_terms(9_765_432), by=recruiter, at=MONDAY)
    offer = approving.ask_approval(offer=offer, approvers=[approver], by=recruiter, at=MONDAY)
    offer = approving.approve_offer(offer=offer, by=approver, at=MONDAY)
    offer = answering.extend_offer(offer=offer, by=recruiter, at=MONDAY)
    answering.accept_offer(offer=offer, by=recruiter, at=MONDAY)

    written = str(list(Event.objects.values())) + str(list(OutboxMessage.objects.values()))
    assert not [figure for figure in ("9876543", "9765432", "1234567") if figure in written]


def test_an_unused_job_has_no_offers(recruiter):
    assert selectors.offers_of(an_application(job=an_open_job(), by=recruiter), recruiter, MONDAY) == []
