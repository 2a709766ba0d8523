"""What an exit leaves behind on the person: refusals, evidence, terms said, basis, never. And how it is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Max

from recruiting.accounts.models import User
from recruiting.candidates import services as people
from recruiting.candidates.models import Candidate, EvidenceState, Purpose, SkillEvidence
from recruiting.candidates.models.evidence import EvidenceSource
from recruiting.candidates.services.undoing import restore_bases, take_back_evidence
from recruiting.core.days import day_of
from recruiting.jobs.stages import Stage
from recruiting.skills.models import SkillClosure
from recycling.entries import close_entry
from recycling.leaving.filing import Gap
from recycling.leaving.orders import ExitOrder, Failed
from recycling.models import Exit, PoolEntry, Refusal
from recycling.models.exits import ReasonClass
from recycling.models.pools import ClosedWhy
from recycling.transitions import run_transition

WITHDRAWS_CONSENT = "consent.withdrawn"
WITHDRAWN = (Purpose.FUTURE_ROLES, Purpose.MAILINGS)
SAYS_WHEN = ("timing.start_date", "timing.notice")
STANDING = ("resting", "surfaced", "approached")


def gaps_of(candidate: Candidate, failed: list[Failed]) -> list[Gap]:
    """Each failed requirement beside the level they had evidence for, before it is refuted."""
    return [Gap(each.skill, each.term, each.level, _held(candidate, each)) for each in failed]


def _held(candidate: Candidate, failed: Failed) -> int | None:
    if failed.skill is None:
        return None
    meets = SkillClosure.objects.filter(broad=failed.skill).values("narrow")
    counting = SkillEvidence.objects.filter(candidate=candidate, skill__in=meets).exclude(state=EvidenceState.REFUTED)
    held: int | None = counting.aggregate(held=Max("level"))["held"]
    return held


def leave_traces(*, exit: Exit, order: ExitOrder, by: User | None, at: datetime) -> None:
    """Write down what this exit taught us about the person."""
    candidate = exit.candidate
    for decider in order.refused_by:
        Refusal.objects.get_or_create(candidate=candidate, decider=decider, defaults={"exit": exit, "at": at})
    _leave_evidence(exit, order, by, at)
    said = terms_said(order, at)
    if said:
        people.edit_candidate(candidate=candidate, changes=said, by=by, at=at)
    if order.basis is not None:
        people.record_basis(
            candidate=candidate,
            purpose=Purpose.FUTURE_ROLES,
            kind=order.basis.kind,
            given_on=day_of(at),
            until=order.basis.until,
            by=by,
            at=at,
        )
    if exit.klass == ReasonClass.NEVER:
        never_again(exit, by, at)


def _leave_evidence(exit: Exit, order: ExitOrder, by: User | None, at: datetime) -> None:
    source = EvidenceSource.INTERVIEW if exit.stage in (Stage.INTERVIEW, Stage.HIRE) else EvidenceSource.SCREENING
    note = order.evidence[:500]
    for failed in order.failed:
        if failed.skill is not None:
            people.refute_skill(
                candidate=exit.candidate, skill=failed.skill, level=failed.level, by=by, at=at, note=note
            )
    for shown in order.shown:
        people.add_evidence(
            candidate=exit.candidate,
            skill=shown.skill,
            level=shown.level,
            source=source,
            seen_on=day_of(at),
            by=by,
            at=at,
            state=EvidenceState.CONFIRMED,
            note=note,
        )


def terms_said(order: ExitOrder, at: datetime) -> dict[str, Any]:
    said: dict[str, Any] = {}
    if order.pay_floor is not None:
        said["pay_floor"] = order.pay_floor
        said["pay_currency"] = order.pay_currency
        said["pay_period"] = order.pay_period
        said["pay_said_on"] = order.pay_said_on or day_of(at)
    if order.due_on and any(reason.key in SAYS_WHEN for reason in order.reasons):
        said["available_on"] = order.due_on
    return said


def never_again(exit: Exit, by: User | None, at: datetime) -> None:
    """Class X: nobody proposes them again. Withdrawn consent also ends future roles, mailings and contact."""
    for entry in PoolEntry.objects.filter(candidate=exit.candidate, state__in=STANDING).select_related("left"):
        close_entry(entry=entry, closed_why=ClosedWhy.NEVER, by=by, at=at, why=exit.reason.key)
    people.mark_never(candidate=exit.candidate, by=by, at=at)
    if exit.reason.key != WITHDRAWS_CONSENT:
        return
    people.withdraw_purposes(candidate=exit.candidate, purposes=WITHDRAWN, by=by, at=at)
    if exit.candidate.do_not_contact_at is None:
        people.set_do_not_contact(candidate=exit.candidate, why=str(exit.reason), by=by, at=at)


def take_back_traces(*, exit: Exit, by: User | None, at: datetime) -> None:
    """The exit was undone: its refusals, its evidence and its never go with it. What they said of terms stays."""
    candidate, then = exit.candidate, exit.exited_at
    if then is None:
        return
    _take_back_refusals(exit)
    take_back_evidence(candidate=candidate, recorded_at=then, by=by, at=at)
    if exit.klass != ReasonClass.NEVER:
        return
    others = Exit.objects.filter(candidate=candidate, undone_at=None, klass=ReasonClass.NEVER).exclude(pk=exit.pk)
    if not others.exists():
        people.unmark_never(candidate=candidate, by=by, at=at)
        closed = PoolEntry.objects.filter(candidate=candidate, closed_why=ClosedWhy.NEVER, state_since=then)
        for entry in closed.select_related("left"):
            run_transition(subject=entry, verb="undo_never", by=by, at=at, why="exit_undone")
    if exit.reason.key == WITHDRAWS_CONSENT:
        restore_bases(candidate=candidate, purposes=WITHDRAWN, withdrawn_at=then, by=by, at=at)
        if candidate.do_not_contact_at == then:
            people.lift_do_not_contact(candidate=candidate, by=by, at=at)


def _take_back_refusals(exit: Exit) -> None:
    """A refusal that another exit of theirs rests on as well is handed to that one."""
    gone = set(exit.refusals.values_list("decider", flat=True))
    exit.refusals.all().delete()
    for other in exit.candidate.exits.filter(undone_at=None).exclude(pk=exit.pk).order_by("exited_at"):
        for decider in gone & set(other.snapshot.get("refused_by", [])):
            gone.discard(decider)
            Refusal.objects.create(
                candidate=exit.candidate, decider_id=decider, exit=other, at=other.exited_at or other.created_at
            )
