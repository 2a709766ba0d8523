"""Scenes that every visitor finds: one proposal of each kind, a review, somebody being asked, and each block."""

from __future__ import annotations

from collections.abc import Callable, Generator
from datetime import datetime, timedelta

from funnel.models import Application
from funnel.services import open_application
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, Purpose
from recruiting.candidates.models.consent import BasisKind
from recruiting.candidates.models.contact_points import ContactState
from recruiting.candidates.models.evidence import EvidenceSource, EvidenceState
from recruiting.candidates.services import (
    add_contact_point,
    add_evidence,
    object_to_use,
    record_basis,
    set_contact_state,
    set_do_not_contact,
    set_do_not_hire,
    set_employed,
    withdraw_basis,
)
from recruiting.contact.models import TouchKind
from recruiting.contact.services import record_touch
from recruiting.home.sample.borders import cross, offer
from recruiting.home.sample.leaving import fresh, let_go
from recruiting.home.sample.meetings import rounds
from recruiting.home.sample.people import a_person
from recruiting.home.sample.world import Life, World
from recruiting.jobs.models import Job, Seat
from recruiting.jobs.services import add_opening, approve_opening, seat_user, unseat_user
from recruiting.jobs.stages import Stage
from recycling import engine
from recycling.leaving import Failed, rest_as_met
from recycling.models import Proposal, ProposalState
from recycling.proposals import accept_proposal, record_asked
from recycling.returns import open_return

Way = Generator[timedelta | datetime, None, Application]
FIRST = 900  # their numbers, apart from everybody else's


def set_scenes(world: World) -> None:
    scenes: list[tuple[int, Life]] = [
        (150, date_comes(world, FIRST)),
        (150, date_comes(world, FIRST + 4)),
        (140, skill_gained(world, FIRST + 1)),
        (130, decider_replaced(world, FIRST + 2)),
        (120, opening_approved(world, FIRST + 3)),
        (160, being_asked(world, FIRST + 5)),
        (350, review_comes_up(world, FIRST + 6)),
        (60, met_at_an_event(world, FIRST + 7)),
    ]
    world.begin(world.start + timedelta(days=190), managers_change(world))
    world.begin(world.start + timedelta(days=240), teams_grow(world))
    for place, block in enumerate(BLOCKS):
        scenes.append((170 - place, blocked(world, FIRST + 20 + place, block)))
    for days_ago, life in scenes:
        world.begin(world.in_office(world.end - timedelta(days=days_ago)), life)


def managers_change(world: World) -> Life:
    """In the middle of the year two managers changed places: some who were refused came back."""
    for key, manager in (("payments", "manager2"), ("core", "manager")):
        _seat_manager(world, world.jobs[key], manager)
    yield timedelta(days=1)


def teams_grow(world: World) -> Life:
    """Later two teams got another seat: runners-up came back."""
    for key in ("payments", "data", "frontend"):
        opening = add_opening(job=now(world.jobs[key]), by=world.users["recruiter"], at=world.now)
        approve_opening(opening=opening, by=world.users["approver"], at=world.now)
    yield timedelta(days=1)


def date_comes(world: World, number: int) -> Life:
    """They can start in three weeks: the lead of thirty days has begun."""
    application = yield from as_far_as(world, world.jobs["data"], number, Stage.INTERVIEW)
    due_on = world.end.date() + timedelta(days=21)
    let_go(world, application, "timing.start_date", due_on=due_on, told="told", told_on=world.today)


def skill_gained(world: World, number: int) -> Life:
    """Go was missing; work shown this week confirms it."""
    job = world.jobs["payments"]
    application = yield from as_far_as(world, job, number, Stage.INTERVIEW)
    go = world.skills["go"]
    failed = [Failed(skill=go, level=3)]
    let_go(world, application, "skill.must_have", failed=failed, told="told", told_on=world.today)
    yield _until(world, days_before_end=3)
    add_evidence(
        candidate=application.candidate,
        skill=go,
        level=4,
        source=EvidenceSource.WORK,
        state=EvidenceState.CONFIRMED,
        note="Rebuilt a settlement ledger in Go; the talk is online.",
        seen_on=world.today,
        by=world.users["recruiter"],
        at=world.now,
    )


