"""One evaluation: what it proposes, takes back and marks; and that doing it twice, in parts or half changes nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from recruiting.candidates import services as people
from recruiting.core.models import Event, OutboxMessage
from recruiting.jobs import services as jobs
from recycling import proposals
from recycling.engine import Scope, evaluate, evaluation, proposing, sweep
from recycling.engine.stages import stage_of_return
from recycling.models import Condition, Proposal, ProposalState, Rest, SweepRun
from recycling.models.proposals import LIVE_PROPOSAL
from recycling.transitions import run_transition
from tests.builders import MONDAY, a_lead, a_recruiter, moment
from tests.builders_candidates import a_candidate
from tests.builders_engine import an_evidence, evaluated, fresh, the_card_of
from tests.builders_funnel import an_application
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_entry, an_exit
from tests.recycling.engine.worlds import AT, a_world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LEFT = MONDAY + DAY * 10
DUE = moment("2027-03-05")


def everything() -> Scope:
    return Scope(after=0, upto=10**9)


def rows() -> set[tuple]:
    return set(Proposal.objects.values_list("condition", "job", "fact", "state", "stage", "is_confirmed"))


def test_evaluating_twice_changes_nothing_the_second_time():
    a_world(3, people=12)
    first = evaluate(everything(), AT)
    events = Event.objects.count()

    assert first.changed
    assert evaluate(everything(), AT).changed == 0
    assert Event.objects.count() == events


@pytest.mark.parametrize("seed", [1, 3, 7])
def test_a_sweep_is_its_slices_in_any_order(seed):
    world = a_world(seed, people=10)
    whole: set[tuple] = set()
    with transaction.atomic():
        evaluate(everything(), AT)
        whole = rows()
        transaction.set_rollback(True)
    keys = [person.pk for person in world.people]
    for one in reversed(keys):
        evaluate(Scope(after=one - 1, upto=one), AT)

    assert rows() == whole


def test_events_and_sweep_agree(monkeypatch):
    entry = an_entry("timing.start_date", at=LEFT)
    other = an_entry("timing.notice", at=LEFT)
    evaluated(entry.candidate, DUE)

    assert sweep(DUE).proposed == 1
    assert the_card_of(other.candidate) is not None
    assert sweep(DUE + DAY).proposed == 0


def test_a_sweep_is_counted_ended_and_only_looks_at_what_changed_the_next_time():
    an_entry("timing.start_date", at=LEFT)
    an_entry("timing.start_date", at=LEFT)
    first, second = sweep(LEFT + DAY, size=1), sweep(LEFT + DAY * 60)

    assert (first.scope, first.looked_at, first.finished_at is not None) == ("full", 2, True)
    assert (second.scope, second.looked_at) == ("changed", 0)
    assert not SweepRun.objects.filter(running=True).exists()


def test_the_calendar_alone_brings_somebody_into_the_ordinary_sweep():
    entry = an_entry("timing.start_date", at=LEFT)
    sweep(LEFT + DAY)

    run = sweep(DUE)

    assert (run.scope, run.proposed) == ("changed", 1)
    assert fresh(entry).state == Rest.SURFACED


@pytest.mark.parametrize(
    "step", ["withdrawing.standing", "matching.holding", "withdrawing.withdraw", "proposing.propose", "history"]
)
def test_a_sweep_killed_between_two_steps_is_taken_up_again_without_a_row_more_or_less(step, monkeypatch):
    world = a_world(5, people=9)
    for person in world.people[:3]:
        evaluate(Scope(people=[person.pk]), AT)
    with transaction.atomic():
        sweep(AT, size=2)
        whole = rows()
        transaction.set_rollback(True)
    calls = {"n": 0}
    owner = proposing.history if step == "history" else getattr(evaluation, step.split(".")[0])
    name = "record_proposed" if step == "history" else step.split(".")[1]
    real = getattr(owner, name)

    def dies_the_second_time(*args, **kwargs):
        calls["n"] += 1
        if calls["n"] == 2:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    monkeypatch.setattr(owner, name, dies_the_second_time)
    try:
        sweep(AT, size=2)
    except KeyboardInterrupt:
        assert SweepRun.objects.get(running=True).finished_at is None
        sweep(AT + DAY, size=2)

    assert SweepRun.objects.get().as_of == AT
    assert rows() == whole


def test_the_bulk_surfacing_leaves_what_the_single_one_leaves():
    entry = an_entry("timing.start_date", at=LEFT)
    twin = an_entry("timing.start_date", at=LEFT)
    evaluated(entry.candidate, DUE)
    run_transition(subject=twin, verb="surface", by=None, at=DUE)

    columns = ("state", "state_since", "ready_since", "rests_until", "closed_why")
    left, right = fresh(entry), fresh(twin)
    assert [getattr(left, name) for name in columns if name != "ready_since"] == [
        getattr(right, name) for name in columns if name != "ready_since"
    ]
    told = ("verb", "subject", "person", "job", "from_state", "to_state", "why", "by")
    one = Event.objects.filter(verb="entry.surfaced", subject_key=entry.pk).values(*told).get()
    other = Event.objects.filter(verb="entry.surfaced", subject_key=twin.pk).values(*told).get()
    assert {**one, "person": None, "job": None} == {**other, "person": None, "job": None}
    assert OutboxMessage.objects.filter(topic="proposals.opened").count() == 1


def test_the_stage_of_a_return_is_the_same_for_one_and_for_all():
    keys = ("timing.start_date", "decision.household", "interest.stayed", "skill.assessment")
    for key in keys:
        for through in ("sourcing", "screening", "interview", "hire"):
            an_entry(key, through=through, at=LEFT, candidate=a_candidate(until=date(2029, 1, 1)))
    at = moment("2027-11-04", "12:00")  # a year after some of the passes, not all
    evaluate(everything(), at)

    cards = Proposal.objects.select_related("condition__entry__left")
    assert cards.count() == len(keys) * 4
    for card in cards:
        assert card.stage == stage_of_return(card.condition, at), (card.condition.re_entry, card.entry.left.stage)


def test_whoever_keeps_the_contact_gets_the_card_until_their_message_went_unanswered_for_a_month():
    from recruiting.contact.services import record_touch

    keeper = a_recruiter()
    entry = an_entry("timing.start_date", by=keeper, at=LEFT)
    silent = an_entry("timing.start_date", by=keeper, at=LEFT)
    for each, days in ((entry, 29), (silent, 30)):
        record_touch(candidate=each.candidate, kind="mail", by=keeper, at=DUE - DAY * days)

    evaluate(everything(), DUE)

    assert the_card_of(entry.candidate).desk == keeper
    assert the_card_of(silent.candidate).desk == the_card_of(silent.candidate).job.recruiter


def test_everything_in_the_way_counts():
    """A date has come; the must-have that failed as well is still asked for and not shown."""
    job = an_open_job(asks=(("Kubernetes", 3),))
    entry = an_entry("timing.start_date", job=job, at=LEFT, order={"further": ["skill.must_have"]})
    evaluated(entry.candidate, DUE)
    assert the_card_of(entry.candidate) is None

    an_evidence(entry.candidate, "kubernetes", 3, at=DUE)
    evaluated(entry.candidate, DUE)
    assert the_card_of(entry.candidate).kind == "date"


def test_a_pay_floor_above_the_band_travels_with_the_person_for_a_year():
    job = an_open_job(band_min=6_000_000, band_max=9_000_000)
    entry = an_entry("timing.start_date", job=job, at=LEFT, order={"further": ["terms.pay"], "pay_floor": 12_000_000})
    evaluated(entry.candidate, DUE)
    assert the_card_of(entry.candidate) is None

    people.record_basis(
        candidate=entry.candidate, purpose="future_roles", kind="agreed", given_on=DUE.date(), by=None, at=DUE
    )
    evaluated(entry.candidate, LEFT + DAY * 366)
    assert the_card_of(entry.candidate) is not None


def test_a_true_date_without_a_job_makes_the_entry_ready_and_the_first_fitting_job_proposes_it():
    job = an_open_job()
    entry = an_entry("timing.start_date", job=job, at=LEFT)
    from recycling.jobs import close_job

    an_evidence(entry.candidate, "python", 3, at=LEFT)
    close_job(job=type(job).objects.get(pk=job.pk), state="cancelled", by=a_lead(), at=LEFT + DAY)
    evaluated(entry.candidate, DUE)
    assert (fresh(entry).state, fresh(entry).ready_since) == (Rest.RESTING, DUE)

    new = an_open_job("New", asks=("Python",), at=DUE)
    evaluated(entry.candidate, DUE + DAY)
    assert the_card_of(entry.candidate).job == new


def test_an_accepted_card_is_only_marked_when_it_stops_holding_and_the_mark_goes_when_it_holds_again():
    job = an_open_job()
    entry = an_entry("timing.start_date", job=job, at=LEFT)
    evaluated(entry.candidate, DUE)
    card = proposals.accept_proposal(
        proposal=the_card_of(entry.candidate), what_changed="They are free now.", by=a_recruiter(), at=DUE
    )
    evaluated(entry.candidate, DUE)
    assert Proposal.objects.get(pk=card.pk).no_longer_holds_at is None

    people.set_do_not_contact(candidate=entry.candidate, why="Asked us to stop", by=a_recruiter(), at=DUE)
    evaluated(entry.candidate, DUE + DAY)
    marked = Proposal.objects.get(pk=card.pk)
    if marked.state == ProposalState.ACCEPTED:
        assert marked.no_longer_holds_at == DUE + DAY
        people.lift_do_not_contact(candidate=entry.candidate, by=a_recruiter(), at=DUE + DAY)
        evaluated(entry.candidate, DUE + DAY * 2)
        assert Proposal.objects.get(pk=card.pk).no_longer_holds_at is None


def test_a_snoozed_card_is_withdrawn_like_an_open_one_and_the_person_rests_again():
    job = an_open_job()
    entry = an_entry("timing.start_date", job=job, at=LEFT)
    evaluated(entry.candidate, DUE)
    proposals.snooze_proposal(
        proposal=the_card_of(entry.candidate), until=(DUE + DAY * 9).date(), by=a_recruiter(), at=DUE
    )
    jobs.mark_held(job=type(job).objects.get(pk=job.pk), by=a_lead(), at=DUE)

    evaluate(Scope(jobs=[job.pk]), DUE + DAY)

    assert the_card_of(entry.candidate) is None
    assert fresh(entry).state == Rest.RESTING
    assert Condition.objects.get(entry=entry).is_waiting


def test_a_process_elsewhere_takes_the_card_back_and_its_end_brings_it_again():
    entry = an_entry("timing.start_date", at=LEFT)
    evaluated(entry.candidate, DUE)
    elsewhere = an_application(candidate=entry.candidate, job=an_open_job("Other"), through="screening", at=DUE)
    evaluated(entry.candidate, DUE + DAY * 2)
    assert the_card_of(entry.candidate) is None

    an_exit("interest.withdrew", application=elsewhere, at=DUE + DAY * 3)
    evaluated(entry.candidate, DUE + DAY * 3)
    assert the_card_of(entry.candidate) is not None


def test_one_person_has_one_card_whatever_comes_true_at_once():
    first = an_entry("timing.start_date", at=LEFT)
    application = an_application(candidate=first.candidate, job=an_open_job("Second"), at=LEFT)
    an_exit("timing.notice", application=application, at=LEFT + DAY)

    evaluate(everything(), DUE)

    assert Proposal.objects.filter(candidate=first.candidate, state__in=LIVE_PROPOSAL).count() == 1


def test_an_evaluation_costs_the_same_queries_for_one_person_as_for_twelve(django_assert_max_num_queries):
    world = a_world(3, people=12)
    with django_assert_max_num_queries(45 if connection.vendor == "postgresql" else 40):
        evaluate(Scope(people=[person.pk for person in world.people]), AT)
