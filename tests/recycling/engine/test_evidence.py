"""The same evidence speaks once: each row of the table of keys as a sentence."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from recruiting.candidates import services as people
from recruiting.jobs import services as jobs
from recruiting.jobs.models import Seat
from recycling import proposals
from recycling.models import Condition, Proposal, ProposalState
from recycling.models.proposals import Dismissal
from tests.builders import MONDAY, a_lead, a_manager, a_recruiter, moment
from tests.builders_engine import a_skill, an_evidence, evaluated, fresh, the_card_of
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LEFT = MONDAY + DAY * 10
SOON = LEFT + DAY * 5
LATER = LEFT + DAY * 40
NEAR_APRIL = moment("2027-03-05")


def dismiss(card: Proposal, at) -> None:
    proposals.dismiss_proposal(proposal=card, dismissal=Dismissal.NOT_THIS_JOB, by=a_recruiter(), at=at)


def who_lacked_kubernetes(level: int | None = 3):
    """Somebody who left a job that asks for Kubernetes, because they did not show it."""
    job = an_open_job(asks=(("Kubernetes", level),))
    return an_entry("skill.must_have", job=job, at=LEFT), job


# --- date -------------------------------------------------------------------------------------------------------------


def test_a_date_is_proposed_thirty_days_before_it_and_not_a_day_sooner():
    entry = an_entry("timing.start_date", at=LEFT)

    evaluated(entry.candidate, moment("2027-03-01", "23:59"))
    assert the_card_of(entry.candidate) is None

    evaluated(entry.candidate, moment("2027-03-02", "00:00"))
    assert the_card_of(entry.candidate).kind == "date"
    assert fresh(entry).state == "surfaced"


def test_a_date_that_was_dismissed_stays_silent_until_somebody_moves_it():
    entry = an_entry("timing.start_date", at=LEFT)
    evaluated(entry.candidate, NEAR_APRIL)
    dismiss(the_card_of(entry.candidate), NEAR_APRIL)

    evaluated(entry.candidate, NEAR_APRIL + DAY)
    assert the_card_of(entry.candidate) is None

    condition = Condition.objects.get(entry=entry)
    Condition.objects.filter(pk=condition.pk).update(due_on=date(2027, 6, 1), revision=condition.revision + 1)
    people.edit_candidate(
        candidate=entry.candidate, changes={"available_on": date(2027, 6, 1)}, by=None, at=NEAR_APRIL + DAY
    )
    evaluated(entry.candidate, NEAR_APRIL + DAY * 2)
    assert the_card_of(entry.candidate) is None
    evaluated(entry.candidate, moment("2027-05-20"))
    assert the_card_of(entry.candidate) is not None


# --- skill ------------------------------------------------------------------------------------------------------------


def test_a_gained_skill_lifts_the_cool_down_and_a_second_proof_of_it_says_nothing_new():
    entry, job = who_lacked_kubernetes()
    evaluated(entry.candidate, SOON)
    assert the_card_of(entry.candidate) is None

    first = an_evidence(entry.candidate, "kubernetes", 3, at=SOON)
    evaluated(entry.candidate, SOON)
    card = the_card_of(entry.candidate)
    assert (card.kind, card.job, card.fact, card.is_confirmed) == ("skill", job, first.pk, True)

    dismiss(card, SOON)
    an_evidence(entry.candidate, "kubernetes", 4, at=SOON + DAY, source="certificate")
    evaluated(entry.candidate, SOON + DAY)
    assert the_card_of(entry.candidate) is None


def test_evidence_below_the_asked_level_or_without_one_is_not_enough():
    entry, _job = who_lacked_kubernetes()
    an_evidence(entry.candidate, "kubernetes", 2, at=SOON)
    an_evidence(entry.candidate, "kubernetes", None, at=SOON)

    evaluated(entry.candidate, SOON)

    assert the_card_of(entry.candidate) is None


def test_their_own_word_is_enough_but_says_check_first_until_somebody_confirms_it():
    entry, _job = who_lacked_kubernetes()
    said = an_evidence(entry.candidate, "kubernetes", 3, at=SOON, state="declared", source="self")
    evaluated(entry.candidate, SOON)
    assert the_card_of(entry.candidate).is_confirmed is False

    people.confirm_evidence(evidence=said, by=a_recruiter(), at=SOON + DAY)
    evaluated(entry.candidate, SOON + DAY)
    assert the_card_of(entry.candidate).is_confirmed is True


def test_another_job_that_does_not_ask_for_it_speaks_once_it_opens():
    entry, _job = who_lacked_kubernetes()
    an_evidence(entry.candidate, "python", 4, at=LEFT - DAY)
    an_open_job("Old one", asks=("Python",), at=MONDAY)
    evaluated(entry.candidate, SOON)
    assert the_card_of(entry.candidate) is None  # open all along: no news, and the cool-down runs

    new = an_open_job("New one", asks=("Python",), at=SOON)
    evaluated(entry.candidate, SOON + DAY)
    assert the_card_of(entry.candidate).job == new


def test_a_dropped_requirement_brings_them_back_and_editing_it_to_and_fro_does_not():
    entry, job = who_lacked_kubernetes()
    requirement = job.requirements.get()
    jobs.drop_requirement(requirement=requirement, by=a_recruiter(), at=SOON)
    evaluated(entry.candidate, SOON)
    dismiss(the_card_of(entry.candidate), SOON)

    for hours in (1, 3):
        again = jobs.add_requirement(
            job=job, skill=a_skill("kubernetes"), level=3, by=a_recruiter(), at=SOON + timedelta(hours=hours)
        )
        evaluated(entry.candidate, SOON + timedelta(hours=hours))
        jobs.drop_requirement(requirement=again, by=a_recruiter(), at=SOON + timedelta(hours=hours + 1))
        evaluated(entry.candidate, SOON + timedelta(hours=hours + 1))

    assert the_card_of(entry.candidate) is None


# --- decider ----------------------------------------------------------------------------------------------------------


def reseat(job, leaving, coming, at):
    for seat in job.seats.filter(user=leaving, until=None):
        jobs.unseat_user(seat=seat, by=a_lead(), at=at)
    jobs.seat_user(job=type(job).objects.get(pk=job.pk), user=coming, seat=Seat.HIRING_MANAGER, by=a_lead(), at=at)


def test_a_refusal_holds_until_nobody_who_refused_decides_and_then_each_decider_speaks_once():
    anna, ben, chie = a_manager(), a_manager(), a_manager()
    job = an_open_job(decider=anna)
    entry = an_entry("decision.manager", job=job, at=LEFT)
    person = entry.candidate
    evaluated(person, LEFT + DAY * 300)  # the cool-down is over, and Anna still decides
    assert the_card_of(person) is None

    reseat(job, anna, ben, SOON)
    evaluated(person, SOON)
    assert the_card_of(person).fact == ben.pk
    dismiss(the_card_of(person), SOON)

    reseat(job, ben, anna, SOON + DAY)
    evaluated(person, SOON + DAY)
    reseat(job, anna, ben, SOON + DAY * 2)
    evaluated(person, SOON + DAY * 2)
    assert the_card_of(person) is None  # Ben, Anna, Ben again

    reseat(job, ben, chie, SOON + DAY * 3)
    evaluated(person, SOON + DAY * 3)
    assert the_card_of(person).fact == chie.pk


def test_a_refuser_beside_a_new_decider_still_stands_in_the_way_and_leaving_counts_at_once():
    anna, ben = a_manager(), a_manager()
    job = an_open_job(decider=anna)
    jobs.seat_user(job=job, user=ben, seat=Seat.APPROVER, by=a_lead(), at=MONDAY)
    job = type(job).objects.get(pk=job.pk)
    entry = an_entry("decision.manager", job=job, at=LEFT, order={"refused_by": [anna]})
    evaluated(entry.candidate, SOON)
    assert the_card_of(entry.candidate) is None

    for seat in job.seats.filter(user=anna, until=None):
        jobs.unseat_user(seat=seat, by=a_lead(), at=SOON)
    evaluated(entry.candidate, SOON)
    assert the_card_of(entry.candidate).fact == ben.pk


def test_another_decider_replaces_the_card_in_one_evaluation():
    anna, ben, chie = a_manager(), a_manager(), a_manager()
    job = an_open_job(decider=anna)
    entry = an_entry("decision.manager", job=job, at=LEFT)
    reseat(job, anna, ben, SOON)
    evaluated(entry.candidate, SOON)
    old = the_card_of(entry.candidate)

    reseat(job, ben, chie, SOON + DAY)
    outcome = evaluated(entry.candidate, SOON + DAY)

    assert (outcome.withdrawn, outcome.proposed) == (1, 1)
    assert Proposal.objects.get(pk=old.pk).state == ProposalState.WITHDRAWN
    assert the_card_of(entry.candidate).fact == chie.pk


# --- opening ----------------------------------------------------------------------------------------------------------


def test_a_frozen_job_that_resumes_brings_its_people_back_once():
    from funnel.jobs import hold_job, resume_job

    job = an_open_job()
    entry = an_entry("capacity.on_hold", job=job, at=LEFT)
    evaluated(entry.candidate, SOON)
    assert the_card_of(entry.candidate) is None  # open all along: nothing has changed

    for days in (1, 11):
        job = type(job).objects.get(pk=job.pk)
        hold_job(job=job, reason="Budget", until=(SOON + DAY * 80).date(), by=a_lead(), at=SOON + DAY * days)
        evaluated(entry.candidate, SOON + DAY * days)
        assert the_card_of(entry.candidate) is None  # withdrawn, or never there
        resume_job(job=type(job).objects.get(pk=job.pk), by=a_lead(), at=SOON + DAY * (days + 1))
        evaluated(entry.candidate, SOON + DAY * (days + 1))
        assert (the_card_of(entry.candidate) is not None) is (days == 1)
        if days == 1:
            dismiss(the_card_of(entry.candidate), SOON + DAY * 3)


def test_who_is_too_senior_is_not_drawn_back_to_the_same_level():
    job = an_open_job(level=3)
    entry = an_entry("skill.senior", job=job, at=LEFT)
    an_evidence(entry.candidate, "python", 5, at=LEFT)
    an_open_job("Same level", level=3, asks=("Python",), at=SOON)
    evaluated(entry.candidate, SOON)
    assert the_card_of(entry.candidate) is None

    higher = an_open_job("Higher", level=5, asks=("Python",), at=SOON)
    evaluated(entry.candidate, SOON)
    assert the_card_of(entry.candidate).job == higher


def test_what_was_only_withdrawn_is_proposed_again_when_it_holds_again():
    entry, _job = who_lacked_kubernetes()
    said = an_evidence(entry.candidate, "kubernetes", 3, at=SOON)
    evaluated(entry.candidate, SOON)
    first = the_card_of(entry.candidate)
    people.set_do_not_contact(candidate=entry.candidate, why="Asked us to stop", by=a_recruiter(), at=SOON + DAY)
    evaluated(entry.candidate, SOON + DAY)
    assert the_card_of(entry.candidate) is None
    assert fresh(entry).state in ("resting", "closed")

    people.lift_do_not_contact(candidate=entry.candidate, by=a_recruiter(), at=SOON + DAY * 2)
    evaluated(entry.candidate, SOON + DAY * 2)
    again = the_card_of(entry.candidate)
    assert (again.pk, again.fact) != (first.pk, None)
    assert again.fact == said.pk
