"""Single explanation and set query are one rule: on any world they name the same people for the same jobs."""

from __future__ import annotations

import pytest
from django.db.models import F, Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruiting.candidates.models import Candidate
from recruiting.jobs.models import Job
from recycling import blocks, explain
from recycling.conditions.pairs import beside_one
from recycling.engine import matching
from recycling.models import Condition
from tests.recycling.engine.worlds import AT, a_world, undone

pytestmark = pytest.mark.django_db
WORLDS = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)


def in_a_world_of_its_own(check):
    """Each example in a savepoint that is rolled back."""

    def run(seed: int) -> None:
        with undone():
            check(seed)

    run.__name__ = check.__name__
    return WORLDS(given(seed=st.integers(0, 10**6))(run))


def the_pairs_that_hold() -> set[tuple[int, int, int, bool]]:
    """(condition, job, fact, confirmed) as the engine sees them."""
    ways = matching.holding(matching.waiting(), Q(), AT)
    return {(row[0], row[3], row[6], bool(row[8])) for way in ways for row in way}


def waiting() -> list[Condition]:
    return list(matching.waiting().select_related("candidate", "reason", "left_job", "entry"))


@in_a_world_of_its_own
def test_a_condition_passes_for_one_exactly_where_it_passes_among_all(seed):
    world = a_world(seed)
    ways = matching.pairs(matching.waiting(), AT)
    found = [pair for way in ways for pair in way.annotate(at_job=F("job")).values_list("pk", "at_job")]

    explained = {
        (condition.pk, job.pk)
        for condition in waiting()
        for job in world.jobs
        if explain.explain(condition, job, AT).is_met
    }
    assert set(found) == explained
    assert len(found) == len(explained)  # no pair comes by two ways


@in_a_world_of_its_own
def test_what_is_in_the_way_for_one_is_in_the_way_among_all(seed):
    world = a_world(seed)
    for job in world.jobs:
        bound = beside_one(matching.waiting(), job)
        free = set(matching.unobstructed(bound, AT).values_list("pk", flat=True))
        for condition in bound.select_related("candidate"):
            seen = explain.look(condition.candidate, job, AT, but=condition)
            assert (condition.pk in free) == (not seen.in_the_way), seen


@pytest.mark.parametrize("seeds", [range(20), range(20, 40)])
def test_what_holds_for_one_is_what_is_found_among_all(seeds):
    met = 0
    for seed in seeds:
        with undone():
            world = a_world(seed)
            explained = set()
            for condition, job in ((condition, job) for condition in waiting() for job in world.jobs):
                if explain.holds(condition, job, AT):
                    found = explain.explain(condition, job, AT)
                    explained.add((condition.pk, job.pk, found.fact, found.is_confirmed))
            assert the_pairs_that_hold() == explained
            met += len(explained)

    assert met >= 4  # the worlds are not empty of people who come back


@in_a_world_of_its_own
def test_since_when_it_holds_is_the_same_for_one_and_for_all(seed):
    a_world(seed)
    for way in matching.holding(matching.waiting(), Q(), AT):
        for row in way:
            condition = Condition.objects.get(pk=row[0])
            if condition.kind != "date":  # the engine takes the moment it saw it
                assert explain.explain(condition, Job.objects.get(pk=row[3]), AT).since == row[7]


@in_a_world_of_its_own
def test_blocks_explain_exactly_those_whom_they_stop(seed):
    a_world(seed)
    free = set(Candidate.objects.filter(blocks.allowed("", AT)).values_list("pk", flat=True))
    startable = set(Candidate.objects.filter(blocks.allowed("", AT, hard_only=False)).values_list("pk", flat=True))

    for person in Candidate.objects.all():
        stopped_by = blocks.blocks_of(person, AT)
        assert (person.pk in free) == (not any(block.is_hard for block in stopped_by))
        assert (person.pk in startable) == (not stopped_by)
