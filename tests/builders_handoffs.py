"""Handoffs in every state, reached through the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from funnel.handoffs.answering import accept_handoff, return_handoff, withdraw_handoff
from funnel.handoffs.offering import PacketOrder, Shown, offer_handoff, proposed_packet
from funnel.models import Application, Handoff, Interview, Interviewer, Overall, Scorecard, ScorecardVersion
from funnel.stages import next_stage
from recruiting.accounts.models import User
from recruiting.candidates.services import add_evidence
from recruiting.core.days import day_of
from recruiting.jobs.models import Job, Proof, Seat
from recruiting.jobs.services import seat_user
from recruiting.skills.models import Skill
from tests.builders import MONDAY, a_recruiter, a_sourcer, an_interviewer
from tests.builders_candidates import a_document
from tests.builders_funnel import an_application
from tests.builders_jobs import an_open_job

AN_HOUR = timedelta(hours=1)


def a_job_with_sides(*, recruiter: User | None = None, manager: User | None = None, **more: Any) -> Job:
    """An open job whose borders have somebody on each side: its recruiter, and a hiring manager who decides all."""
    job = an_open_job(recruiter=recruiter or a_recruiter(), decider=manager, **more)
    decider = job.seats.get(seat=Seat.HIRING_MANAGER).user
    seat_user(job=job, user=decider, seat=Seat.FINAL_DECIDER, by=job.recruiter, at=MONDAY)
    return job


def sides(job: Job, to_stage: str, at: datetime) -> tuple[User, User]:
    """Who offers and who is asked at a border: a sourcer to the recruiter, later the recruiter to the manager."""
    if to_stage == "screening":
        return a_sourcer(), job.recruiter
    return job.recruiter, job.seats.filter(seat=Seat.HIRING_MANAGER).order_by("pk")[0].user


def a_full_order(
    application: Application, *, to_stage: str | None = None, at: datetime = MONDAY, **more: Any
) -> PacketOrder:
    """A packet in which every criterion is met, with what has to lie with it; documents and skills are put on file."""
    target = to_stage or str(next_stage(application.stage))
    proposed = proposed_packet(application, target, at)
    proofs = {line.asked.criterion.proof for line in proposed.lines}
    if Proof.DOCUMENT in proofs and proposed.known.cv is None:
        a_document(application.candidate, at=at)
    if Proof.SKILL in proofs:
        for wanted, held in proposed.known.skills.items():
            if held is None:
                skill = Skill.objects.get(pk=wanted.skill)
                add_evidence(
                    candidate=application.candidate,
                    skill=skill,
                    level=wanted.level,
                    seen_on=day_of(at),
                    by=application.owner,
                    at=at,
                )
    if Proof.SCORECARD in proofs and not proposed.known.scorecards:
        a_plain_scorecard(application, at=at)
    shown = {line.key: Shown(is_met=True, note="Said so in the call") for line in proposed.lines}
    return PacketOrder(**{"summary": "Built payment systems for six years.", "shown": shown, **more})


def a_plain_scorecard(application: Application, *, user: User | None = None, at: datetime = MONDAY) -> Scorecard:
    """A yes without ratings, handed in; for the gates, not for tests of scorecards."""
    user = user or an_interviewer()
    interview = Interview.objects.create(
        application=application,
        job=application.job,
        starts_at=at - 2 * AN_HOUR,
        ends_at=at - AN_HOUR,
        created_at=at,
        changed_at=at,
        state="held",
    )
    due = {"feedback_warn_at": at, "feedback_miss_at": at, "answered_at": at}
    Interviewer.objects.create(interview=interview, user=user, **due)
    card = Scorecard.objects.create(
        interview=interview,
        application=application,
        user=user,
        version=1,
        overall=Overall.YES,
        submitted_at=at,
        changed_at=at,
    )
    ScorecardVersion.objects.create(
        scorecard=card, number=1, overall=Overall.YES, notes="Clear and calm", at=at, by=user
    )
    return card


def an_offered_handoff(
    *,
    application: Application | None = None,
    to_stage: str = "interview",
    job: Job | None = None,
    by: User | None = None,
    to: User | None = None,
    at: datetime = MONDAY,
    order: PacketOrder | None = None,
    **more: Any,
) -> Handoff:
    """A card at a gate. `at` is the offer; the person came an hour before and stands in the stage before the gate."""
    if application is None:
        job = job or a_job_with_sides(at=at - AN_HOUR)
        before = {"screening": "sourcing", "interview": "screening", "hire": "interview"}[to_stage]
        application = an_application(job=job, start=before, through=before, at=at - AN_HOUR, **more)
    by = by or sides(application.job, to_stage, at)[0]
    order = order or a_full_order(application, to_stage=to_stage, at=at)
    return offer_handoff(application=application, order=order, by=by, at=at, to_stage=to_stage, to=to)


def a_returned_handoff(*, at: datetime = MONDAY, why: str = "No word on their notice period", **more: Any) -> Handoff:
    """Returned an hour after the offer, for the first criterion of its packet."""
    handoff = more.pop("handoff", None) or an_offered_handoff(at=at, **more)
    return return_handoff(handoff=handoff, failed=first_key(handoff), why=why, by=handoff.to_user, at=at + AN_HOUR)


def an_accepted_handoff(*, at: datetime = MONDAY, **more: Any) -> Handoff:
    """Accepted an hour after the offer: the card has crossed."""
    handoff = more.pop("handoff", None) or an_offered_handoff(at=at, **more)
    return accept_handoff(handoff=handoff, by=handoff.to_user, at=at + AN_HOUR)


def a_withdrawn_handoff(*, at: datetime = MONDAY, **more: Any) -> Handoff:
    handoff = an_offered_handoff(at=at, **more)
    return withdraw_handoff(handoff=handoff, by=handoff.from_user, at=at + AN_HOUR, why="They found something else")


def first_key(handoff: Handoff) -> str:
    """The key of the packet's first criterion."""
    return str(handoff.packet["criteria"][0]["key"])


def again(handoff: Handoff) -> Handoff:
    """The handoff as the database has it now."""
    related = (
        "application__candidate",
        "application__job",
        "job__recruiter",
        "from_user",
        "to_user",
        "failed",
        "to_step",
    )
    return Handoff.objects.select_related(*related).get(pk=handoff.pk)
