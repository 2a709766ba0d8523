"""Fits: after any sequence of evidence and requirement changes they are what they would be from scratch."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recruiting.candidates.models import Candidate, SkillEvidence
from recruiting.jobs.models import Job, Requirement
from recruiting.skills.selectors import narrower_of
from recycling.conditions.skill import is_met
from recycling.fits import refresh_fits_between, refresh_fits_of_job, refresh_fits_of_jobs, refresh_fits_of_people
from recycling.models import Fit
from tests.builders import MONDAY
from tests.builders_candidates import a_candidate
from tests.builders_engine import an_evidence
from tests.builders_jobs import an_open_job
from tests.recycling.engine.worlds import AT, World, a_world, undone

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def fits() -> set[tuple]:
    return set(Fit.objects.values_list("candidate", "job", "is_confirmed"))


def from_scratch() -> set[tuple]:
    """The rule in plain Python: every must-have met; confirmed where each is by something confirmed."""
    found = set()
    for job in Job.objects.filter(state__in=["open", "on_hold"]):
        asked = list(job.requirements.filter(is_must=True))
        for person in Candidate.objects.all():
            if asked and all(is_met(person.pk, requirement) for requirement in asked):
                found.add((person.pk, job.pk, all(_confirmed(person.pk, requirement) for requirement in asked)))
    return found


def _confirmed(person: int, requirement: Requirement) -> bool:
    meets = narrower_of([requirement.skill_id])[requirement.skill_id]
    evidence = SkillEvidence.objects.filter(candidate=person, skill__in=meets, state="confirmed")
    if requirement.level is not None:
        evidence = evidence.filter(level__gte=requirement.level)
    return evidence.exists()


def change(world: World) -> None:
    """One random change, and the refresh that its event would cause."""
    rng = world.rng
    person, job, skill = rng.choice(world.people), rng.choice(world.jobs), rng.choice(world.skills)
    what = rng.choice(["evidence", "refute", "confirm", "ask", "drop", "close", "open"])
    if what == "evidence":
        state = rng.choice(["declared", "confirmed"])
        SkillEvidence.objects.create(
            candidate=person, skill=skill, level=rng.choice([None, 2, 4]), state=state, seen_on=AT, recorded_at=AT
        )
    elif what in ("refute", "confirm"):
        theirs = SkillEvidence.objects.filter(candidate=person, skill=skill)
        theirs.update(state="refuted" if what == "refute" else "confirmed")
    elif what == "ask":
        Requirement.objects.update_or_create(
            job=job, skill=skill, defaults={"level": rng.choice([None, 3]), "is_must": True, "added_at": AT}
        )
    elif what == "drop":
        Requirement.objects.filter(job=job, skill=skill).delete()
    else:
        Job.objects.filter(pk=job.pk).update(state="filled" if what == "close" else "open")
    if what in ("evidence", "refute", "confirm"):
        refresh_fits_of_people([person.pk], AT)
    else:
        refresh_fits_of_job(Job.objects.get(pk=job.pk), AT)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_fits_after_any_sequence_of_changes_are_the_fits_from_scratch(seed):
    with undone():
        world = a_world(seed, people=4, jobs=3)
        for _ in range(10):
            change(world)
            assert fits() == from_scratch()
        kept = fits()
        assert refresh_fits_between(0, 10**9, AT) == 0
        assert refresh_fits_of_jobs([job.pk for job in world.jobs], AT) == 0
        assert fits() == kept


def test_a_fit_keeps_the_fact_it_began_with():
    person, job = a_candidate(), an_open_job(asks=(("Python", 3),))
    first = an_evidence(person, "python", 3, at=MONDAY)
    refresh_fits_of_people([person.pk], MONDAY)
    an_evidence(person, "python", 5, at=MONDAY + DAY)

    assert refresh_fits_of_people([person.pk], MONDAY + DAY) == 0
    assert Fit.objects.get(candidate=person, job=job).fact == first.pk


def test_a_narrower_skill_meets_a_broader_must_have_and_not_the_other_way_round():
    narrow, broad = a_candidate(), a_candidate()
    job, other = an_open_job(asks=("Python",)), an_open_job(asks=("Django",))
    an_evidence(narrow, "django", at=MONDAY)
    an_evidence(broad, "python", at=MONDAY)

    refresh_fits_of_jobs([job.pk, other.pk], MONDAY)

    assert set(Fit.objects.filter(job=job).values_list("candidate", flat=True)) == {narrow.pk, broad.pk}
    assert set(Fit.objects.filter(job=other).values_list("candidate", flat=True)) == {narrow.pk}


def test_a_job_without_must_haves_or_with_an_unknown_word_fits_nobody():
    person = a_candidate()
    an_evidence(person, "python", 5, at=MONDAY)
    an_open_job(asks=(("Python", None, False),))
    an_open_job(asks=("Python", "Underwater basket weaving"))

    assert refresh_fits_of_people([person.pk], MONDAY) == 0
