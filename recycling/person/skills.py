"""What they can, beside what a job asks: the best that speaks for each skill, and what nothing speaks for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, EvidenceState, SkillEvidence
from recruiting.candidates.models.evidence import EvidenceSource
from recruiting.core.days import plus_months
from recruiting.jobs.models import Job, Requirement
from recruiting.jobs.selectors import requirements_of
from recruiting.skills.levels import TOP
from recruiting.skills.models import Skill
from recycling.person.course import Cycle

JUDGED = (EvidenceSource.SCREENING, EvidenceSource.INTERVIEW, EvidenceSource.ASSESSMENT)
_BLOCKS = 5  # a gauge has five, whatever the scale


@dataclass(frozen=True)
class SkillRow:
    """One skill: the level held and asked in words and on the gauge, and the evidence it rests on."""

    name: str
    evidence: SkillEvidence | None
    held: int | None = None  # on the gauge
    asked: int | None = None
    level: str = ""
    asked_level: str = ""
    is_declared: bool = False
    is_not_met: bool = False
    is_asked: bool = False
    age: str = ""


def job_compared_with(cycles: Sequence[Cycle]) -> Job | None:
    """The job they are in, else the last one they were in; of jobs the reader may see."""
    seen = [cycle.application for cycle in cycles if not cycle.is_elsewhere]
    live = [application for application in seen if application.outcome in ("active", "on_hold")]
    return next((application.job for application in [*live, *seen]), None)


def evidence_of(person: Candidate, user: User, cycles: Sequence[Cycle]) -> list[SkillEvidence]:
    """Newest first. What was judged is for those who may see evaluations, and outside recruiting only what was judged
    since the person came to a job of theirs."""
    rows = SkillEvidence.objects.filter(candidate=person).select_related("skill", "confirmed_by", "recorded_by")
    judged = Q(source__in=JUDGED) | Q(state=EvidenceState.REFUTED)
    if not user.has_perm("candidates.view_evaluations"):
        rows = rows.exclude(judged)
    elif not user.sees_everybody:
        came = [cycle.application.entered_at for cycle in cycles if not cycle.is_elsewhere]
        since = min((moment for moment in came if moment), default=None)
        rows = rows.exclude(judged & Q(recorded_at__lt=since)) if since else rows.exclude(judged)
    return list(rows.order_by("-seen_on", "-pk"))


def skills_of(evidence: Sequence[SkillEvidence], job: Job | None, day: date) -> list[SkillRow]:
    """One row a skill, those the job asks for first; then words the list does not know."""
    asks = {ask.skill_id: ask for ask in requirements_of(job)} if job else {}
    by_skill: defaultdict[int, list[SkillEvidence]] = defaultdict(list)
    unknown: dict[str, SkillEvidence] = {}
    for row in evidence:
        if row.skill_id is None:
            unknown.setdefault(row.term.casefold(), row)
        else:
            by_skill[row.skill_id].append(row)
    known = [_row(rows, asks.get(skill), day) for skill, rows in by_skill.items()]
    missing = [_missing(ask) for skill, ask in asks.items() if skill is not None and skill not in by_skill]
    words = [SkillRow(row.term, row, age=_age(row.seen_on, day)) for row in unknown.values()]
    known.sort(key=lambda row: (not row.is_asked, row.is_not_met, -(row.held or 0), row.name))
    return [*known, *missing, *words]


def _row(rows: Iterable[SkillEvidence], ask: Requirement | None, day: date) -> SkillRow:
    best = max(rows, key=_weight)
    skill: Skill = best.skill  # type: ignore[assignment]
    asked = ask.level if ask else None
    return SkillRow(
        name=skill.name,
        evidence=best,
        held=_on_gauge(skill, best.level),
        asked=_on_gauge(skill, asked),
        level=skill.level_label(best.level),
        asked_level=skill.level_label(asked),
        is_declared=best.state == EvidenceState.DECLARED,
        is_not_met=best.state == EvidenceState.REFUTED,
        is_asked=ask is not None,
        age=_age(best.seen_on, day),
    )


def _weight(row: SkillEvidence) -> tuple[int, int, date, int]:
    """What counts goes before what was refuted, then the higher level, then what somebody vouches for, then newer."""
    counts = 0 if row.state == EvidenceState.REFUTED else 1
    confirmed = 1 if row.state == EvidenceState.CONFIRMED else 0
    return (counts, (row.level or 0) * 2 + confirmed, row.seen_on, row.pk)


def _missing(ask: Requirement) -> SkillRow:
    skill: Skill = ask.skill  # type: ignore[assignment]
    return SkillRow(
        name=skill.name,
        evidence=None,
        asked=_on_gauge(skill, ask.level),
        asked_level=skill.level_label(ask.level),
        is_asked=True,
    )


def _on_gauge(skill: Skill, level: int | None) -> int | None:
    """CEFR has six levels: C1 and C2 both fill the gauge."""
    return None if level is None else min(_BLOCKS, level) if TOP[skill.scale] > _BLOCKS else level


def _age(seen_on: date, day: date) -> str:
    months = (day.year - seen_on.year) * 12 + day.month - seen_on.month - (day.day < seen_on.day)
    if months < 1:
        return _("now")
    return _("%(n)d mo") % {"n": months} if months < 12 else _("%(n)d y") % {"n": months // 12}


@dataclass(frozen=True)
class Evaluation:
    """A judgement and the last day it counts."""

    evidence: SkillEvidence
    until: date
    is_over: bool


def evaluations_of(evidence: Sequence[SkillEvidence], day: date) -> list[Evaluation]:
    """What a screening, interview or assessment found, with the day it stops counting."""
    found = []
    for row in evidence:
        if row.source in JUDGED and row.skill_id is not None:
            until = plus_months(row.seen_on, settings.EVALUATION_VALID_MONTHS)
            found.append(Evaluation(row, until, until <= day))
    return found