def decider_replaced(world: World, number: int) -> Life:
    """The manager said no; this week another one took over."""
    job = world.jobs["sre"]
    application = yield from as_far_as(world, job, number, Stage.INTERVIEW)
    refused_by = [world.users["manager2"], world.users["approver"]]
    let_go(world, application, "decision.manager", refused_by=refused_by[:1], told="told", told_on=world.today)
    yield _until(world, days_before_end=2)
    _seat_manager(world, job, "manager")


def opening_approved(world: World, number: int) -> Life:
    """Runner-up for the last seat; yesterday another one was approved."""
    job = world.jobs["design"]
    application = yield from as_far_as(world, job, number, Stage.INTERVIEW)
    let_go(world, application, "capacity.filled", told="told", told_on=world.today)
    yield _until(world, days_before_end=1)
    opening = add_opening(job=now(job), by=world.users["recruiter2"], at=world.now)
    approve_opening(opening=opening, by=world.users["approver"], at=world.now)


def being_asked(world: World, number: int) -> Life:
    """Their date came a fortnight ago; a colleague wrote to them."""
    application = yield from as_far_as(world, world.jobs["core"], number, Stage.INTERVIEW)
    due_on = world.end.date() + timedelta(days=16)
    let_go(world, application, "timing.notice", due_on=due_on, told="told", told_on=world.today)
    yield _until(world, days_before_end=6)
    engine.sweep(world.now, is_full=True)
    card = Proposal.objects.filter(candidate=application.candidate_id, state=ProposalState.OPEN).first()
    if card:
        by = world.users["recruiter"]
        accept_proposal(proposal=card, what_changed="Their notice ends in two weeks.", by=by, at=world.now)
        record_asked(proposal=card, kind=TouchKind.MAIL, subject="Shall we talk again?", by=by, at=world.now)


def review_comes_up(world: World, number: int) -> Life:
    """An interview that went badly: whether it still counts, a person decides."""
    application = yield from as_far_as(world, world.jobs["qa"], number, Stage.INTERVIEW, basis="announced")
    let_go(world, application, "skill.interview", told="told", told_on=world.today)


def met_at_an_event(world: World, number: int) -> Life:
    person = a_person(world, world.jobs["frontend"], number=number, basis="agreed")
    family = world.jobs["frontend"].family
    rest_as_met(candidate=person, by=world.users["sourcer"], at=world.now, families=[family] if family else [])
    yield timedelta(days=1)


def blocked(world: World, number: int, block: Callable[[World, Candidate, int], None]) -> Life:
    """Their date has come like the others', and one block stands before them."""
    application = yield from as_far_as(world, world.jobs["data"], number, Stage.INTERVIEW)
    due_on = world.end.date() + timedelta(days=14)
    let_go(world, application, "timing.start_date", due_on=due_on, told="told", told_on=world.today)
    yield _until(world, days_before_end=20 + number % 5)
    block(world, Candidate.objects.get(pk=application.candidate_id), number)


def objected(world: World, person: Candidate, number: int) -> None:
    object_to_use(candidate=person, by=world.users["recruiter"], at=world.now)


def basis_withdrawn(world: World, person: Candidate, number: int) -> None:
    for basis in person.bases.filter(purpose=Purpose.FUTURE_ROLES, withdrawn_at=None):
        withdraw_basis(basis=basis, by=world.users["recruiter"], at=world.now)


def use_ran_out(world: World, person: Candidate, number: int) -> None:
    """The standing basis is replaced by one that has run out by today."""
    basis_withdrawn(world, person, number)
    record_basis(
        candidate=person,
        purpose=Purpose.FUTURE_ROLES,
        kind=BasisKind.ANNOUNCED,
        given_on=world.today - timedelta(days=300),
        until=world.end.date() - timedelta(days=2),
        by=world.users["recruiter"],
        at=world.now,
    )


