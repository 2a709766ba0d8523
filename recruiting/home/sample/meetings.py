"""Interviews: planned when everybody works, held, and told of in two scorecards that did not know each other."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from funnel.interviews.planning import hold_interview, plan_interview
from funnel.interviews.scorecards import Rated, submit_scorecard
from funnel.interviews.terms import Terms
from funnel.models import Application, Interview, InterviewState
from funnel.services import move_to_step
from recruiting.accounts.models import User
from recruiting.core.days import organisation_zone
from recruiting.home.sample import phrases
from recruiting.home.sample.leaving import fresh, goes_on
from recruiting.home.sample.world import World
from recruiting.jobs.models import Step
from recruiting.jobs.stages import Stage

MINUTES = 60
HOURS = (10, 11, 13, 14, 15, 16)
FOR_ABROAD = (16, 17)  # when it is morning in Europe
NO, YES = 2, 3
Round = Generator[timedelta | datetime, None, Application | None]
Stay = Generator[timedelta | datetime, None, tuple[Application, bool] | None]  # how a stage ended: their card, and well


def rounds(world: World, application: Application, *, survives: float, most: int = 9) -> Stay:
    """Every interview of the stage, one after the other, as long as they do well. None where something came between.

    `survives`: the share that comes through all of them.
    """
    steps = [step for step in [application.step, *later_steps(application)] if step is not None][:most]
    for step in steps:
        if step.pk != application.step_id:
            application = move_to_step(application=application, step=step, by=application.owner, at=world.now)
        does_well = world.chance(survives ** (1 / len(steps)))
        done = yield from a_round(world, application, step, does_well=does_well)
        if done is None:
            return None
        application = done
        if not does_well:
            return application, False
    return application, True


def a_round(world: World, application: Application, step: Step | None, *, does_well: bool) -> Round:
    """One interview: planned, held, assessed by two."""
    owner = application.owner or world.users["recruiter"]
    yield world.soon(owner, hours=4)
    application = fresh(application)
    if not goes_on(application) or application.stage != Stage.INTERVIEW:
        return None
    users = who_asks(world, application, step)
    starts_at = a_slot(world, users, world.now + world.days(1, 5))
    interview = plan(world, application, users, starts_at, step=step)
    yield starts_at + timedelta(minutes=MINUTES)
    for user in users:
        yield world.soon(user, hours=3)
        application = fresh(application)
        interview = Interview.objects.select_related("job", "application").get(pk=interview.pk)
        if not goes_on(application) or interview.state not in (InterviewState.PLANNED, InterviewState.HELD):
            return None
        assess(world, interview, user, does_well=does_well)
    return application


def who_asks(world: World, application: Application, step: Step | None) -> list[User]:
    """Two of the house; whoever decides about the seat sits in the last one, and in the only one."""
    job = application.job
    first, second = world.users["interviewer"], world.users["interviewer2"]
    if step is not None and (step.is_final or step.stage != Stage.INTERVIEW):
        return [world.decider(job), first if job.recruiter_id == world.users["recruiter"].pk else second]
    return [first, second] if world.chance(0.7) else [second, world.decider(job)]


def plan(
    world: World, application: Application, users: Sequence[User], starts_at: datetime, *, step: Step | None = None
) -> Interview:
    number = world.rng.randrange(100, 999)
    video = world.chance(0.7) or any(user.time_zone != "Asia/Tokyo" for user in users)
    terms = Terms(
        starts_at=starts_at,
        minutes=MINUTES,
        interviewers=tuple(users),
        place="" if video else world.rng.choice(["Room Ginkgo, 8F", "会議室 けやき（8階）"]),
        video_url=f"https://meet.sample.example/k-{application.pk}-{number}" if video else "",
        step=step or application.step,
    )
    world.booked.update((user.pk, starts_at) for user in users)
    return plan_interview(application=application, terms=terms, by=application.owner or users[0], at=world.now)


def a_slot(world: World, users: Sequence[User], earliest: datetime) -> datetime:
    """A full hour on a day on which all of them work and sit in nothing else."""
    zone = organisation_zone()
    hours = FOR_ABROAD if any(ZoneInfo(user.time_zone) != zone for user in users) else HOURS
    for ahead in range(60):
        day = (earliest + timedelta(days=ahead)).astimezone(zone).date()
        if not all(world.hours(user).works_on(day) for user in users):
            continue
        for hour in world.rng.sample(hours, len(hours)):
            starts_at = datetime.combine(day, time(hour), tzinfo=zone)
            if starts_at > earliest and not any((user.pk, starts_at) in world.booked for user in users):
                return starts_at
    return earliest


def assess(world: World, interview: Interview, user: User, *, does_well: bool) -> None:
    """One scorecard, in their language; now and then the two do not agree."""
    rng, language = world.rng, user.language
    middle = YES if does_well else NO
    ratings = {}
    for attribute in world.attributes(interview.job):
        score = min(4, max(1, middle + rng.choice([-1, 0, 0, 0, 1, 1] if does_well else [-1, 0, 0, 0, 1])))
        if not attribute.needs_note and world.chance(0.4):
            ratings[attribute.pk] = Rated(None)
            continue
        ratings[attribute.pk] = Rated(score, phrases.one_of(rng, phrases.FOUND[score], language))
    overall = middle + (1 if does_well and world.chance(0.2) else 0)
    overall = YES if not does_well and world.chance(0.15) else overall
    notes = phrases.one_of(rng, phrases.RECOMMENDS[overall], language)
    submit_scorecard(interview=interview, user=user, ratings=ratings, overall=overall, notes=notes, at=world.now)


def hold(world: World, interview: Interview, by: User) -> Interview:
    return hold_interview(interview=interview, by=by, at=world.now)


def later_steps(application: Application) -> list[Step]:
    here = application.step.position if application.step else -1
    return list(application.job.steps.filter(stage=application.stage, position__gt=here, is_retired=False))
