"""The weekly contract of a border: who may propose, who agrees for whom, and what it is held against."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel.border_blocks import Look, border_blocks
from funnel.borders import first_monday
from funnel.contracts import Terms, agree_contract, end_contract, propose_contract, withdraw_contract
from funnel.models import Contract
from funnel.selectors_borders import border_line
from recruiting.accounts.models import User
from recruiting.core.days import today
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job
from tests.builders import MONDAY, a_lead, a_manager, a_recruiter, a_sourcer, an_approver, at_once
from tests.builders_handoffs import a_job_with_sides, a_returned_handoff, an_accepted_handoff

pytestmark = pytest.mark.django_db

MONDAY_ON = date(2026, 11, 2)
A_WEEK = timedelta(weeks=1)


def terms(job: Job | None = None, **more) -> Terms:
    """Eight a week from recruiter to hiring manager, 80 % accepted, answered within eight hours."""
    usual = {"to_stage": "interview", "from_role": "recruiter", "to_role": "hiring_manager", "volume": 8}
    usual |= {"acceptance": Decimal("0.8"), "response_hours": 8, "since_on": MONDAY_ON}
    return Terms(**{**usual, "job": job, **more})


def a_contract(*, job: Job | None = None, sender: User | None = None, receiver: User | None = None, **more) -> Contract:
    """Proposed by the sender's side, agreed by the receiver's."""
    sender = sender or (job.recruiter if job else a_recruiter())
    receiver = receiver or (job.seats.get(seat="hiring_manager").user if job else a_manager())
    proposal = propose_contract(terms=terms(job, **more), by=sender, at=MONDAY)
    return agree_contract(contract=proposal, by=receiver, at=MONDAY)


def now_of(contract: Contract) -> Contract:
    return Contract.objects.get(pk=contract.pk)


def test_a_proposal_is_the_word_of_the_side_that_made_it():
    recruiter = a_recruiter()

    proposal = propose_contract(terms=terms(), by=recruiter, at=MONDAY)

    assert (proposal.sender_agreed_by, proposal.receiver_agreed_by) == (recruiter, None)
    assert proposal.is_open
    assert not proposal.is_agreed


def test_both_sides_agreed_and_it_is_in_force_and_both_words_are_written_down():
    contract = a_contract()

    assert contract.is_agreed
    assert contract.since_on == MONDAY_ON
    told = Event.objects.filter(subject="contract", subject_key=contract.pk).order_by("id")
    assert [(event.verb, event.data["side"]) for event in told] == [
        ("contract.proposed", "sender"),
        ("contract.agreed", "receiver"),
    ]


def test_the_lead_proposes_and_agrees_for_nobody():
    lead = a_lead()
    proposal = propose_contract(terms=terms(), by=lead, at=MONDAY)

    with pytest.raises(Refused, match="Only who holds the seat"):
        agree_contract(contract=proposal, by=lead, at=MONDAY)

    assert (proposal.sender_agreed_at, proposal.receiver_agreed_at) == (None, None)


def test_a_lead_s_proposal_needs_both_sides():
    proposal = propose_contract(terms=terms(), by=a_lead(), at=MONDAY)

    halfway = agree_contract(contract=proposal, by=a_manager(), at=MONDAY)
    whole = agree_contract(contract=halfway, by=a_recruiter(), at=MONDAY)

    assert (halfway.is_agreed, whole.is_agreed) == (False, True)


def test_nobody_agrees_with_themselves():
    recruiter = a_recruiter()
    proposal = propose_contract(terms=terms(), by=recruiter, at=MONDAY)

    with pytest.raises(Refused) as refused:
        agree_contract(contract=proposal, by=recruiter, at=MONDAY)

    assert refused.value.code == "other_side"


def test_on_a_job_the_seat_speaks_and_not_the_role():
    job = a_job_with_sides()
    proposal = propose_contract(terms=terms(job), by=job.recruiter, at=MONDAY)

    with pytest.raises(Refused) as refused:
        agree_contract(contract=proposal, by=a_manager(), at=MONDAY)

    assert refused.value.code == "not_a_side"
    assert agree_contract(contract=proposal, by=job.seats.get(seat="hiring_manager").user, at=MONDAY).is_agreed


def test_where_nobody_sits_on_a_job_the_role_speaks():
    job = a_job_with_sides()
    asked = terms(job, to_stage="screening", from_role="sourcer", to_role="recruiter")

    proposal = propose_contract(terms=asked, by=a_sourcer(), at=MONDAY)

    assert proposal.sender_agreed_at == MONDAY


@pytest.mark.parametrize(
    ("who", "code"), [(an_approver, "not_allowed"), (a_sourcer, "not_a_side")], ids=["no permission", "no side"]
)
def test_only_the_two_sides_and_the_lead_propose(who, code):
    with pytest.raises(Refused) as refused:
        propose_contract(terms=terms(), by=who(), at=MONDAY)

    assert refused.value.code == code


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"since_on": date(2026, 11, 4)}, "not_a_monday"),
        ({"since_on": date(2026, 10, 26)}, "not_a_monday"),
        ({"to_stage": "sourcing"}, "invalid"),
        ({"acceptance": Decimal("1.2")}, "invalid"),
    ],
)
def test_a_promise_begins_on_a_monday_to_come_and_stands_at_a_border(more, code):
    with pytest.raises(Refused) as refused:
        propose_contract(terms=terms(**more), by=a_recruiter(), at=MONDAY)

    assert refused.value.code == code


def test_a_border_has_one_open_proposal_and_the_second_reads_whose_it_is():
    first = a_recruiter(family_name="Mori")
    propose_contract(terms=terms(), by=first, at=MONDAY)

    with pytest.raises(Refused, match="Mori") as refused:
        propose_contract(terms=terms(), by=a_manager(), at=MONDAY + timedelta(minutes=5))

    assert refused.value.code == "proposed_already"
    assert propose_contract(terms=terms(a_job_with_sides()), by=a_lead(), at=MONDAY).is_open


def test_a_change_is_a_new_contract_and_the_old_one_ends_that_monday():
    old = a_contract()
    change = propose_contract(terms=terms(volume=12, since_on=MONDAY_ON + A_WEEK), by=a_manager(), at=MONDAY)
    assert now_of(old).until_on is None

    new = agree_contract(contract=change, by=a_recruiter(), at=MONDAY)

    assert (now_of(old).until_on, new.since_on, new.until_on) == (MONDAY_ON + A_WEEK, MONDAY_ON + A_WEEK, None)


def test_a_late_agreement_never_acts_backwards():
    proposal = propose_contract(terms=terms(), by=a_recruiter(), at=MONDAY)

    contract = agree_contract(contract=proposal, by=a_manager(), at=MONDAY + timedelta(days=9))

    assert contract.since_on == MONDAY_ON + 2 * A_WEEK


def test_ending_leaves_the_running_week_under_its_promise():
    contract = end_contract(contract=a_contract(), by=a_manager(), at=MONDAY + timedelta(days=2))

    assert contract.until_on == MONDAY_ON + A_WEEK
    with pytest.raises(Refused, match="ended this contract"):
        end_contract(contract=contract, by=a_lead(), at=MONDAY + timedelta(days=2))


def test_a_proposal_is_taken_back_or_declined_and_leaves_what_is_in_force():
    recruiter, manager = a_recruiter(), a_manager()
    running = a_contract(sender=recruiter, receiver=manager)
    for by, verb in ((recruiter, "contract.withdrawn"), (manager, "contract.declined")):
        proposal = propose_contract(terms=terms(volume=20), by=recruiter, at=MONDAY)
        withdraw_contract(contract=proposal, by=by, at=MONDAY)
        assert Event.objects.filter(verb=verb, subject_key=proposal.pk).exists()
        assert not now_of(proposal).is_open
    with pytest.raises(Refused) as refused:
        agree_contract(contract=now_of(proposal), by=manager, at=MONDAY)

    assert refused.value.code == "moved"
    assert now_of(running).until_on is None


def test_the_second_of_two_managers_reads_who_agreed_and_when():
    seen = propose_contract(terms=terms(), by=a_recruiter(), at=MONDAY)
    agree_contract(contract=now_of(seen), by=a_manager(family_name="Ono"), at=MONDAY)

    with pytest.raises(Refused, match="Ono agreed to this contract") as refused:
        agree_contract(contract=seen, by=a_manager(), at=MONDAY + timedelta(minutes=1))

    assert refused.value.code == "moved"


@pytest.mark.django_db(transaction=True)
def test_two_sides_agreeing_in_one_moment_both_count():
    proposal = propose_contract(terms=terms(), by=a_lead(), at=MONDAY)
    manager, recruiter = a_manager(), a_recruiter()

    said = at_once(
        lambda: agree_contract(contract=now_of(proposal), by=manager, at=MONDAY),
        lambda: agree_contract(contract=now_of(proposal), by=recruiter, at=MONDAY),
    )

    assert said == ["", ""]
    assert now_of(proposal).is_agreed


@pytest.mark.django_db(transaction=True)
def test_of_two_proposals_in_one_moment_one_stands():
    first, second = a_recruiter(), a_manager()

    said = at_once(
        lambda: propose_contract(terms=terms(), by=first, at=MONDAY),
        lambda: propose_contract(terms=terms(), by=second, at=MONDAY),
    )

    assert said == ["", "proposed_already"]
    assert Contract.objects.count() == 1


def test_a_week_is_held_against_the_contract_of_both_sides(recruiter):
    job = a_job_with_sides()
    a_contract(job=job, volume=2)
    for week in (0, 1):
        an_accepted_handoff(job=job, at=MONDAY + A_WEEK * week)
    an_accepted_handoff(job=job)
    a_returned_handoff(job=job, at=MONDAY + A_WEEK)
    until = MONDAY + A_WEEK + timedelta(days=3)

    look = Look(recruiter, MONDAY, until, job, Job.objects.filter(pk=job.pk))
    weeks = [line.week for line in border_blocks(look)[1].pairs[0].agreement.weeks]

    assert len(weeks) == 8
    assert [(week.accepted, week.keeps_volume, week.keeps_acceptance) for week in weeks[:3]] == [
        (1, None, False),
        (2, True, True),
        (0, None, None),
    ]
    assert weeks[0].keeps_response is True


def test_the_desk_s_line_tells_of_the_contract_furthest_behind_and_of_what_waits(django_assert_num_queries):
    job = a_job_with_sides()
    a_contract(job=job, volume=4)
    accepted = an_accepted_handoff(job=job)
    propose_contract(terms=terms(job, volume=6, since_on=MONDAY_ON + A_WEEK), by=job.recruiter, at=MONDAY)

    with django_assert_num_queries(2):
        sender = border_line(accepted.from_user, MONDAY + timedelta(hours=2))
    receiver = border_line(accepted.to_user, MONDAY + timedelta(hours=2))

    assert (sender.done, sender.contract.volume, sender.to_agree) == (1, 4, 0)
    assert (receiver.done, receiver.contract.volume, receiver.to_agree) == (1, 4, 1)


# --- Pages ------------------------------------------------------------------------------------------------------------


def address(job: Job | None = None) -> str:
    pair = "?stage=interview&sender=recruiter&receiver=hiring_manager"
    return reverse("funnel:propose_contract") + pair + (f"&job={job.pk}" if job else "")


def posted(**more) -> dict[str, str]:
    usual = {"volume": "7", "acceptance": "85", "response_hours": "6", "since_on": first_monday(today()).isoformat()}
    return {**usual, **more}


def test_a_contract_is_proposed_and_agreed_without_javascript(client):
    recruiter, manager = a_recruiter(), a_manager()
    client.force_login(recruiter)
    client.post(address(), posted())
    proposal = Contract.objects.get()
    client.force_login(manager)

    answer = client.post(reverse("funnel:agree_contract", args=[proposal.pk]))

    assert answer.url == reverse("funnel:borders")
    contract = now_of(proposal)
    assert (contract.is_agreed, contract.volume, contract.acceptance) == (True, 7, Decimal("0.850"))


def test_a_wrong_figure_keeps_what_was_typed(client, recruiter):
    client.force_login(recruiter)

    page = client.post(address(), posted(acceptance="140", note="for the spring"))

    assert page.status_code == 422
    assert b"for the spring" in page.content
    assert not Contract.objects.exists()


def test_a_refused_answer_shows_the_strip_with_the_reason(client):
    proposal = propose_contract(terms=terms(), by=a_recruiter(), at=MONDAY)
    withdraw_contract(contract=proposal, by=proposal.proposed_by, at=timezone.now())
    client.force_login(a_manager())

    answer = client.post(reverse("funnel:agree_contract", args=[proposal.pk]), headers={"HX-Request": "true"})

    assert answer.status_code == 409
    assert b"took this proposal back" in answer.content
    assert b'id="contract-interview-recruiter-hiring_manager"' in answer.content


def test_a_contract_of_somebody_else_s_job_does_not_exist_for_a_manager(client):
    contract = a_contract(job=a_job_with_sides())
    client.force_login(a_manager())

    for name in ("agree_contract", "withdraw_contract", "end_contract"):
        assert client.post(reverse(f"funnel:{name}", args=[contract.pk])).status_code == 404
    assert client.get(address(contract.job)).status_code == 404


def test_a_manager_sees_the_promise_of_the_house_and_not_the_house_s_figures(client):
    a_contract()
    client.force_login(a_manager())

    page = client.get(reverse("funnel:borders"))

    agreement = page.context["blocks"][1][1][0][0].agreement
    assert agreement.weeks == ()
    assert agreement.running.contract.volume == 8
