"""What stands on the desks today: something true to do for everybody who signs in."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from recruiting.accounts.calendars import minutes_between
from recruiting.accounts.models import User
from recruiting.core.days import day_of, plus_days, start_of
from recruiting.home.sample import offering
from recruiting.home.sample.borders import again, give_back, offer, offer_again
from recruiting.home.sample.leaving import fresh, let_go
from recruiting.home.sample.meetings import MINUTES, a_slot, assess, plan
from recruiting.home.sample.scenes import FIRST, as_far_as, now, on_to
from recruiting.home.sample.world import Life, World
from recruiting.jobs.stages import Stage
from recycling.returns import open_return

NUMBERS = FIRST + 200  # their numbers, apart from everybody else's
A_DAY = 480  # working minutes


def set_desks(world: World) -> None:
    """Each scene begins so many days ago."""
    users = world.users
    soon = _left_today(world, users["manager"])
    scenes: list[tuple[int, Life]] = [
        (210, comes_back(world, 0, moment=world.ago(users["manager"], 720 - soon))),
        (24, waits(world, 1, "data", Stage.SCREENING, moment=world.ago(users["manager"], 520))),
        (30, waits(world, 2, "core", Stage.SCREENING, moment=world.ago(users["manager"], 1000))),
        (12, waits(world, 3, "payments", Stage.SOURCING, moment=world.ago(users["recruiter"], 840), by="sourcer")),
        (9, waits(world, 4, "data", Stage.SOURCING, moment=world.ago(users["recruiter"], 150), by="sourcer")),
        (26, came_back(world, 5, "data", "must-have", minutes=540)),
        (25, came_back(world, 6, "core", "pay", minutes=130)),
        (33, third_return(world, 7)),
        (20, came_back_to_sourcer(world, 8)),
        (28, waits(world, 9, "success", Stage.SCREENING, moment=_before_she_left(world))),
        (21, waits(world, 10, "sales", Stage.SCREENING, moment=world.ago(users["manager2"], 120))),
        (30, to_meet(world, 11, "data", ["interviewer", "manager"], days=0)),
        (31, to_meet(world, 12, "payments", ["interviewer2", "manager2"], days=1)),
        (27, to_meet(world, 13, "core", ["interviewer", "interviewer2"], days=1)),
        (30, to_assess(world, 14, "data", ["manager", "interviewer"], minutes=300)),
        (29, to_assess(world, 15, "core", ["interviewer2", "interviewer"], minutes=660)),
        (29, to_assess(world, 16, "sre", ["interviewer", "manager"], minutes=200)),
        (62, an_open_offer(world, 17, "data", to="asked", moment=world.ago(users["approver"], 290))),
        (60, an_open_offer(world, 18, "core", to="extended", moment=world.ago(users["recruiter"], 5 * A_DAY), days=2)),
        (61, an_open_offer(world, 19, "payments", to="approved", moment=world.ago(users["recruiter"], 200))),
        (48, an_open_offer(world, 20, "success", to="drafted", moment=world.ago(users["recruiter2"], 150))),
        (70, an_open_offer(world, 21, "success", to="expired", moment=world.end - timedelta(days=13), days=-3)),
        (95, an_open_offer(world, 22, "core", to="rescinded", moment=world.end - timedelta(days=41), days=-34)),
        *((days, is_forgotten(world, 30 + place, *where)) for place, (days, *where) in enumerate(FORGOTTEN)),
    ]
    for days_ago, life in scenes:
        world.begin(world.in_office(world.end - timedelta(days=days_ago)), life)


# days ago, job, stage, whose
FORGOTTEN = [
    (64, "data", Stage.SCREENING, "recruiter"),
    (58, "core", Stage.SCREENING, "recruiter"),
    (71, "sre", Stage.SOURCING, "recruiter"),
    (49, "payments", Stage.SCREENING, "recruiter"),
    (52, "payments", Stage.SOURCING, "sourcer"),
    (55, "sales", Stage.SCREENING, "recruiter2"),
    (60, "accounting", Stage.SCREENING, "recruiter2"),
]


# --- Handoffs ---------------------------------------------------------------------------------------------------------


def waits(world: World, number: int, job: str, stage: str, *, moment: datetime, by: str = "") -> Life:
    """Somebody got as far as a stage and is offered over its border: nobody has answered."""
    application = yield from as_far_as(world, world.jobs[job], NUMBERS + number, stage, world.users.get(by))
    yield moment
    offer(world, fresh(application))


def comes_back(world: World, number: int, *, moment: datetime) -> Life:
    """They could not start before a day that is near now; now they are at the gate again."""
    job = world.jobs["data"]
    application = yield from as_far_as(world, job, NUMBERS + number, Stage.INTERVIEW)
    due_on = plus_days(day_of(world.end), 13)  # nobody decides any more when it surfaces
    let_go(world, application, "timing.start_date", due_on=due_on, told="told", told_on=world.today)
    yield world.in_office(world.end - timedelta(days=13))
    by = world.users["recruiter"]
    back = open_return(candidate=application.candidate, job=now(job), owner=by, trigger="date", by=by, at=world.now)
    back = yield from on_to(world, back, Stage.SCREENING)
    yield moment
    offer(world, fresh(back))


def came_back(world: World, number: int, job: str, words: str, *, minutes: int) -> Life:
    """The hiring manager returned them, and the recruiter has not put it right yet."""
    recruiter = world.users["recruiter"]
    application = yield from as_far_as(world, world.jobs[job], NUMBERS + number, Stage.SCREENING)
    yield world.ago(recruiter, minutes + 300)
    handoff = offer(world, fresh(application))
    yield world.ago(recruiter, minutes)
    give_back(world, again(handoff), words)


def came_back_to_sourcer(world: World, number: int) -> Life:
    sourcer = world.users["sourcer"]
    application = yield from as_far_as(world, world.jobs["payments"], NUMBERS + number, Stage.SOURCING, sourcer)
    yield world.ago(sourcer, 500)
    handoff = offer(world, fresh(application))
    yield world.ago(sourcer, 260)
    give_back(world, again(handoff), "want to talk")


def third_return(world: World, number: int) -> Life:
    """Returned for the third time: the recruiting lead is asked what becomes of it."""
    decides = world.users["manager2"]
    application = yield from as_far_as(world, world.jobs["frontend"], NUMBERS + number, Stage.SCREENING)
    handoff = offer(world, application)
    for minutes, words in ((6 * A_DAY, "pay"), (4 * A_DAY, "must-have"), (400, "CV")):
        yield world.ago(decides, minutes)
        give_back(world, again(handoff), words)
        if minutes > A_DAY:
            yield world.soon(handoff.from_user)
            handoff = offer_again(world, fresh(application), handoff)


def _before_she_left(world: World) -> datetime:
    """Three working hours before the manager who is away today went."""
    absent = world.users["manager3"]
    return world.ago(absent, 180, until=start_of(day_of(world.end - timedelta(days=2))))


def _left_today(world: World, user: User) -> int:
    """Working minutes after which something falls due today, or soon where today is no working day."""
    hours = world.hours(user)
    evening = datetime.combine(world.end.astimezone(hours.zone).date(), time(23, 59), tzinfo=hours.zone)
    left = minutes_between(hours, world.end, evening)
    return max(20, min(150, left * 2 // 3))


# --- Interviews -------------------------------------------------------------------------------------------------------


def to_meet(world: World, number: int, job: str, who: list[str], *, days: int) -> Life:
    """An interview today or tomorrow."""
    application = yield from as_far_as(world, world.jobs[job], NUMBERS + number, Stage.INTERVIEW)
    users = [world.users[part] for part in who]
    earliest = world.end + timedelta(minutes=20) if not days else start_of(plus_days(day_of(world.end), 1 + days))
    yield world.ago(world.users["recruiter"], 600)
    plan(world, fresh(application), users, a_slot(world, users, earliest))


def to_assess(world: World, number: int, job: str, who: list[str], *, minutes: int) -> Life:
    """They have met; one has told what they found, the other one owes it."""
    users = [world.users[part] for part in who]
    application = yield from as_far_as(world, world.jobs[job], NUMBERS + number, Stage.INTERVIEW)
    ended_at = world.ago(users[1], minutes)
    starts_at = (ended_at - timedelta(minutes=MINUTES)).replace(minute=0, second=0, microsecond=0)
    yield min(world.ago(world.users["recruiter"], 3 * A_DAY), starts_at - timedelta(hours=2))
    interview = plan(world, fresh(application), users, max(starts_at, world.now + timedelta(hours=1)))
    yield max(interview.ends_at, ended_at) + timedelta(minutes=35)
    assess(world, interview, users[0], does_well=True)


# --- Offers -----------------------------------------------------------------------------------------------------------


def an_open_offer(world: World, number: int, job: str, *, to: str, moment: datetime, days: int = 0) -> Life:
    """An offer as far as it has come: drafted to run out. `days`: from today to its last day."""
    application = yield from as_far_as(world, world.jobs[job], NUMBERS + number, Stage.HIRE)
    yield moment
    application = fresh(application)
    offer = offering.draft(world, application)
    if to == "drafted":
        return
    offering.ask(world, offer)
    if to == "asked":
        return
    yield world.now + timedelta(minutes=40)
    offering.approve(world, offer)
    if to == "approved":
        return
    yield world.now + timedelta(minutes=50)
    offering.next_step(world, application)
    last_on = plus_days(day_of(world.end), days)
    offer = offering.extend(world, offering.again(offer), days=(last_on - world.today).days)
    if to == "expired":
        yield offering.run_out_at(offer, world.now)
        offering.runs_out(world, offer)
    elif to == "rescinded":
        yield world.days(1, 2)
        offering.take_back(world, offer)
        let_go(world, fresh(application), "capacity.filled", told="told", told_on=world.today)


# --- Forgotten --------------------------------------------------------------------------------------------------------


def is_forgotten(world: World, number: int, job: str, stage: str, whose: str) -> Life:
    """Nothing has happened since."""
    yield from as_far_as(world, world.jobs[job], NUMBERS + number, stage, world.users[whose])
