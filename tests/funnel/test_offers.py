"""Offers: every verb from every state and by every role, terms in versions, approvers in their order."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from funnel.models import Application, Approval, Offer, OfferState
from funnel.offers import answering, approving, drafting, selectors
from funnel.offers.approvers import proposed_approvers
from funnel.offers.terms import position, read_amount
from recruiting.accounts.models import Absence
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.models import Seat
from recruiting.jobs.services import seat_user
from tests.builders import MONDAY, a_lead, a_manager, a_recruiter, an_approver, moment
from tests.builders_funnel import a_held_application, an_application, fresh
from tests.builders_offers import (
    a_chosen_person,
    a_drafted_offer,
    a_job_with_band,
    a_waiting_offer,
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


# --- Every verb from every state --------------------------------------------------------------------------------------

VERBS = {
    "revise": lambda offer, by, approver: drafting.revise_offer(
        offer=offer, terms=the_terms(10_000_000), by=by, at=MONDAY
    ),
    "ask": lambda offer, by, approver: approving.ask_approval(offer=offer, approvers=[approver], by=by, at=MONDAY),
    "approve": lambda offer, by, approver: approving.approve_offer(offer=offer, by=approver, at=MONDAY),
    "refuse": lambda offer, by, approver: approving.refuse_offer(offer=offer, why="Too much", by=approver, at=MONDAY),
    "extend": lambda offer, by, approver: answering.extend_offer(
        offer=offer, expires_on=date(2026, 11, 20), by=by, at=MONDAY
    ),
    "accept": lambda offer, by, approver: answering.accept_offer(offer=offer, by=by, at=MONDAY),
    "decline": lambda offer, by, approver: answering.mark_declined(offer=offer, why="terms.pay", by=by, at=MONDAY),
    "rescind": lambda offer, by, approver: answering.rescind_offer(offer=offer, why="No budget", by=by, at=MONDAY),
}
LEADS_TO = {
    "draft": {"revise": "draft", "ask": "waiting", "rescind": "rescinded"},
    "waiting": {"revise": "draft", "approve": "approved", "refuse": "draft", "rescind": "rescinded"},
    "approved": {"revise": "draft", "extend": "extended", "rescind": "rescinded"},
    "extended": {
        "revise": "draft",
        "extend": "extended",
        "accept": "accepted",
        "decline": "declined",
        "rescind": "rescinded",
    },
    "accepted": {},
    "declined": {},
    "expired": {},
    "rescinded": {},
}


@pytest.mark.parametrize("state", LEADS_TO)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_leads_where_the_table_says_or_nowhere(state, verb):
    recruiter, approver = a_recruiter(), an_approver()
    offer = an_offer_in(state, by=recruiter, approver=approver)
    told = Event.objects.count()

    if verb in LEADS_TO[state]:
        assert VERBS[verb](offer, recruiter, approver).state == LEADS_TO[state][verb]
    else:
        with pytest.raises(Refused) as no:
            VERBS[verb](offer, recruiter, approver)
        assert offer.application.candidate.name in no.value.message
        assert Event.objects.count() == told
        assert again(offer).state == state


@pytest.mark.parametrize("role", ["sourcer", "interviewer", "approver", "manager"])
@pytest.mark.parametrize("verb", ["revise", "ask", "extend", "accept", "rescind"])
def test_only_recruiting_makes_offers(role, verb, request):
    recruiter, approver = a_recruiter(), an_approver()
    offer = an_offer_in("extended", by=recruiter, approver=approver)

    with pytest.raises(Refused) as no:
        VERBS[verb](offer, request.getfixturevalue(role), approver)

    assert no.value.code == "not_allowed"


@pytest.mark.parametrize("role", ["sourcer", "interviewer", "recruiter"])
def test_who_may_not_approve_does_not(role, request):
    offer = a_waiting_offer(by=a_recruiter(), approvers=[an_approver()])

    with pytest.raises(Refused) as no:
        approving.approve_offer(offer=offer, by=request.getfixturevalue(role), at=MONDAY)

    assert no.value.code == "not_allowed"


# --- Drafting ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["sourcing", "screening", "interview"])
def test_nobody_is_offered_anything_before_they_were_chosen(recruiter, stage):
    with pytest.raises(Refused, match="once they have been chosen"):
        drafting.draft_offer(
            application=an_application(through=stage, by=recruiter), terms=the_terms(), by=recruiter, at=MONDAY
        )


def test_somebody_on_hold_is_resumed_first(recruiter):
    held = a_held_application(through="hire", by=recruiter)

    with pytest.raises(Refused, match="is on hold"):
        drafting.draft_offer(application=held, terms=the_terms(), by=recruiter, at=MONDAY)


def test_a_person_has_one_open_offer_per_application(recruiter):
    offer = a_drafted_offer(by=recruiter)

    with pytest.raises(Refused, match="has an open offer already: Draft"):
        drafting.draft_offer(application=offer.application, terms=the_terms(), by=recruiter, at=MONDAY)

    answering.rescind_offer(offer=offer, why="Wrong person", by=recruiter, at=MONDAY)
    newer = drafting.draft_offer(application=fresh(offer.application), terms=the_terms(), by=recruiter, at=MONDAY)
    assert newer.pk != offer.pk


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        ({"amount": 0}, "invalid"),
        ({"currency": "YEN1"}, "invalid"),
        ({"starts_on": date(2026, 11, 1)}, "starts_on"),
    ],
)
def test_terms_that_nobody_can_offer_are_refused(recruiter, terms, code):
    with pytest.raises(Refused) as no:
        a_drafted_offer(by=recruiter, terms=the_terms(**terms))
    assert no.value.code == code


@pytest.mark.parametrize(
    ("terms", "where"),
    [
        ({}, "within"),
        ({"amount": 8_000_000}, "within"),
        ({"amount": 11_500_000}, "within"),
        ({"amount": 11_500_001}, "above"),
        ({"amount": 7_999_999}, "below"),
        ({"currency": "USD"}, ""),
        ({"period": "month"}, ""),
    ],
)
def test_where_pay_lies_in_the_band(recruiter, terms, where):
    assert position(a_job_with_band(), the_terms(**terms)) == where


def test_pay_outside_the_band_is_allowed_and_the_event_says_so_without_a_figure(recruiter):
    offer = a_drafted_offer(by=recruiter, terms=the_terms(12_345_678, note="With 87654321 of bonus"))

    drafted = Event.objects.get(verb="offer.drafted")
    assert drafted.data == {"application": offer.application_id, "version": 1, "outside_band": True}


@pytest.mark.parametrize(
    ("typed", "sum_"),
    [
        *(("9,800,000", 9_800_000), ("９８０万", 9_800_000), ("980万円", 9_800_000), ("9.8M", 9_800_000)),
        *(("¥ 9 800 000", 9_800_000), ("85k", 85_000), ("1234.50", Decimal("1234.50")), ("nine", None), ("", None)),
        *(("NaN", None), ("Infinity", None), ("1e30", None)),
    ],
)
def test_a_sum_is_read_as_people_write_it(typed, sum_):
    assert read_amount(typed) == sum_


# --- Versions ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["draft", "waiting", "approved", "extended"])
def test_other_terms_are_a_new_version_and_need_approval_anew(recruiter, approver, state):
    offer = an_offer_in(state, by=recruiter, approver=approver)

    now = drafting.revise_offer(offer=offer, terms=the_terms(10_500_000), by=recruiter, at=MONDAY)

    assert (now.state, now.version, now.expires_on, now.miss_at) == ("draft", 2, None, None)
    assert [each.amount for each in now.versions.all()] == [9_800_000, 10_500_000]
    assert not now.approvals.filter(state=Approval.WAITING).exists()
    assert Event.objects.get(verb="offer.revised").data["was"] == state
    with pytest.raises(Refused):
        answering.extend_offer(offer=now, by=recruiter, at=MONDAY)


def test_the_same_terms_again_change_nothing_in_a_draft(recruiter):
    offer = a_drafted_offer(by=recruiter)

    assert drafting.revise_offer(offer=offer, terms=the_terms(), by=recruiter, at=MONDAY).version == 1
    assert events_of(offer) == ["offer.drafted"]


def test_the_same_terms_take_a_waiting_offer_back_so_that_another_is_asked(recruiter):
    away, instead = an_approver(), a_lead()
    offer = a_waiting_offer(by=recruiter, approvers=[away])

    offer = drafting.revise_offer(offer=offer, terms=the_terms(), by=recruiter, at=MONDAY)
    offer = approving.ask_approval(offer=offer, approvers=[instead], by=recruiter, at=MONDAY)

    assert offer.version == 1
    assert approving.approve_offer(offer=offer, by=instead, at=MONDAY).state == OfferState.APPROVED


def test_what_changed_between_versions_is_read(recruiter, approver):
    offer = a_drafted_offer(by=recruiter)
    terms = the_terms(10_000_000, starts_on=date(2027, 3, 1))
    offer = drafting.revise_offer(offer=offer, terms=terms, by=recruiter, at=MONDAY)

    (read,) = selectors.offers_of(offer.application, recruiter, MONDAY)

    assert [each.changed for each in read.versions] == [["amount", "starts_on"], []]


# --- Approval ---------------------------------------------------------------------------------------------------------


def test_approvers_are_asked_in_their_order_and_nobody_jumps_it(recruiter):
    first, second = an_approver(), a_lead()
    offer = a_waiting_offer(by=recruiter, approvers=[first, second])

    with pytest.raises(Refused, match=f"waits for {first.name}") as no:
        approving.approve_offer(offer=offer, by=second, at=MONDAY)
    assert no.value.code == "not_your_turn"
    offer = approving.approve_offer(offer=offer, by=first, at=MONDAY)
    assert offer.state == OfferState.WAITING
    offer = approving.approve_offer(offer=offer, by=second, at=MONDAY)

    assert offer.state == OfferState.APPROVED
    asked = Event.objects.filter(verb="offer.approval_asked").order_by("id")
    assert [each.data["to_user"] for each in asked] == [first.pk, second.pk]
    approved = Event.objects.filter(verb="offer.approved").order_by("id")
    assert [each.data["is_last"] for each in approved] == [False, True]


def test_a_no_sends_the_offer_back_with_its_sentence_and_asks_nobody_else(recruiter):
    first, second = an_approver(), a_lead()
    offer = a_waiting_offer(by=recruiter, approvers=[first, second])

    offer = approving.refuse_offer(offer=offer, why="Above what the team earns", by=first, at=MONDAY)

    assert (offer.state, offer.miss_at) == (OfferState.DRAFT, None)
    (word,) = offer.approvals.all()
    assert (word.state, word.why) == (Approval.REFUSED, "Above what the team earns")
    assert "team earns" not in str(Event.objects.filter(subject="offer").values())
    offer = approving.ask_approval(offer=offer, approvers=[second], by=recruiter, at=MONDAY)
    assert approving.approve_offer(offer=offer, by=second, at=MONDAY).state == OfferState.APPROVED


def test_a_no_needs_a_sentence(recruiter, approver):
    offer = a_waiting_offer(by=recruiter, approvers=[approver])

    with pytest.raises(Refused, match="what would have to change"):
        approving.refuse_offer(offer=offer, why="  ", by=approver, at=MONDAY)


def test_nobody_approves_what_they_wrote_themselves(approver):
    lead = a_lead()
    offer = a_drafted_offer(by=lead)

    with pytest.raises(Refused, match="nobody approves an offer of their own"):
        approving.ask_approval(offer=offer, approvers=[lead], by=lead, at=MONDAY)


def test_whoever_changed_the_terms_since_wrote_them_too():
    recruiter, lead = a_recruiter(), a_lead()
    offer = a_drafted_offer(by=recruiter)
    offer = drafting.revise_offer(offer=offer, terms=the_terms(9_900_000), by=lead, at=MONDAY)

    for own in (recruiter, lead):
        with pytest.raises(Refused) as no:
            approving.ask_approval(offer=offer, approvers=[own], by=recruiter, at=MONDAY)
        assert no.value.code == "own_offer"


@pytest.mark.parametrize("who", ["interviewer", "sourcer", "approver"])
def test_only_who_may_approve_and_sees_the_job_is_asked(recruiter, who, request):
    offer = a_drafted_offer(by=recruiter)

    with pytest.raises(Refused, match="cannot approve offers for this job"):
        approving.ask_approval(offer=offer, approvers=[request.getfixturevalue(who)], by=recruiter, at=MONDAY)


def test_somebody_approves_unless_the_house_says_otherwise(recruiter, settings):
    offer = a_drafted_offer(by=recruiter)
    with pytest.raises(Refused, match="Name somebody who approves"):
        approving.ask_approval(offer=offer, approvers=[], by=recruiter, at=MONDAY)

    settings.OFFER_NEEDS_APPROVAL = False

    assert approving.ask_approval(offer=offer, approvers=[], by=recruiter, at=MONDAY).state == OfferState.APPROVED


def test_whom_to_ask_is_proposed_from_the_seats(recruiter):
    first, second, manager = an_approver(), an_approver(), a_manager()
    lead = a_lead()

    assert proposed_approvers(a_job_with_band(first, second), [recruiter.pk], MONDAY) == [first, second]
    assert proposed_approvers(a_job_with_band(first, second), [first.pk], MONDAY) == [second]
    assert proposed_approvers(a_job_with_band(decider=manager, lead=lead), [], MONDAY) == [manager]
    by_manager = proposed_approvers(a_job_with_band(decider=manager, lead=lead), [manager.pk], MONDAY)
    assert [user.role for user in by_manager] == ["recruiting_lead"]


@pytest.mark.parametrize("by_seat", [True, False])
def test_a_deputy_answers_for_the_approver_and_that_is_recorded(recruiter, approver, by_seat):
    deputy = a_manager()
    offer = a_waiting_offer(by=recruiter, approvers=[approver])
    with pytest.raises(Refused, match="waits for"):
        approving.approve_offer(offer=offer, by=deputy, at=MONDAY)

    if by_seat:
        seat_user(job=offer.job, user=deputy, seat=Seat.APPROVER, deputy_for=approver, by=recruiter, at=MONDAY)
    else:
        Absence.objects.create(
            user=approver, deputy=deputy, from_on=date(2026, 11, 2), back_on=date(2026, 11, 3), created_at=MONDAY
        )
        seat_user(job=offer.job, user=deputy, seat=Seat.INTERVIEWER, by=recruiter, at=MONDAY)
    assert list(selectors.approvals_waiting(deputy, MONDAY)) == [offer]
    approving.approve_offer(offer=offer, by=deputy, at=MONDAY)

    word = offer.approvals.get()
    assert (word.approver, word.by) == (approver, deputy)


def test_what_waits_for_whom(recruiter, approver):
    second, other = a_lead(), an_approver()
    offer = a_waiting_offer(by=recruiter, approvers=[approver, second])

    def waits():
        return [bool(selectors.approvals_waiting(user, MONDAY)) for user in (approver, second, other, recruiter)]

    assert waits() == [True, False, False, False]
    approving.approve_offer(offer=offer, by=approver, at=MONDAY)
    assert waits() == [False, True, False, False]


def test_what_waits_for_the_recruiter(recruiter, approver):
    def waits(day="2026-11-02"):
        return [each.state for each in selectors.offers_to_act_on(recruiter, moment(day))]

    offer = a_drafted_offer(by=recruiter, application=a_chosen_person(approver, by=recruiter))
    Application.objects.update(owner=recruiter)
    assert waits() == ["draft"]
    offer = approving.ask_approval(offer=offer, approvers=[approver], by=recruiter, at=MONDAY)
    assert waits() == []
    offer = approving.approve_offer(offer=offer, by=approver, at=MONDAY)
    assert waits() == ["approved"]
    offer = answering.extend_offer(offer=offer, by=recruiter, at=MONDAY)
    assert (waits(), waits("2026-11-07")) == ([], ["extended"])
    answering.expire_offers(moment("2026-11-10"))
    assert waits("2026-11-20") == ["expired"]
    drafting.draft_offer(application=fresh(offer.application), terms=the_terms(), by=recruiter, at=MONDAY)
    assert waits("2026-11-20") == ["draft"]
