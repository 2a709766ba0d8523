"""Small random worlds, written straight into the tables: the engine must agree with its twins on any of them,
also on those that no service would make.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, ContactPoint, LawfulBasis, NotTheSame, SkillEvidence
from recruiting.core.days import day_of
from recruiting.jobs.models import Job, JobFamily, JobSeat, Level, Opening, Requirement
from recruiting.skills.models import Skill, SkillClosure
from recycling.fits import refresh_fits_of_people
from recycling.models import Condition, ConditionFamily, ConditionSkill, Exit, ExitReason, Pool, PoolEntry, Refusal
from tests.builders import MONDAY, a_manager, a_recruiter

AT = MONDAY
DAY = timedelta(days=1)
KINDS = ("date", "skill", "decider", "opening", "review")
REACHES = ("own", "near", "same", "lower", "higher", "named")


@contextmanager
def undone() -> Iterator[None]:
    """A world of one example: what is written in it is rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class World:
    """Who and what there is; `rng` goes on making choices, so that a world can be changed afterwards."""

    rng: random.Random
    people: list[Candidate] = field(default_factory=list)
    jobs: list[Job] = field(default_factory=list)
    users: list[User] = field(default_factory=list)
    skills: list[Skill] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)

    def moment(self) -> datetime:
        return AT + DAY * self.rng.randint(-300, -1)

    def maybe(self, share: float) -> bool:
        return self.rng.random() < share


def a_world(seed: int, *, people: int = 6, jobs: int = 6) -> World:
    """A world of its own seed. Most people are free of blocks, so that something holds."""
    world = World(random.Random(seed))
    world.users = [a_manager() for _ in range(3)]
    pairs = SkillClosure.objects.filter(depth=1).order_by("narrow", "broad")[:2]
    world.skills = list(Skill.objects.filter(pk__in={key for pair in pairs for key in (pair.narrow_id, pair.broad_id)}))
    for _ in range(jobs):
        _add_job(world)
    for _ in range(people):
        _add_person(world)
    for person in world.people:
        for _ in range(world.rng.randint(1, 2)):
            _add_entry(world, person)
    refresh_fits_of_people([person.pk for person in world.people], AT)
    return world


def _add_job(world: World) -> None:
    rng = world.rng
    families = [*JobFamily.objects.order_by("pk")[:2], None]
    job = Job.objects.create(
        title=f"Job {len(world.jobs)}",
        state=rng.choices(["open", "on_hold", "filled", "draft"], [8, 1, 1, 1])[0],
        family=rng.choices(families, [8, 2, 1])[0],
        level=rng.choice([*Level.objects.filter(rank__in=[2, 3, 4]), None]),
        recruiter=a_recruiter(),
        created_at=world.moment(),
        opened_at=rng.choice([world.moment(), AT - DAY]),
        asks_changed_at=rng.choice([None, world.moment(), AT - DAY]),
        band_max=rng.choice([None, 8_000_000, 12_000_000]),
        remote=rng.choice(["onsite", "hybrid", "remote"]),
        places=rng.choice([[], ["Tokyo"], ["osaka", "Tokyo"]]),
        form=rng.choice(["full_time", "freelance"]),
    )
    if world.maybe(0.8):
        job.current_opening = Opening.objects.create(job=job, state="open", asked_at=AT, approved_at=AT)
    for skill in rng.sample(world.skills, rng.choice([0, 1, 1, 1, 2])):
        Requirement.objects.create(
            job=job, skill=skill, level=rng.choice([None, None, 2, 3]), is_must=world.maybe(0.8), added_at=AT
        )
    if world.maybe(0.05):
        Requirement.objects.create(job=job, term="tea ceremony", added_at=AT)
    _seat(world, job)
    world.jobs.append(job)


def _seat(world: World, job: Job) -> None:
    rng = world.rng
    seats = []
    for user in rng.sample(world.users, rng.randint(0, 2)):
        since = world.moment()
        until = rng.choice([None, None, since + DAY])
        seats.append(
            JobSeat.objects.create(job=job, user=user, seat="hiring_manager", is_decider=True, since=since, until=until)
        )
    current = [seat for seat in seats if seat.until is None]
    if current:
        newest = max(current, key=lambda seat: seat.since)
        job.decider, job.decider_since = newest.user, newest.since
    job.save(update_fields=["decider", "decider_since", "current_opening"])


def _add_person(world: World) -> None:
    rng = world.rng
    number = len(world.people)
    person = Candidate.objects.create(
        family_name=f"P{number}",
        created_at=AT,
        changed_at=AT,
        use_until=rng.choices([day_of(AT) + DAY * 90, day_of(AT), day_of(AT) - DAY, None], [12, 2, 1, 1])[0],
        pay_floor=rng.choice([None, None, 7_000_000, 10_000_000]),
        pay_said_on=rng.choice([None, day_of(AT) - DAY * 30, day_of(AT) - DAY * 400]),
        wanted_places=rng.choice([[], [], [], ["Osaka"], ["Kyoto"]]),
        wanted_remote=rng.choice(["", "", "", "hybrid", "remote"]),
        wanted_forms=rng.choice([[], [], [], ["full_time"]]),
        available_on=rng.choice([None, None, None, None, day_of(AT) + DAY * 30, day_of(AT) + DAY * 31]),
        touchable_on=rng.choice([None, None, day_of(AT), day_of(AT) + DAY]),
        last_contact_at=rng.choice([None, AT - DAY * 10, AT - DAY * 40]),
        **_blocked(world),
    )
    _add_way_and_basis(world, person, number)
    for skill in rng.sample(world.skills, rng.randint(1, len(world.skills))):
        _add_evidence(world, person, skill)
    if world.maybe(0.12):
        Application.objects.create(
            candidate=person,
            job=rng.choice(world.jobs),
            stage=rng.choice(["sourcing", "screening"]),
            first_stage="sourcing",
            furthest_stage="sourcing",
            last_moved_at=AT,
        )
    if world.people and world.maybe(0.2):
        NotTheSame.objects.create(first=world.people[-1], second=person, said_at=AT, said_by=world.users[0])
    world.people.append(person)


