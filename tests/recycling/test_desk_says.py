"""Each kind of condition, found by the engine, as the desk words it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from recruiting.candidates import services as people
from recruiting.jobs import services as jobs
from recruiting.jobs.models import JobSeat, Opening, Seat
from recycling import proposals
from recycling.desk.beside import beside
from recycling.desk.drawings import board, spark
from recycling.desk.focus import focus_of
from recycling.desk.lines import whys
from recycling.engine import sweep
from recycling.leaving import Failed
from recycling.models import Proposal
from recycling.proposals.moving import proposals as cards
from tests.builders import MONDAY, a_manager
from tests.builders_candidates import a_candidate
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_entry, an_order
from tests.builders_returns import the_card, the_entry
from tests.builders_skills import the_skill

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=60)


def the_only_card() -> Proposal:
    sweep(LATER)
    return cards().get()


def who_lacks_kubernetes(recruiter, **told):
    job = an_open_job("SRE", asks=(("Kubernetes", 3),), family="infrastructure")
    person = a_candidate()
    an_entry("skill.must_have", candidate=person, job=job, order={"failed": [Failed(the_skill("kubernetes"), 3)]})
    people.add_evidence(
        candidate=person,
        skill=the_skill("kubernetes"),
        level=4,
        source="work",
        seen_on=LATER.date(),
        by=recruiter,
        at=LATER - timedelta(hours=1),
        note="Runs twelve clusters.",
        **told,
    )
    return the_only_card()


def test_a_skill_that_somebody_confirmed(recruiter):
    card = who_lacks_kubernetes(recruiter, state="confirmed")

    found = focus_of(card, recruiter, LATER)

    assert whys([card], LATER)[card.pk].said.startswith("Kubernetes confirmed")
    assert "Kubernetes is now confirmed" in found.said.now
    assert [step.held for step in found.steps] == [None, 4]
    assert found.evidence.note == "Runs twelve clusters."
    assert card.is_confirmed
    assert [must.look for must in beside(card.job, card.candidate, card.stage, LATER).musts] == ["met"]


def test_a_skill_in_their_own_words_says_check_first(recruiter):
    card = who_lacks_kubernetes(recruiter, state="declared")

    found = focus_of(card, recruiter, LATER)

    assert "check first" in whys([card], LATER)[card.pk].said
    assert not card.is_confirmed
    assert [must.look for must in beside(card.job, card.candidate, card.stage, LATER).musts] == ["declared"]
    assert any("Kubernetes" in check.what for check in found.again)


def test_wrong_evidence_is_refuted_and_comes_back_with_the_undo(recruiter):
    card = who_lacks_kubernetes(recruiter, state="confirmed")
    counting = card.candidate.skill_evidence.exclude(state="refuted")

    proposals.dismiss_proposal(proposal=card, dismissal="wrong_evidence", by=recruiter, at=LATER)
    assert not counting.all().exists()
    sweep(LATER + timedelta(hours=1))
    assert Proposal.objects.count() == 1

    proposals.undo_dismissal(proposal=the_card(card), by=recruiter, at=LATER + timedelta(seconds=30))

    assert counting.all().count() == 1


def test_another_decision_maker(recruiter, lead):
    job, ito = an_open_job("SRE"), a_manager(family_name="Ito", given_name="Mai")
    an_entry("decision.manager", job=job)
    seat = JobSeat.objects.get(job=job, seat=Seat.HIRING_MANAGER, until=None)
    jobs.unseat_user(seat=seat, by=lead, at=LATER - timedelta(hours=2))
    jobs.seat_user(job=job, user=ito, seat=Seat.HIRING_MANAGER, by=lead, at=LATER - timedelta(hours=1))
    card = the_only_card()

    found = focus_of(card, recruiter, LATER)

    assert whys([card], LATER)[card.pk].said == "Decision-maker changed to Mai Ito"
    assert "Mai Ito decides about this job now" in found.said.now
    assert found.steps[0].said.endswith("said no")


def test_a_date_that_is_near(recruiter):
    an_entry("timing.start_date", order={"due_on": date(2027, 1, 15)})
    card = the_only_card()

    found = focus_of(card, recruiter, LATER)

    assert "14 days away" in whys([card], LATER)[card.pk].said
    assert "They could not before 15 Jan 2027" in found.said.now
    assert "30 days away" in found.said.not_sooner


def test_an_opening(recruiter, lead):
    job = an_open_job("SRE")
    an_entry("capacity.filled", job=job)
    jobs.add_opening(job=job, by=lead, at=LATER - timedelta(hours=1))
    for opening in Opening.objects.filter(job=job, state="asked"):
        jobs.approve_opening(opening=opening, by=lead, at=LATER - timedelta(hours=1))
    card = the_only_card()

    found = focus_of(card, recruiter, LATER)

    assert whys([card], LATER)[card.pk].said == "A seat at the job they left"
    assert "open again" in found.said.now
    assert found.valid[0].what.endswith("passed")


def test_the_evaluations_of_the_last_time_count_for_a_year(recruiter):
    an_entry("timing.start_date", order={"due_on": date(2027, 1, 15)}, through="hire")
    card = the_only_card()

    found = focus_of(card, recruiter, LATER)

    assert {check.until.year for check in found.valid if check.until and "passed" in check.what} == {2027}


def test_a_no_with_a_date_waits_for_it_and_speaks_again(recruiter):
    an_entry("timing.start_date", order={"due_on": date(2027, 1, 15)})
    card = the_only_card()
    proposals.accept_proposal(proposal=card, what_changed="x", by=recruiter, at=LATER)
    proposals.record_asked(proposal=the_card(card), kind="mail", by=recruiter, at=LATER)
    order = an_order("timing.start_date", due_on=date(2027, 9, 1))
    proposals.said_no(proposal=the_card(card), order=order, by=recruiter, at=LATER + timedelta(days=1))

    sweep(LATER + timedelta(days=2))
    assert Proposal.objects.count() == 1
    sweep(LATER + timedelta(days=230))

    assert Proposal.objects.filter(state="open").get().entry == the_entry(card.entry)


@pytest.mark.parametrize(
    ("left", "back", "ring", "dot"),
    [("interview", "screening", 37, 21), ("screening", "screening", None, 21), ("", "sourcing", None, 5)],
)
def test_the_loop_in_one_line(left, back, ring, dot):
    drawn = spark(left, back)

    assert (drawn.left, drawn.at) == (ring, dot)


def test_the_board_of_an_empty_job_is_a_thin_line():
    assert board([0, 0, 0, 0]).startswith("M0 11.2")
