"""How people's ways go: through steps and over borders, out for a reason, on hold, hired. Shares of a plain year."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta

from funnel.models import Application
from funnel.services import (
    hold_application,
    move_to_step,
    open_application,
    resume_application,
    set_application_next_action,
)
from recruiting.accounts.models import User
from recruiting.contact.models import TouchKind
from recruiting.contact.services import record_touch
from recruiting.core.days import plus_days
from recruiting.home.sample.borders import cross
from recruiting.home.sample.leaving import fresh, goes_on, let_go, tell_them
from recruiting.home.sample.meetings import Stay, later_steps, rounds
from recruiting.home.sample.offering import an_offer
from recruiting.home.sample.people import a_person
from recruiting.home.sample.world import Life, World
from recruiting.jobs.models import Job
from recruiting.jobs.stages import Stage

GOES_ON = {Stage.SOURCING: 0.62, Stage.SCREENING: 0.6, Stage.INTERVIEW: 0.52}
LEAVES_FOR: dict[str, list[tuple[str, int]]] = {
    Stage.SOURCING: [
        ("process.no_reply", 40), ("interest.role", 20), ("timing.tenure", 14), ("interest.stayed", 12),
        ("terms.place", 8), ("fit.far", 6),
    ],
    Stage.SCREENING: [
        ("skill.must_have", 30), ("timing.start_date", 12), ("skill.language", 10), ("skill.experience", 10),
        ("terms.pay", 10), ("terms.place", 8), ("interest.withdrew", 8), ("timing.notice", 8), ("fit.far", 4),
    ],
    Stage.INTERVIEW: [
        ("skill.interview", 22), ("decision.manager", 22), ("skill.must_have", 16), ("interest.other_offer", 12),
        ("process.slow", 6), ("capacity.filled", 10), ("decision.household", 6), ("fit.values", 6),
    ],
}  # fmt: skip
# By the language of whoever writes it.
ACTIONS = {
    "en": {
        Stage.SOURCING: ["First mail", "Follow up", "Reply"],
        Stage.SCREENING: ["Decide", "Call", "Read CV"],
        Stage.INTERVIEW: ["Feedback", "Set a time", "Debrief"],
        Stage.HIRE: ["Answer", "Approval"],
    },
    "ja": {
        Stage.SOURCING: ["初回の連絡", "再度の連絡", "返信"],
        Stage.SCREENING: ["可否の判断", "電話", "書類の確認"],
        Stage.INTERVIEW: ["評価の確認", "日程調整", "振り返り"],
        Stage.HIRE: ["回答の確認", "承認依頼"],
    },
}
ABROAD = {"en": "Abroad until then", "ja": "その日まで海外に滞在"}


def a_life(world: World, job: Job, number: int) -> Life:
    """Somebody comes for a job and goes their way."""
    person = a_person(world, job, number=number)
    owner = _owner(world, job, number)
    yield from onward(world, open_application(candidate=person, job=job, owner=owner, by=owner, at=world.now))


def onward(world: World, application: Application) -> Life:
    """From wherever they are: stage by stage to a hire, an exit, or to where they stand today."""
    while application.stage != Stage.HIRE:
        stage = Stage(application.stage)
        if stage == Stage.INTERVIEW:
            met = yield from rounds(world, application, survives=GOES_ON[stage])
        else:
            met = yield from _through_steps(world, application)
        if met is None:
            return
        application, does_well = met
        if world.chance(0.04):
            application = yield from _wait_for_them(world, application)
        if not does_well:
            yield from _leave(world, application)
            return
        if _is_left_for_the_visitor(world, application):
            return
        crossed = yield from cross(world, application)
        if crossed is None:
            return
        application = crossed
    yield from an_offer(world, application)


def _is_left_for_the_visitor(world: World, application: Application) -> bool:
    """Whom one of the hiring managers is asked about today, the scenes decide: their desk stays readable."""
    if application.stage == Stage.SOURCING or not world.is_ending(days=5):
        return False
    return world.decider(application.job).pk == world.users["manager"].pk


def _through_steps(world: World, application: Application) -> Stay:
    """Column by column to the last one of the stage; None where something else became of them."""
    for step in [*later_steps(application), None]:
        wait = world.days(2, 11) if step else world.days(3, 14)
        _plan_next(world, application, wait)
        yield wait
        application = fresh(application)
        if not goes_on(application):
            return None
        if step:
            application = move_to_step(application=application, step=step, by=application.owner, at=world.now)
    return application, world.chance(GOES_ON[Stage(application.stage)])


def _wait_for_them(world: World, application: Application) -> Generator[timedelta | datetime, None, Application]:
    """They cannot come for some weeks: the card is held, and goes on after that day."""
    days = world.rng.randrange(10, 40)
    until = world.today + timedelta(days=days)
    why = ABROAD[_language(application)]
    hold_application(application=application, until=until, reason=why, by=application.owner, at=world.now)
    yield timedelta(days=days)
    return resume_application(application=fresh(application), by=application.owner, at=world.now)


def _leave(world: World, application: Application) -> Life:
    choices = LEAVES_FOR[application.stage]
    key = world.rng.choices([each for each, _weight in choices], [weight for _each, weight in choices])[0]
    if key == "process.no_reply":
        record_touch(candidate=application.candidate, kind=TouchKind.MAIL, by=application.owner, at=world.now)
    yield from tell_them(world, let_go(world, application, key), by=application.owner)


def _plan_next(world: World, application: Application, wait: timedelta) -> None:
    """What they mean to do, and by when: now and then a day or two before they get round to it."""
    if world.chance(0.88):
        set_application_next_action(
            application=application,
            action=world.rng.choice(ACTIONS[_language(application)][Stage(application.stage)]),
            on=plus_days(world.today, wait.days + world.rng.randrange(-1, 5)),
            by=application.owner,
            at=world.now,
        )


def _language(application: Application) -> str:
    return application.owner.language if application.owner else "en"


def _owner(world: World, job: Job, number: int) -> User:
    """Most are found by the sourcer, the others by whoever recruits for the job."""
    return world.users["sourcer"] if number % 5 < 3 else job.recruiter or world.users["recruiter"]
