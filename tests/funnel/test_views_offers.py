"""The pages of offers: who may know of them, what an approver presses, what is refused and kept."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel.models import Application, Offer, OfferState
from funnel.offers import answering, drafting
from funnel.offers.changing import seen_of
from recruiting.jobs.models import Seat
from recruiting.jobs.services import seat_user
from recycling.models import Exit
from tests.builders import a_lead, a_manager, a_recruiter, a_sourcer, an_approver, an_interviewer
from tests.builders_funnel import fresh
from tests.builders_offers import (
    a_chosen_person,
    a_drafted_offer,
    a_job_with_band,
    a_waiting_offer,
    an_approved_offer,
    an_extended_offer,
    the_terms,
)

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}
STARTS = timezone.localdate() + timedelta(days=120)
TERMS = {"amount": "980万", "currency": "jpy", "period": "year", "starts_on": STARTS.isoformat(), "form": "full_time"}
GETS = ("revise_offer", "ask_offer_approval", "extend_offer", "accept_offer", "rescind_offer")
POSTS = (*GETS, "approve_offer", "refuse_offer")


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def later(now):
    return the_terms(starts_on=now.date() + timedelta(days=90))


def page(name, key):
    return reverse(f"funnel:{name}", args=[key])


def again(offer):
    return Offer.objects.get(pk=offer.pk)


# --- Who may know of them ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [a_sourcer, an_interviewer])
def test_whoever_may_not_see_pay_finds_no_offer_anywhere(client, recruiter, now, later, make):
    offer = an_extended_offer(by=recruiter, at=now, terms=later)
    stranger = make()
    seat_user(job=offer.job, user=stranger, seat=Seat.INTERVIEWER, by=recruiter, at=now)
    client.force_login(stranger)

    answers = [client.get(page(name, offer.application_id)) for name in ("offer", "draft_offer")]
    answers += [client.get(page(name, offer.pk)) for name in GETS]
    answers += [client.post(page(name, offer.pk)) for name in POSTS]
    answers += [client.get(reverse("funnel:offers")), client.get(reverse("recycling:decline_offer", args=[offer.pk]))]
    answers += [client.post(reverse("recycling:decline_offer_preview", args=[offer.pk]))]

    assert {answer.status_code for answer in answers} == {404}


@pytest.mark.parametrize("make", [a_sourcer, an_interviewer])
def test_a_persons_page_says_nothing_of_offers_to_whoever_may_not_see_pay(client, recruiter, now, later, make):
    offer = an_extended_offer(by=recruiter, at=now, terms=later)
    stranger = make()
    seat_user(job=offer.job, user=stranger, seat=Seat.INTERVIEWER, by=recruiter, at=now)
    person = reverse("recycling:person", args=[offer.application.candidate.public_id])
    client.force_login(recruiter)
    known = client.get(person).content.decode()
    client.force_login(stranger)

    seen = client.get(person).content.decode()

    assert "Offer extended" in known
    assert page("offer", offer.application_id) in known
    assert "Offer extended" not in seen
    assert page("offer", offer.application_id) not in seen
    assert reverse("funnel:offers") not in seen


@pytest.mark.parametrize("make", [a_manager, an_approver])
def test_whoever_approves_sees_the_offers_of_their_jobs_alone(client, recruiter, now, later, make):
    offer = a_drafted_offer(by=recruiter, at=now, terms=later)
    reader = make()
    client.force_login(reader)

    assert client.get(page("offer", offer.application_id)).status_code == 404
    assert client.get(reverse("funnel:offers")).context["lines"] == []
    seat_user(job=offer.job, user=reader, seat=Seat.INTERVIEWER, by=recruiter, at=now)

    assert client.get(page("offer", offer.application_id)).status_code == 200
    assert [row for row, _tone in client.get(reverse("funnel:offers")).context["lines"]] == [offer]
    for name in GETS:
        assert client.get(page(name, offer.pk)).status_code == 403
    assert client.get(page("draft_offer", offer.application_id)).status_code == 403


# --- Writing and asking -----------------------------------------------------------------------------------------------


def test_terms_are_written_as_people_write_sums(client, recruiter):
    row = a_chosen_person(an_approver(), by=recruiter)
    client.force_login(recruiter)

    answer = client.post(page("draft_offer", row.pk), TERMS)

    assert answer["Location"] == page("offer", row.pk)
    assert Offer.objects.get().versions.get().amount == 9_800_000


def test_what_is_wrong_is_said_and_what_was_typed_stays(client, recruiter):
    row = a_chosen_person(an_approver(), by=recruiter)
    client.force_login(recruiter)

    answer = client.post(page("draft_offer", row.pk), {**TERMS, "amount": "plenty", "note": "With a bonus"}, **HTMX)

    said = answer.content.decode()
    assert answer.status_code == 422
    assert all(text in said for text in ("980万 or 9.8M", "plenty", "With a bonus"))
    assert not Offer.objects.exists()


def test_pay_outside_the_band_is_saved_with_a_warning(client, recruiter):
    row = a_chosen_person(an_approver(), by=recruiter)
    client.force_login(recruiter)

    answer = client.post(page("draft_offer", row.pk), {**TERMS, "amount": "12M"}, follow=True)

    said = answer.content.decode()
    assert "outside the job’s band" in said
    assert "Above the band" in said


def test_the_second_to_change_the_terms_reads_who_was_first(client, recruiter, now, later):
    offer = a_drafted_offer(by=recruiter, at=now, terms=later)
    seen, colleague = seen_of(offer), a_recruiter()
    drafting.revise_offer(offer=offer, terms=the_terms(1, starts_on=later.starts_on), by=colleague, at=now)
    client.force_login(recruiter)

    answer = client.post(page("revise_offer", offer.pk), {**TERMS, "seen": seen}, **HTMX)

    assert answer.status_code == 409
    assert colleague.name in answer.content.decode()
    assert "980万" in answer.content.decode()


def test_the_jobs_approvers_are_proposed_and_asked(client, recruiter, now, later):
    approver = an_approver()
    offer = a_drafted_offer(by=recruiter, at=now, terms=later, application=a_chosen_person(approver, by=recruiter))
    client.force_login(recruiter)

    asked = client.get(page("ask_offer_approval", offer.pk)).context["form"]
    assert asked.fields["approver_0"].initial == approver.pk
    client.post(page("ask_offer_approval", offer.pk), {"approver_0": "", "approver_1": approver.pk})

    assert again(offer).state == OfferState.WAITING


# --- Deciding ---------------------------------------------------------------------------------------------------------


def test_an_approver_decides_on_the_page_without_javascript(client, recruiter, now, later):
    approver = an_approver()
    offer = a_waiting_offer(by=recruiter, approvers=[approver], at=now, terms=later)
    client.force_login(approver)

    shown = client.get(page("offer", offer.application_id))
    read = shown.context["reads"][0]
    assert read.may_answer
    assert "May we offer this" in shown.content.decode()
    answer = client.post(page("approve_offer", offer.pk), {"seen": read.seen})

    assert answer["Location"] == page("offer", offer.application_id)
    assert again(offer).state == OfferState.APPROVED


def test_sending_back_without_a_sentence_is_refused_and_says_so_on_the_page(client, recruiter, now, later):
    approver = an_approver()
    offer = a_waiting_offer(by=recruiter, approvers=[approver], at=now, terms=later)
    client.force_login(approver)

    answer = client.post(page("refuse_offer", offer.pk), {"why": " "})
    assert (answer.status_code, "what would have to change" in answer.content.decode()) == (409, True)
    client.post(page("refuse_offer", offer.pk), {"why": "Above the team"})

    client.force_login(recruiter)
    assert "Above the team" in client.get(page("offer", offer.application_id)).content.decode()


def test_whoever_looks_on_is_shown_no_button_to_approve(client, recruiter, now, later):
    offer = a_waiting_offer(by=recruiter, approvers=[an_approver()], at=now, terms=later)
    client.force_login(a_lead())

    shown = client.get(page("offer", offer.application_id))

    assert page("approve_offer", offer.pk) not in shown.content.decode()
    assert client.post(page("approve_offer", offer.pk)).status_code == 409


# --- Out and answered -------------------------------------------------------------------------------------------------


def test_it_goes_out_until_a_day_and_the_yes_hires(client, recruiter, now, later):
    offer = an_approved_offer(by=recruiter, at=now, terms=later)
    client.force_login(recruiter)

    past = client.post(page("extend_offer", offer.pk), {"expires_on": "2020-01-01"}, **HTMX)
    assert past.status_code == 409
    client.post(page("extend_offer", offer.pk), {"expires_on": str(answering.usual_end(now))})
    answer = client.post(page("accept_offer", offer.pk), {"seen": seen_of(again(offer))}, follow=True)

    assert fresh(offer.application).outcome == "hired"
    assert "last opening" in answer.content.decode()


def test_declining_opens_the_exit_with_pay_first_and_the_floor_empty(client, recruiter, now, later):
    offer = an_extended_offer(by=recruiter, at=now, terms=later)
    client.force_login(recruiter)
    url = reverse("recycling:decline_offer", args=[offer.pk])

    first = client.get(url).context["first"]
    assert (first[0].reason.key, first[0].key_cap, first[1].reason.key) == ("terms.pay", "1", "interest.other_offer")
    assert client.get(url, {"reason": "terms.pay"}).context["form"].fields["pay_floor"].initial is None
    assert client.post(url, {"reason": "terms.pay", "side": "we"}).status_code == 422
    order = {"reason": "terms.pay", "pay_floor": "12000000", "pay_currency": "JPY", "pay_period": "year"}
    client.post(url, {**order, "told": "nothing"}, **HTMX)

    exit = Exit.objects.get()
    assert (exit.side, exit.reason.key, again(offer).state) == ("they", "terms.pay", OfferState.DECLINED)


def test_a_thumb_that_approves_twice_approves_once_and_reads_no_refusal(client, recruiter, now, later):
    first, then = an_approver(), an_approver()
    offer = a_waiting_offer(by=recruiter, approvers=[first, then], at=now, terms=later)
    client.force_login(first)
    presses = [client.post(page("approve_offer", offer.pk)).status_code for _press in range(2)]

    assert presses == [302, 302]
    assert again(offer).state == OfferState.WAITING
    assert offer.approvals.filter(state="approved").count() == 1

    drafting.revise_offer(offer=again(offer), terms=later, by=recruiter, at=now)
    assert client.post(page("approve_offer", offer.pk)).status_code == 409


def test_somebody_who_accepts_twice_is_hired_once(client, recruiter, now, later):
    offer = an_extended_offer(by=recruiter, at=now, terms=later)
    client.force_login(recruiter)

    assert [client.post(page("accept_offer", offer.pk)).status_code for _press in range(2)] == [302, 302]
    assert Application.objects.get(pk=offer.application_id).outcome == "hired"


@pytest.mark.parametrize("year", [0, 60])
def test_a_slip_of_the_year_is_refused(client, recruiter, now, year):
    offer = an_approved_offer(by=recruiter, at=now, terms=the_terms(starts_on=(now + timedelta(days=90)).date()))
    client.force_login(recruiter)
    wrong = (now + timedelta(days=366 * year - 90)).date().isoformat()
    terms = {"amount": "9,800,000", "currency": "JPY", "period": "year", "starts_on": wrong, "form": "full_time"}

    assert client.post(page("revise_offer", offer.pk), terms).status_code == 409
    assert client.post(page("extend_offer", offer.pk), {"expires_on": wrong}).status_code == 409


def test_taking_back_asks_why(client, recruiter, now, later):
    offer = an_extended_offer(by=recruiter, at=now, terms=later)
    client.force_login(recruiter)

    assert client.post(page("rescind_offer", offer.pk), {"why": ""}, **HTMX).status_code == 422
    client.post(page("rescind_offer", offer.pk), {"why": "The budget is gone"})

    assert "The budget is gone" in client.get(page("offer", offer.application_id)).content.decode()


def test_the_list_is_filtered_by_state_job_and_name(client, recruiter, now, later):
    offer = a_drafted_offer(by=recruiter, at=now, terms=later)
    other = an_extended_offer(by=recruiter, at=now, terms=later)
    client.force_login(recruiter)

    def found(**asked):
        return {row.pk for row, _tone in client.get(reverse("funnel:offers"), asked).context["lines"]}

    assert found() == {offer.pk, other.pk}
    assert found(state="extended") == {other.pk}
    assert found(job=offer.job_id) == {offer.pk}
    assert found(q=other.application.candidate.family_name) >= {other.pk}
    assert found(q="nobody of this name") == set()


def test_the_pages_cost_the_same_for_one_offer_as_for_many(
    client, recruiter, now, later, django_assert_max_num_queries
):
    approver = an_approver()
    job = a_job_with_band(approver, recruiter=recruiter)
    for _number in range(4):
        a_waiting_offer(
            by=recruiter, approvers=[approver], at=now, terms=later, application=a_chosen_person(by=recruiter, job=job)
        )
    offer = Offer.objects.latest("pk")
    for amount in (1, 2, 3):
        drafting.revise_offer(
            offer=again(offer), terms=the_terms(amount, starts_on=later.starts_on), by=recruiter, at=now
        )
    client.force_login(recruiter)

    with django_assert_max_num_queries(6):  # session, user, jobs to choose from, offers, words awaited
        client.get(reverse("funnel:offers"))
    with django_assert_max_num_queries(6):  # session, user, application, offers, versions, words
        client.get(page("offer", offer.application_id))