def _add_way_and_basis(world: World, person: Candidate, number: int) -> None:
    rng = world.rng
    ContactPoint.objects.create(
        candidate=person,
        kind="email",
        value=f"p{number}@example.test",
        normal=rng.choices([f"p{number}@example.test", "shared@example.test"], [8, 1])[0],
        state=rng.choices(["usable", "bounced"], [12, 1])[0],
        added_at=AT,
    )
    LawfulBasis.objects.create(
        candidate=person,
        purpose=rng.choices(["future_roles", "mailings"], [14, 1])[0],
        kind="agreed",
        given_on=day_of(AT) - DAY * 30,
        until=rng.choice([None, day_of(AT) + DAY * 90, day_of(AT)]),
        withdrawn_at=rng.choices([None, AT], [14, 1])[0],
        recorded_at=AT,
    )


def _blocked(world: World) -> dict[str, Any]:
    choices: list[dict[str, Any]] = [
        {"do_not_contact_at": AT},
        {"do_not_hire_at": AT},
        {"never_at": AT},
        {"objected_at": AT},
        {"employed_on": day_of(AT) + DAY},
        {"employed_on": day_of(AT) - DAY * 500, "departed_on": day_of(AT) - DAY},
        {"employed_on": day_of(AT) - DAY * 500, "departed_on": day_of(AT) + DAY},
    ]
    return world.rng.choice(choices) if world.maybe(0.12) else {}


def _add_evidence(world: World, person: Candidate, skill: Skill) -> SkillEvidence:
    rng = world.rng
    return SkillEvidence.objects.create(
        candidate=person,
        skill=skill,
        level=rng.choice([None, 1, 3, 3, 4]),
        state=rng.choices(["declared", "confirmed", "refuted"], [3, 4, 1])[0],
        seen_on=day_of(AT),
        recorded_at=world.moment(),
    )


def _add_entry(world: World, person: Candidate) -> None:
    rng = world.rng
    reason = ExitReason.objects.get(key="timing.start_date")
    state = rng.choices(["resting", "closed"], [9, 1])[0]
    entered_at = world.moment()
    entry = PoolEntry.objects.create(
        pool=Pool.objects.get(key="timing"),
        candidate=person,
        origin="met",
        reason=reason,
        state=state,
        closed_why="expired" if state == "closed" else "",
        state_since=entered_at,
        entered_at=entered_at,
        review_on=day_of(AT) + DAY * 200,
        rests_until=rng.choice([None, None, day_of(AT), day_of(AT) + DAY]),
    )
    for place in range(rng.choice([1, 1, 2])):
        _add_condition(world, entry, is_decisive=place == 0)


def _add_condition(world: World, entry: PoolEntry, *, is_decisive: bool) -> None:
    rng = world.rng
    left = rng.choice([*world.jobs, None])
    kind = rng.choice(KINDS)
    condition = Condition.objects.create(
        entry=entry,
        candidate=entry.candidate,
        reason=rng.choice(list(ExitReason.objects.filter(key__in=["terms.pay", "terms.place", "skill.interview"]))),
        is_decisive=is_decisive,
        kind=kind,
        reach=rng.choices(REACHES, [1, 6, 2, 1, 1, 1])[0],
        left_job=left,
        family=left.family if left else rng.choice([*JobFamily.objects.order_by("pk")[:2], None]),
        rank=left.level_id if left else rng.choice([None, 3]),
        is_waiting=entry.is_waiting,
        entered_at=entry.entered_at,
        cool_until=day_of(AT) + DAY * rng.choice([-100, -1, 0, 0, 1, 100]),
        due_on=day_of(AT) + DAY * rng.choice([-5, -5, 29, 30, 31]) if kind == "date" else None,
        re_entry=rng.choice(["sourcing", "screening", "interview", "after_valid", "stage_left"]),
        resolved_at=rng.choices([None, AT], [12, 1])[0],
    )
    if kind == "skill":
        for skill in rng.sample(world.skills, rng.randint(0, 2)):
            ConditionSkill.objects.create(condition=condition, skill=skill, level=rng.choice([None, 3]))
        if world.maybe(0.2):
            ConditionSkill.objects.create(condition=condition, skill=None, term="tea ceremony")
    if kind == "decider" and world.jobs:
        for user in rng.sample(world.users, rng.randint(1, 2)):
            if not Refusal.objects.filter(candidate=entry.candidate, decider=user).exists():
                Refusal.objects.create(
                    candidate=entry.candidate, decider=user, exit=_an_exit(world, entry), at=entry.entered_at
                )
    if condition.reach == "named":
        ConditionFamily.objects.create(condition=condition, family=JobFamily.objects.order_by("pk")[0])
    world.conditions.append(condition)


def _an_exit(world: World, entry: PoolEntry) -> Exit:
    job = world.rng.choice(world.jobs)
    application = Application.objects.create(
        candidate=entry.candidate,
        job=job,
        outcome="exited",
        first_stage="sourcing",
        furthest_stage="sourcing",
        ended_at=entry.entered_at,
        last_moved_at=AT,
    )
    return Exit.objects.create(
        application=application,
        candidate=entry.candidate,
        job=job,
        reason=entry.reason,
        reason_version=1,
        klass="R",
        side="we",
        stage="sourcing",
        exited_at=entry.entered_at,
        created_at=AT,
    )
