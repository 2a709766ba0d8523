"""Why not: for every entry the system says what stands between it and a proposal, and until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from recruiting.candidates.models import Candidate
from recruiting.core import words
from recruiting.core.days import day_of
from recruiting.jobs.models import Job
from recycling import blocks
from recycling.conditions import BY_KEY
from recycling.conditions.date import last_due
from recycling.conditions.reach import reaches
from recycling.explain.single import explain, look
from recycling.models import Condition, PoolEntry, Proposal, ProposalState
from recycling.models.proposals import LIVE_PROPOSAL

MOST_JOBS = 5


@dataclass(frozen=True)
class Line:
    """One thing that stands between a person and a proposal, or is out of the way already.

    `topic` is condition, job, card, rest or block. `is_resolved` is None where nobody knows, or it is no condition.
    `held` of `asked` is the level they had of the one asked, where the line is about a level.
    """

    topic: str
    text: str
    label: str = ""
    is_resolved: bool | None = None
    until: date | None = None
    held: int | None = None
    asked: int | None = None
    condition: Condition | None = None
    job: Job | None = None


def why_not(entry: PoolEntry, at: datetime) -> list[Line]:
    """Each reason of the entry with what it waits for, then its card or silence, then the jobs it reaches.

    Blocks are the person's, not the entry's: see `block_lines`.
    """
    conditions = list(entry.conditions.select_related("reason", "left_job", "candidate"))
    jobs = _jobs_in_reach(conditions)
    lines = [_of_condition(condition, jobs, at) for condition in conditions]
    lines += _of_card(entry)
    if entry.rests_until is not None and entry.rests_until > day_of(at):
        lines.append(Line("rest", _("Not to be proposed for now."), until=entry.rests_until))
    decisive = next((condition for condition in conditions if condition.is_decisive), None)
    if decisive is not None and decisive.kind in BY_KEY:
        lines += [_of_job(decisive, job, at) for job in jobs if reaches(decisive, job)]
    return lines


def block_lines(candidate: Candidate, at: datetime) -> list[Line]:
    """Every block that stops the person today, in order; the first explains itself."""
    return [
        Line("block", str(block.label), label=block.key, until=block.until(candidate))
        for block in blocks.blocks_of(candidate, at)
    ]


def _jobs_in_reach(conditions: list[Condition]) -> list[Job]:
    """A few open jobs that any of the reasons looks at, the job left first. job_open_in_reach"""
    families = {condition.family_id for condition in conditions if condition.family_id}
    left = [condition.left_job_id for condition in conditions if condition.left_job_id]
    named = Q(pk__in=left) | Q(family__in=families)
    found = [
        job
        for job in Job.objects.open().filter(named).select_related("decider").order_by("-opened_at")[: MOST_JOBS * 10]
        if any(reaches(condition, job) for condition in conditions)
    ]
    return sorted(found, key=lambda job: job.pk not in left)[:MOST_JOBS]


def _of_condition(condition: Condition, jobs: list[Job], at: datetime) -> Line:
    kind, label = BY_KEY.get(condition.kind), str(condition.reason)
    if condition.resolved_at is not None:
        return Line("condition", _("Said to be over."), label, is_resolved=True, condition=condition)
    if kind is None:
        return Line(
            "condition",
            _("A person decides, on the day of its review."),
            label,
            until=condition.entry.review_on,
            condition=condition,
        )
    text, until = kind.waits_for(condition, at)
    if condition.kind == "date":
        is_resolved = condition.due_on is not None and condition.due_on <= last_due(at)
    else:
        is_resolved = any(explain(condition, job, at).is_met for job in jobs)
    gap = condition.skills.order_by("pk").first() if condition.kind == "skill" else None
    return Line(
        "condition",
        text,
        label,
        is_resolved=is_resolved,
        until=None if is_resolved else until,
        held=gap.held_level if gap else None,
        asked=gap.level if gap else None,
        condition=condition,
    )


def _of_card(entry: PoolEntry) -> list[Line]:
    """The card the person has already, through this entry or another: there is one at a time."""
    card = (
        Proposal.objects.filter(candidate=entry.candidate_id, state__in=LIVE_PROPOSAL)
        .select_related("job")
        .order_by("-pk")
        .first()
    )
    if card is None:
        return []
    said = {"job": card.job}
    text = (
        _("Somebody is asking them about %(job)s.") % said
        if card.state == ProposalState.ACCEPTED
        else _("Proposed for %(job)s already.") % said
    )
    return [Line("card", text, until=card.snoozed_until, job=card.job)]


def _of_job(condition: Condition, job: Job, at: datetime) -> Line:
    """One job in reach: what this reason says beside it, and what else is in the way."""
    found = explain(condition, job, at)
    if not found.is_met:
        return Line("job", found.text, str(job), is_resolved=False, until=found.until, job=job)
    others = look(condition.candidate, job, at, but=condition)
    if others.in_the_way:
        text = ngettext(
            "%(resolved)s of %(total)s reason resolved; still in the way: %(obstacles)s",
            "%(resolved)s of %(total)s reasons resolved; still in the way: %(obstacles)s",
            others.total,
        ) % {
            "resolved": len(others.resolved),
            "total": others.total,
            "obstacles": words.listed((text.rstrip(".。") for text in others.in_the_way), get_language() or "en"),
        }
        return Line("job", text, str(job), is_resolved=False, job=job)
    spoken = (
        Proposal.objects.filter(condition=condition, job=job, fact=found.fact)
        .exclude(state__in=[ProposalState.WITHDRAWN, *LIVE_PROPOSAL])
        .first()
    )
    if spoken is not None:
        decided = _("Proposed with the same evidence before: %(state)s.") % {"state": spoken.get_state_display()}
        return Line("job", decided, str(job), is_resolved=False, job=job)
    return Line("job", found.text, str(job), is_resolved=True, job=job)