def never_again(world: World, person: Candidate, number: int) -> None:
    """In another process something they had said turned out not to be so."""
    other = straight_to_screening(world, person, world.jobs["sales"])
    let_go(world, other, "integrity.false", told="told", told_on=world.today)


def do_not_hire(world: World, person: Candidate, number: int) -> None:
    why, review_on = "来年まで競業避止義務がある", world.today + timedelta(days=200)
    set_do_not_hire(candidate=person, why=why, review_on=review_on, by=world.users["lead"], at=world.now)


def opted_out(world: World, person: Candidate, number: int) -> None:
    set_do_not_contact(candidate=person, why="Asked us not to write", by=world.users["recruiter"], at=world.now)


def unreachable(world: World, person: Candidate, number: int) -> None:
    for point in person.contact_points.all():
        set_contact_state(contact_point=point, state=ContactState.BOUNCED, by=world.users["recruiter"], at=world.now)


def in_process(world: World, person: Candidate, number: int) -> None:
    straight_to_screening(world, person, world.jobs["frontend"])


def works_here(world: World, person: Candidate, number: int) -> None:
    set_employed(candidate=person, employed_on=world.today, by=world.users["recruiter"], at=world.now)


def twin_is_active(world: World, person: Candidate, number: int) -> None:
    """Somebody with the same address is in another process: perhaps the same person."""
    twin = a_person(world, world.jobs["success"], number=number + 40, basis="agreed")
    value = person.contact_points.filter(kind="email")[0].value
    add_contact_point(candidate=twin, kind="email", value=value, by=world.users["recruiter"], at=world.now)
    straight_to_screening(world, twin, world.jobs["success"])


def asked_lately(world: World, person: Candidate, number: int) -> None:
    """The one soft block: an approach used this quarter's budget."""
    by = world.users["sourcer"]
    record_touch(candidate=person, kind=TouchKind.MAIL, is_approach=True, subject="News", by=by, at=world.now)


BLOCKS: list[Callable[[World, Candidate, int], None]] = [
    objected, basis_withdrawn, use_ran_out, never_again, do_not_hire, opted_out, unreachable, in_process, works_here,
    twin_is_active, asked_lately,
]  # fmt: skip


def as_far_as(world: World, job: Job, number: int, stage: str, owner: User | None = None, basis: str = "agreed") -> Way:
    """Somebody who meets every must-have comes, and gets as far as a stage. Returns their application."""
    person = a_person(world, job, number=number, basis=basis, shows=True)
    by = owner or job.recruiter
    application = open_application(candidate=person, job=now(job), owner=by, by=by, at=world.now)
    return (yield from on_to(world, application, stage))


def on_to(world: World, application: Application, stage: str) -> Way:
    """Border by border, with nothing in the way."""
    while application.stage != stage:
        yield world.days(1, 3)
        if application.stage == Stage.INTERVIEW:
            yield from rounds(world, application, survives=1, most=1)
        crossed = yield from cross(world, fresh(application), surely=True)
        application = crossed or fresh(application)
    yield world.days(0.5, 3)
    return fresh(application)


def straight_to_screening(world: World, person: Candidate, job: Job) -> Application:
    """The job's recruiter brings somebody over their own border."""
    by = job.recruiter
    application = open_return(candidate=person, job=now(job), owner=by, trigger="added", by=by, at=world.now)
    offer(world, application)
    return fresh(application)


def _seat_manager(world: World, job: Job, manager: str) -> None:
    lead = world.users["lead"]
    unseat_user(seat=job.seats.get(seat=Seat.HIRING_MANAGER, until=None, deputy_for=None), by=lead, at=world.now)
    seat_user(job=job, user=world.users[manager], seat=Seat.HIRING_MANAGER, by=lead, at=world.now)


def _until(world: World, *, days_before_end: int) -> timedelta:
    moment: datetime = world.end - timedelta(days=days_before_end)
    return max(moment - world.now, timedelta(hours=1))


def now(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)
