"""A declined offer is an exit; closing, moving and letting go wait for the answer to one that is out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from funnel import services
from funnel.models import Application, Offer, OfferState
from funnel.offers import answering
from recruiting.candidates.models import Candidate
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, OpeningState
from recruiting.jobs.services import add_opening, approve_opening
from recycling import jobs, leaving
from recycling.blocks import blocks_of
from recycling.models import Exit, ExitReason, PoolEntry
from recycling.offers import decline_offer, fitting_first
from tests.builders import MONDAY, a_lead, a_recruiter, an_approver, at_once, moment
from tests.builders_funnel import fresh
from tests.builders_jobs import an_open_job
from tests.builders_offers import a_chosen_person, a_drafted_offer, a_job_with_band, an_extended_offer, an_offer_in
from tests.builders_recycling import again, an_order

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)


def declined(offer, key="terms.pay", at=MONDAY + A_DAY, **more):
    return decline_offer(offer=offer, order=an_order(key, side="they", **more), by=a_recruiter(), at=at)


def test_who_declines_for_pay_rests_until_a_job_covers_the_floor_they_named(recruiter):
    offer = an_extended_offer(by=recruiter)

    exit = declined(offer, pay_floor=Decimal(11_000_000))

    offer, entry = again(offer), PoolEntry.objects.get(left=exit.application)
    assert (offer.state, offer.why, exit.side) == (OfferState.DECLINED, "terms.pay", "they")
    assert Candidate.objects.get(pk=exit.candidate_id).pay_floor == 11_000_000
    assert (entry.state, entry.conditions.get().reason.key) == ("resting", "terms.pay")
    assert fresh(exit.application).outcome == "exited"


def test_the_floor_is_asked_for_or_nothing_happens_at_all(recruiter):
    offer = an_extended_offer(by=recruiter)

    with pytest.raises(Refused, match="pay they need at least"):
        declined(offer, pay_floor=None)

    assert again(offer).state == OfferState.EXTENDED
    assert not Event.objects.filter(verb="offer.declined").exists()


def test_who_declines_decided_it_themselves(recruiter):
    offer = an_extended_offer(by=recruiter)

    with pytest.raises(Refused, match="decides it themselves"):
        decline_offer(offer=offer, order=an_order("skill.senior"), by=recruiter, at=MONDAY)


@pytest.mark.parametrize("state", ["draft", "waiting", "approved", "accepted", "rescinded"])
def test_only_what_is_out_can_be_declined(recruiter, approver, state):
    offer = an_offer_in(state, by=recruiter, approver=approver)

    with pytest.raises(Refused):
        declined(offer, "interest.stayed")

    assert not Exit.objects.exists()


def test_undoing_the_exit_puts_the_offer_out_again(recruiter):
    offer = an_extended_offer(by=recruiter)
    exit = declined(offer, "interest.other_offer")

    leaving.undo_exit(exit=exit, by=recruiter, at=MONDAY + 2 * A_DAY)

    now = again(offer)
    assert (now.state, now.resolved_at, now.why, now.expires_on) == ("extended", None, "", date(2026, 11, 9))
    assert answering.accept_offer(offer=now, by=recruiter, at=MONDAY + 3 * A_DAY).state == OfferState.ACCEPTED


def test_after_its_last_day_an_undone_exit_leaves_the_offer_declined(recruiter):
    offer = an_extended_offer(by=recruiter)
    exit = declined(offer, "interest.other_offer")

    leaving.undo_exit(exit=exit, by=recruiter, at=moment("2026-11-10"))

    assert again(offer).state == OfferState.DECLINED
    assert fresh(exit.application).outcome == "active"


def test_an_earlier_decline_is_not_reopened_by_undoing_another_exit(recruiter):
    offer = an_extended_offer(by=recruiter)
    first = declined(offer, "interest.other_offer")
    leaving.undo_exit(exit=first, by=recruiter, at=moment("2026-11-10"))
    application = fresh(first.application)
    other = leaving.exit_application(
        application=application, order=an_order("interest.withdrew"), by=recruiter, at=moment("2026-11-11")
    )

    leaving.undo_exit(exit=other, by=recruiter, at=moment("2026-11-12"))

    assert again(offer).state == OfferState.DECLINED


# --- What waits for the answer ----------------------------------------------------------------------------------------


@pytest.fixture
def two_out(recruiter, approver):
    """Two people with an offer out and one whose offer is a draft, all for one job."""
    job = a_job_with_band(approver, recruiter=recruiter)
    people = [a_chosen_person(by=recruiter, job=job) for _number in range(3)]
    out = [an_extended_offer(by=recruiter, approvers=[approver], application=person) for person in people[:2]]
    return job, out, a_drafted_offer(by=recruiter, application=people[2])


@pytest.mark.parametrize("state", ["filled", "cancelled"])
def test_a_job_is_not_closed_over_an_offer_that_is_out(recruiter, two_out, state):
    job, out, draft = two_out

    with pytest.raises(Refused) as no:
        jobs.close_job(job=job, state=state, by=recruiter, at=MONDAY)

    assert all(offer.application.candidate.name in no.value.message for offer in out)
    assert draft.application.candidate.name not in no.value.message
    assert Job.objects.get(pk=job.pk).state == "open"
    assert Application.objects.live().filter(job=job).count() == 3


def test_once_they_are_answered_it_closes_and_takes_drafts_back(recruiter, two_out):
    job, out, draft = two_out
    answering.rescind_offer(offer=out[0], why="No budget", by=recruiter, at=MONDAY)
    declined(out[1], "interest.stayed", at=MONDAY)

    jobs.close_job(job=Job.objects.get(pk=job.pk), state="cancelled", by=recruiter, at=MONDAY)

    assert (again(draft).state, again(draft).why) == (OfferState.RESCINDED, "left")


def test_many_let_go_at_once_are_all_named(recruiter, two_out):
    _job, out, _draft = two_out

    with pytest.raises(Refused) as no:
        leaving.exit_many(
            applications=[fresh(offer.application) for offer in out],
            order=an_order("interest.withdrew"),
            by=recruiter,
            at=MONDAY,
        )

    assert out[0].application.candidate.name in no.value.message
    assert not Exit.objects.exists()


def test_nobody_moves_to_another_job_with_an_offer_in_hand(recruiter):
    offer = an_extended_offer(by=recruiter)

    with pytest.raises(Refused, match="An offer waits for an answer"):
        leaving.move_to_another_job(
            application=fresh(offer.application), job=an_open_job(), stage="interview", by=recruiter, at=MONDAY
        )


def test_a_draft_does_not_hold_anybody_back(recruiter):
    offer = a_drafted_offer(by=recruiter)

    leaving.move_to_another_job(
        application=fresh(offer.application), job=an_open_job(), stage="interview", by=recruiter, at=MONDAY
    )

    assert again(offer).state == OfferState.RESCINDED


# --- After the yes ----------------------------------------------------------------------------------------------------


def test_who_accepted_and_did_not_start_leaves_the_seat_open_and_the_offer_accepted(recruiter):
    offer = answering.accept_offer(offer=an_extended_offer(by=recruiter), by=recruiter, at=MONDAY)
    row = fresh(offer.application)

    leaving.did_not_start(application=row, order=an_order("interest.other_offer"), by=recruiter, at=MONDAY + 30 * A_DAY)

    assert again(offer).state == OfferState.ACCEPTED
    assert row.job.openings.get().state == OpeningState.OPEN
    assert Candidate.objects.get(pk=row.candidate_id).employed_on is None


@pytest.mark.parametrize("state", ["draft", "waiting", "approved", "extended"])
def test_an_open_offer_blocks_proposing_the_person(recruiter, approver, state):
    offer = an_offer_in(state, by=recruiter, approver=approver)

    assert "in_process" in [block.key for block in blocks_of(offer.application.candidate, MONDAY)]


@pytest.mark.django_db(transaction=True)
def test_of_a_yes_and_a_no_recorded_at_once_one_counts():
    recruiter, lead = a_recruiter(), a_lead()
    offer = an_extended_offer(by=recruiter)
    order = an_order("interest.stayed", side="they")

    said = at_once(
        lambda: answering.accept_offer(offer=Offer.objects.get(pk=offer.pk), by=recruiter, at=MONDAY),
        lambda: decline_offer(offer=Offer.objects.get(pk=offer.pk), order=order, by=lead, at=MONDAY),
    )

    assert said == ["", "moved"]
    ended = {"accepted": "hired", "declined": "exited"}
    assert fresh(offer.application).outcome == ended[again(offer).state]


@pytest.mark.django_db(transaction=True)
def test_of_a_yes_and_a_closing_at_once_the_yes_counts_or_the_closing_is_refused():
    recruiter, approver = a_recruiter(), an_approver()
    job = a_job_with_band(approver, recruiter=recruiter)
    opening = add_opening(job=job, by=recruiter, at=MONDAY)
    approve_opening(opening=opening, by=a_lead(), at=MONDAY)
    person = a_chosen_person(by=recruiter, job=job)
    offer = an_extended_offer(by=recruiter, approvers=[approver], application=person)

    at_once(
        lambda: answering.accept_offer(offer=Offer.objects.get(pk=offer.pk), by=recruiter, at=MONDAY),
        lambda: jobs.close_job(job=Job.objects.get(pk=job.pk), state="filled", by=recruiter, at=MONDAY),
    )

    assert again(offer).state == OfferState.ACCEPTED
    assert fresh(offer.application).outcome == "hired"


def test_the_usual_reasons_of_a_decline_come_first():
    reasons = list(ExitReason.objects.filter(key__in=["process.slow", "interest.stayed", "terms.pay"]).order_by("key"))

    assert [reason.key for reason in fitting_first(reasons)] == ["terms.pay", "interest.stayed", "process.slow"]


def test_a_hire_beside_an_offer_is_kept_from_the_dialog_too(recruiter):
    offer = an_extended_offer(by=recruiter, approvers=[an_approver()])

    with pytest.raises(Refused, match="Record there that they accepted"):
        services.hire_application(
            application=fresh(offer.application), starts_on=date(2027, 1, 4), by=recruiter, at=MONDAY
        )
