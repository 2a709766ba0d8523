"""Over the borders: offered with a packet, answered in working hours; some come back, and some are let go there."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile

from funnel.handoffs.answering import accept_handoff, return_handoff
from funnel.handoffs.offering import PacketOrder, Shown, offer_handoff
from funnel.models import Application, Handoff, HandoffState
from funnel.services import set_owner
from funnel.stages import next_stage
from recruiting.accounts.models import User
from recruiting.candidates.models.evidence import EvidenceSource, EvidenceState
from recruiting.candidates.services import add_document, add_evidence
from recruiting.home.sample import phrases
from recruiting.home.sample.leaving import fresh, goes_on, let_them_go_there, tell_them
from recruiting.home.sample.world import World
from recruiting.jobs.gates import GateToday
from recruiting.jobs.models import Proof
from recruiting.jobs.stages import Stage

COMES_BACK = {Stage.SCREENING: 0.12, Stage.INTERVIEW: 0.22, Stage.HIRE: 0.1}  # by the border's stage
IS_DECIDED = {Stage.SCREENING: 0.05, Stage.INTERVIEW: 0.07, Stage.HIRE: 0.04}
IS_LATE = 0.07
# What a receiver lets people go for at the gate: mostly what the sender could not have known.
LET_GO_FOR = {
    Stage.SCREENING: ["fit.far", "skill.experience"],
    Stage.INTERVIEW: ["decision.manager", "skill.experience", "decision.manager"],
    Stage.HIRE: ["decision.manager"],
}
Crossing = Generator[timedelta | datetime, None, Application | None]


def cross(world: World, application: Application, *, surely: bool = False) -> Crossing:
    """Over the next border. Returns their card on the other side; None where it did not come that far."""
    handoff = offer(world, application)
    while handoff.state == HandoffState.OFFERED:
        yield _answered_at(world, handoff, surely=surely)
        handoff = again(handoff)
        if handoff.state != HandoffState.OFFERED or not goes_on(handoff.application):
            return None
        border = Stage(handoff.to_stage)
        if not surely and world.chance(IS_DECIDED[border]):
            exit = let_them_go_there(world, handoff, world.rng.choice(LET_GO_FOR[border]))
            yield from tell_them(world, exit)
            return None
        if not surely and handoff.attempt == 1 and world.chance(COMES_BACK[border]):
            give_back(world, handoff)
            yield world.soon(handoff.from_user)
            application = fresh(application)
            if not goes_on(application) or again(handoff).settled_at:
                return None
            handoff = offer_again(world, application, handoff)
        else:
            take(world, handoff)
    return hand_over(world, fresh(application))


def _answered_at(world: World, handoff: Handoff, *, surely: bool) -> datetime:
    """A few working hours later, in the receiver's own calendar; some are late."""
    if not surely and world.chance(IS_LATE):
        return world.working(handoff.to_user, world.rng.randrange(760, 1300))
    return world.soon(handoff.to_user)


def hand_over(world: World, application: Application) -> Application:
    """Behind the first border the card is the job's recruiter's."""
    recruiter = application.job.recruiter
    if application.stage == Stage.SCREENING and recruiter and application.owner_id != recruiter.pk:
        return set_owner(application=application, owner=recruiter, by=recruiter, at=world.now)
    return application


def offer(world: World, application: Application, *, to_stage: str = "", **terms: str) -> Handoff:
    """The sender's side: what is asked for is found or said, the packet is written in their language."""
    target = to_stage or next_stage(application.stage) or ""
    by = application.owner or application.job.recruiter or world.users["recruiter"]
    gate = world.gate(application.job, target)
    prepare(world, application, gate, by)
    order = a_packet(world, application, gate, by, **terms)
    return offer_handoff(application=application, order=order, by=by, at=world.now, to_stage=target)


