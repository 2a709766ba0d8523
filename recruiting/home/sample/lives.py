"""How people's ways go: through steps, out for a reason, on hold, hired. Shares are those of a plain year."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import timedelta
from decimal import Decimal

from funnel.models import Application, Outcome
from funnel.services import (
    advance_application,
    hire_application,
    hold_application,
    move_to_step,
    open_application,
    resume_application,
    set_application_next_action,
)
from recruiting.accounts.models import User
from recruiting.contact.models import TouchKind
from recruiting.contact.services import record_touch
from recruiting.home.sample.people import a_person
from recruiting.home.sample.world import Life, World
from recruiting.jobs.models import Job, JobState, OpeningState, Seat, Step
from recruiting.jobs.stages import Stage
from recycling.leaving import ExitOrder, Failed, exit_application, record_told
from recycling.models import Exit

GOES_ON = {Stage.SOURCING: 0.58, Stage.SCREENING: 0.55, Stage.INTERVIEW: 0.4, Stage.HIRE: 0.72}
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
    Stage.HIRE: [("terms.pay", 40), ("interest.other_offer", 35), ("interest.stayed", 25)],
}  # fmt: skip
THEIRS = {"process.no_reply", "interest", "timing", "decision.household"}
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
    application = open_application(
        candidate=person, job=job, owner=_owner(world, number), by=_owner(world, number), at=world.now
    )
    yield from onward(world, application)


def onward(world: World, application: Application) -> Life:
    """From wherever they are: step by step to a hire, an exit, or to where they stand today."""
    while True:
        stage = Stage(application.stage)
        for step in _later_steps(application):
            _plan_next(world, application)
            yield world.days(2, 11)
            application = _fresh(application)
            if not _goes_on(application):
                return
            application = move_to_step(application=application, step=step, by=application.owner, at=world.now)
        _plan_next(world, application)
        yield world.days(3, 16)
        application = _fresh(application)
        if not _goes_on(application):
            return
        if world.chance(0.04) and stage != Stage.HIRE:
            application = yield from _wait_for_them(world, application)
        if not world.chance(GOES_ON[stage]):
            yield from _leave(world, application)
            return
        if stage == Stage.HIRE:
            _hire(world, application)
            return
        application = advance_application(application=application, by=application.owner, at=world.now)


def _wait_for_them(world: World, application: Application) -> Generator[timedelta, None, Application]:
    """They cannot come for some weeks: the card is held, and goes on after that day."""
    days = world.rng.randrange(10, 40)
    until = world.today + timedelta(days=days)
    why = ABROAD[_language(application)]
    hold_application(application=application, until=until, reason=why, by=application.owner, at=world.now)
    yield timedelta(days=days)
    return resume_application(application=_fresh(application), by=application.owner, at=world.now)


def let_go(world: World, application: Application, key: str, **terms: object) -> Exit:
    """One exit for a reason, with what that reason needs."""
    order = ExitOrder(reason=world.reasons[key], **{**terms_for(world, application, key), **terms})  # type: ignore[arg-type]
    return exit_application(application=application, order=order, by=application.owner, at=world.now)


def terms_for(world: World, application: Application, key: str) -> dict[str, object]:
    job, rng = application.job, world.rng
    side = "they" if key.split(".")[0] in THEIRS or key in THEIRS else "we"
    terms: dict[str, object] = {"side": side if world.reasons[key].side == "either" else world.reasons[key].side}
    if key in {"timing.start_date", "timing.notice", "decision.household", "skill.assessment"}:
        terms["due_on"] = world.today + timedelta(days=rng.randrange(45, 300))
    if key in {"skill.must_have", "skill.language"}:
        skill, level = rng.choice(world.musts[job.pk])
        terms["failed"] = [Failed(skill=skill, level=level)]
    if key == "decision.manager":
        terms["refused_by"] = [job.seats.get(seat=Seat.HIRING_MANAGER, until=None).user]
    if key == "skill.experience":
        terms["years_missing"] = Decimal(rng.choice(["1", "1.5", "2"]))
    if key == "terms.pay":
        terms |= {"pay_floor": (job.band_max or Decimal(8_000_000)) + Decimal(500_000), "pay_said_on": world.today}
    if key == "capacity.filled":
        terms["is_runner_up"] = True
    return terms


def _leave(world: World, application: Application) -> Iterator[timedelta]:
    choices = LEAVES_FOR[application.stage]
    key = world.rng.choices([each for each, _weight in choices], [weight for _each, weight in choices])[0]
    if key == "process.no_reply":
        record_touch(candidate=application.candidate, kind=TouchKind.MAIL, by=application.owner, at=world.now)
    exit = let_go(world, application, key)
    yield world.days(0.2, 3)
    if Exit.objects.filter(pk=exit.pk, undone_at=None, told="not_yet").exists():
        record_told(exit=exit, on=world.today, by=application.owner, at=world.now)


def _hire(world: World, application: Application) -> None:
    if not application.job.openings.filter(state=OpeningState.OPEN).exists():
        let_go(world, application, "capacity.filled")
        return
    starts_on = world.today + timedelta(days=world.rng.randrange(14, 60))
    hire_application(application=application, starts_on=starts_on, by=application.job.recruiter, at=world.now)


def _plan_next(world: World, application: Application) -> None:
    if world.chance(0.88):
        set_application_next_action(
            application=application,
            action=world.rng.choice(ACTIONS[_language(application)][Stage(application.stage)]),
            on=world.today + timedelta(days=world.rng.randrange(4, 18)),
            by=application.owner,
            at=world.now,
        )


def _language(application: Application) -> str:
    return application.owner.language if application.owner else "en"


def _later_steps(application: Application) -> list[Step]:
    here = application.step.position if application.step else -1
    return list(application.job.steps.filter(stage=application.stage, position__gt=here, is_retired=False))


def _fresh(application: Application) -> Application:
    return Application.objects.select_related("candidate", "job__recruiter", "step", "owner").get(pk=application.pk)


def _goes_on(application: Application) -> bool:
    return bool(application.outcome == Outcome.ACTIVE and application.job.state == JobState.OPEN)


def _owner(world: World, number: int) -> User:
    return world.users[("recruiter", "recruiter2", "sourcer")[number % 3]]
