"""One condition beside one job, and everything else of the person beside it: the engine's rules in plain Python.

A test holds `explain` and recycling.engine.matching together: on any world, both name the same pairs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from recruiting.candidates.models import Candidate
from recruiting.jobs.models import Job, JobState
from recycling import blocks
from recycling.conditions import BY_KEY, Finding
from recycling.conditions.reach import reaches
from recycling.conditions.terms import TERMS, Term, unmet_terms
from recycling.models import Condition, Fit


def explain(condition: Condition, job: Job, at: datetime) -> Finding:
    """Whether this condition brings its person back to this job today, and in words why or why not."""
    kind = BY_KEY.get(condition.kind)
    if kind is None:
        return Finding(False, _("A person decides about this reason."))
    if job.state != JobState.OPEN:
        return Finding(False, _("%(job)s is not open.") % {"job": job})
    if not reaches(condition, job):
        return Finding(False, _("%(job)s is out of reach.") % {"job": job})
    found = kind.explain(condition, job, at)
    if condition.left_job_id == job.pk:
        return found
    fit = Fit.objects.filter(candidate=condition.candidate_id, job=job).first()  # a_person_fits_a_job_once
    if fit is None:
        return Finding(False, _("Not every must-have of %(job)s is met by evidence.") % {"job": job}, since=found.since)
    return replace(found, is_confirmed=fit.is_confirmed)


@dataclass(frozen=True)
class Look:
    """Everything of one person beside one job: which reasons are resolved, which in the way, which nobody knows."""

    job: Job
    resolved: list[tuple[Condition, str]]
    unmet: list[tuple[Condition, str]]
    unknown: list[Condition]
    terms: list[Term]  # said by the person, and in the way

    @property
    def total(self) -> int:
        return len(self.resolved) + len(self.unmet) + len(self.unknown) + len(self.terms)

    @property
    def in_the_way(self) -> list[str]:
        """Each obstacle in a word or a sentence; empty where nothing known stands in the way."""
        return [text for _condition, text in self.unmet] + [str(term.label) for term in self.terms]


def look(candidate: Candidate, job: Job, at: datetime, *, but: Condition | None = None) -> Look:
    """All waiting reasons of the person beside the job; `but` is the one that speaks, counted as resolved."""
    found = Look(job, [], [], [], unmet_terms(candidate, job, at))
    waiting = Condition.objects.filter(candidate=candidate, is_waiting=True).select_related("reason", "left_job")
    for condition in waiting:
        kind = BY_KEY.get(condition.kind)
        if condition.resolved_at is not None:
            found.resolved.append((condition, _("Said to be over.")))
        elif but is not None and condition.pk == but.pk:
            found.resolved.append((condition, explain(condition, job, at).text))
        elif kind is None:
            _look_at_terms(condition, candidate, found, at)
        elif text := kind.stands_in_way(condition, job, at):
            found.unmet.append((condition, text))
        elif reaches(condition, job) or condition.kind == "date":
            found.resolved.append((condition, kind.explain(condition, job, at).text))
    return found


def _look_at_terms(condition: Condition, candidate: Candidate, found: Look, at: datetime) -> None:
    """A reason about terms is known where the person said them: in the way, or resolved for this job."""
    about = [term for term in TERMS if condition.reason.key in term.reasons and term.is_said(candidate, at)]
    if not about:
        found.unknown.append(condition)
    elif not any(term in found.terms for term in about):
        found.resolved.append((condition, _("What they named fits this job.")))


def holds(condition: Condition, job: Job, at: datetime) -> bool:
    """The twin of a row of Holding: the condition passes, nothing known is in the way and nothing hard blocks them."""
    if condition.resolved_at is not None or not condition.is_decisive or not explain(condition, job, at).is_met:
        return False
    if look(condition.candidate, job, at, but=condition).in_the_way:
        return False
    return not any(block.is_hard for block in blocks.blocks_of(condition.candidate, at))
