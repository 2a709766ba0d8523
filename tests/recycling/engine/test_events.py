"""What an event touches is evaluated at the next turn, once, however many events named it; a lost one loses nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest

from recruiting.core.models import OutboxMessage
from recruiting.jobs import services as jobs
from recruiting.jobs.models import Seat
from recycling import clock, pending, proposals
from recycling.engine import sweep
from recycling.models import Pending, Proposal, ProposalState, Rest
from tests.builders import MONDAY, a_lead, a_manager, a_recruiter, moment
from tests.builders_engine import an_evidence, evaluated, fresh, let_news_arrive, the_card_of
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LEFT = MONDAY + DAY * 10
SOON = LEFT + DAY * 3
DUE = moment("2027-03-05")


def test_a_skill_that_is_added_brings_a_proposal_by_itself():
    entry = an_entry("skill.must_have", job=an_open_job(asks=(("Kubernetes", 3),)), at=LEFT)
    let_news_arrive(LEFT)

    an_evidence(entry.candidate, "kubernetes", 3, at=SOON)
    let_news_arrive(SOON)

    assert the_card_of(entry.candidate).kind == "skill"
    assert not Pending.objects.exists()


def test_a_job_that_opens_proposes_whom_we_know():
    entry = an_entry("capacity.filled", at=LEFT)
    an_evidence(entry.candidate, "python", 3, at=LEFT)
    let_news_arrive(LEFT)

    new = an_open_job("Another seat", asks=("Python",), at=SOON)
    let_news_arrive(SOON)

    assert the_card_of(entry.candidate).job == new


def test_a_decider_who_changes_brings_back_whom_the_former_refused():
    anna, ben = a_manager(), a_manager()
    job = an_open_job(decider=anna)
    entry = an_entry("decision.manager", job=job, at=LEFT)
    let_news_arrive(LEFT)

    for seat in job.seats.filter(user=anna):
        jobs.unseat_user(seat=seat, by=a_lead(), at=SOON)
    jobs.seat_user(job=type(job).objects.get(pk=job.pk), user=ben, seat=Seat.HIRING_MANAGER, by=a_lead(), at=SOON)
    let_news_arrive(SOON)

    assert the_card_of(entry.candidate).fact == ben.pk


def test_many_events_about_one_person_make_one_row_to_evaluate():
    for _ in range(3):
        pending.note_person(7)
    pending.note_person(7, asks_fits=True)
    pending.note_person(7)

    assert list(Pending.objects.values_list("person", "asks_fits")) == [(7, True)]


def test_a_lost_event_loses_nobody():
    entry = an_entry("skill.must_have", job=an_open_job(asks=(("Kubernetes", 3),)), at=LEFT)
    sweep(LEFT)
    an_evidence(entry.candidate, "kubernetes", 3, at=SOON)
    OutboxMessage.objects.all().delete()

    run = sweep(SOON)

    assert (run.scope, run.proposed) == ("changed", 1)
    assert the_card_of(entry.candidate).kind == "skill"


def test_a_row_that_cannot_be_evaluated_delays_only_itself(monkeypatch):
    entry = an_entry("timing.start_date", at=LEFT)
    let_news_arrive(LEFT)
    bad = an_entry("timing.start_date", at=LEFT)
    Pending.objects.all().delete()
    pending.note_person(bad.candidate_id)
    pending.note_person(entry.candidate_id)
    real = pending.evaluate

    def refuses_one(scope, at):
        if scope.people and bad.candidate_id in scope.people:
            raise ValueError("planted")
        return real(scope, at)

    monkeypatch.setattr(pending, "evaluate", refuses_one)
    pending.evaluate_pending(DUE)
    pending.evaluate_pending(DUE)

    assert the_card_of(entry.candidate) is not None
    assert list(Pending.objects.values_list("person", flat=True)) == [bad.candidate_id]


def test_a_snoozed_card_wakes_on_its_day_overdue_or_not():
    entry = an_entry("timing.start_date", at=LEFT)
    evaluated(entry.candidate, DUE)
    card = the_card_of(entry.candidate)
    proposals.snooze_proposal(proposal=card, until=(DUE + DAY * 5).date(), by=a_recruiter(), at=DUE)

    assert clock.wake_snoozed(DUE + DAY * 4) == 0
    assert clock.wake_snoozed(DUE + DAY * 9) == 1
    assert the_card_of(entry.candidate).state == ProposalState.OPEN


def test_two_approaches_without_an_answer_let_them_rest_for_six_months():
    entry = an_entry("timing.start_date", at=LEFT)
    evaluated(entry.candidate, DUE)
    card = proposals.accept_proposal(
        proposal=the_card_of(entry.candidate), what_changed="They are free now.", by=a_recruiter(), at=DUE
    )
    Proposal.objects.filter(pk=card.pk).update(times_asked=2, asked_at=DUE)

    assert clock.let_unanswered_rest(DUE + DAY * 29) == 0
    assert clock.let_unanswered_rest(DUE + DAY * 30) == 1
    rests = fresh(entry)
    assert (rests.state, str(rests.rests_until)) == (Rest.RESTING, "2027-10-04")
    assert Proposal.objects.get(pk=card.pk).state == ProposalState.UNANSWERED