def a_packet(world: World, application: Application, gate: GateToday, by: User, **terms: str) -> PacketOrder:
    rng, language = world.rng, by.language
    names = {"job": application.job.title, "employer": application.candidate.employer}
    said: dict[str, Any] = {
        "summary": phrases.one_of(rng, phrases.SUMMARIES, language).format(**names),
        "expectations": phrases.one_of(rng, phrases.EXPECTATIONS, language),
        "open_questions": phrases.one_of(rng, phrases.QUESTIONS, language),
        "rechecked": phrases.one_of(rng, phrases.RECHECKED, language) if application.previous_id else "",
    }
    shown = {}
    for asked in gate.criteria:
        needs_note = asked.criterion.proof == Proof.NOTE
        is_met = True if asked.is_must or world.chance(0.7) else None
        note = phrases.note_for(rng, asked.criterion, language) if needs_note and is_met else ""
        shown[str(asked.criterion.key)] = Shown(is_met=is_met, note=note)
    return PacketOrder(**{**said, **terms}, shown=shown)


def prepare(world: World, application: Application, gate: GateToday, by: User) -> None:
    """What must lie with a card is seen to before: a CV on file, and a must-have that somebody looked at."""
    person = application.candidate
    proofs = {asked.criterion.proof for asked in gate.criteria if asked.is_must}
    if gate.to_stage == Stage.INTERVIEW and (Proof.DOCUMENT in proofs or world.chance(0.6)):
        add_cv(world, application, by)
    if Proof.SKILL in proofs:
        known = {(row.skill_id, row.level or 0) for row in person.skill_evidence.exclude(state=EvidenceState.REFUTED)}
        wanted = world.musts[application.job_id]
        if not any(key == skill.pk and has >= (level or 0) for skill, level in wanted for key, has in known):
            show_skill(world, application, by)


def add_cv(world: World, application: Application, by: User) -> None:
    person = application.candidate
    if person.documents.filter(removed_at=None).exists():
        return
    skills = ", ".join(skill.name_en for skill, _level in world.musts[application.job_id])
    text = phrases.one_of(world.rng, phrases.CV, person.language).format(
        name=person.name,
        title=person.title or application.job.title,
        employer=person.employer,
        year=world.today.year - world.rng.randrange(2, 7),
        skills=skills,
    )
    name = "職務経歴書.txt" if person.language == "ja" else "CV.txt"
    add_document(candidate=person, file=ContentFile(text.encode(), name=name), by=by, at=world.now)


def show_skill(world: World, application: Application, by: User, place: int = 0) -> None:
    """A call or a task showed it: the job's must-have, at the level it asks for."""
    skills = world.musts[application.job_id]
    skill, level = skills[place % len(skills)]
    add_evidence(
        candidate=application.candidate,
        skill=skill,
        level=level,
        source=EvidenceSource.SCREENING,
        state=EvidenceState.CONFIRMED,
        seen_on=world.today,
        by=by,
        at=world.now,
    )


# --- The receiver's side ----------------------------------------------------------------------------------------------


def take(world: World, handoff: Handoff, by: User | None = None) -> None:
    checks = {line["key"]: True for line in handoff.packet["criteria"] if line["is_met"]}
    accept_handoff(handoff=handoff, by=by or handoff.to_user, at=world.now, checks=checks)


def give_back(world: World, handoff: Handoff, words: str = "") -> None:
    """Returned with one of the packet's musts and a sentence; `words` choose which."""
    by = handoff.to_user
    lines = [line for line in handoff.packet["criteria"] if line["weight"] == "must"]
    named = [line for line in lines if words and words in line["text_en"]] or lines
    sentences = [(line, phrases.said_of(world.rng, phrases.RETURNS, line["text_en"], by.language)) for line in named]
    known = [pair for pair in sentences if pair[1]]
    line, why = world.rng.choice(known)
    return_handoff(handoff=handoff, failed=line["key"], why=why, by=by, at=world.now)


def offer_again(world: World, application: Application, handoff: Handoff) -> Handoff:
    """The sender put it right and says how."""
    back = again(handoff)
    by = back.from_user
    if back.failed and back.failed.proof == Proof.SKILL:
        show_skill(world, application, by, place=1)
    text = phrases.one_of(world.rng, phrases.AGAIN, by.language).format(employer=application.candidate.employer)
    return offer(world, application, summary=text)


def again(handoff: Handoff) -> Handoff:
    rows = Handoff.objects.select_related(
        *("from_user", "to_user", "job__recruiter", "to_step", "failed"),
        *("application__candidate", "application__job", "application__owner", "application__step"),
    )
    return rows.get(pk=handoff.pk)
