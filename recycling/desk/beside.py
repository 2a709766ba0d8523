"""The job beside the card: its facts, what the person meets, its board today, and whether they may be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import Count
from django.utils.translation import pgettext_lazy

from funnel.models import Application
from funnel.selectors import first_step
from funnel.stages import ORDER
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, EvidenceState, SkillEvidence, Source
from recruiting.contact.models import Touch
from recruiting.core.days import day_of, plus_months, start_of
from recruiting.jobs.models import Job, OpeningState, Requirement, Step
from recruiting.jobs.selectors import deciders_of, requirements_of
from recruiting.jobs.stages import Stage
from recruiting.skills.selectors import narrower_of
from recycling.blocks import BLOCKS, Block, blocks_of
from recycling.desk.drawings import COLUMNS, board
from recycling.explain.now import owning_agency

# The drawing is narrow: 簡易スクリーニング would run into its neighbour.
SHORT = {Stage.SCREENING: pgettext_lazy("on a small drawing", "Screening")}


@dataclass(frozen=True)
class Must:
    """A must-have beside the best that speaks for it: "met", "declared", "unknown" or "unmet"."""

    requirement: Requirement
    look: str
    held: str = ""

    @property
    def asked(self) -> str:
        skill, level = self.requirement.skill, self.requirement.level
        return skill.level_label(level) if skill and level else ""


@dataclass(frozen=True)
class Beside:
    """Everything the right-hand pane says."""

    job: Job
    openings: int
    filled: int
    open_days: int | None
    deciders: list[User]
    step: Step | None
    band_says: str  # "", "fits", "above" or "other"
    musts: list[Must]
    met: int
    board: str
    columns: list[tuple[str, int, int]]
    allowed: Allowed


@dataclass(frozen=True)
class Allowed:
    """Whether they may be asked, how often they were, and through whom."""

    checked: int
    holding: list[Block]
    approaches: int
    most: int
    last_on: date | None
    agency: Source | None
    origin: Source | None


def beside(job: Job, person: Candidate, stage: str, at: datetime) -> Beside:
    """One job and one person, at a fixed price."""
    states = list(job.openings.values_list("state", flat=True))
    musts = musts_of(job, person)
    counts = dict(Application.objects.live().filter(job=job).values_list("stage").annotate(n=Count("pk")))
    per_stage = [counts.get(each.value, 0) for each in ORDER]
    return Beside(
        job=job,
        openings=sum(state in (OpeningState.OPEN, OpeningState.FILLED) for state in states),
        filled=states.count(OpeningState.FILLED),
        open_days=(day_of(at) - day_of(job.approved_at)).days if job.approved_at else None,
        deciders=list(deciders_of(job)),
        step=first_step(job, stage),
        band_says=_band(job, person.pay_floor, person.pay_currency, person.pay_period),
        musts=musts,
        met=sum(must.look in ("met", "declared") for must in musts),
        board=board(per_stage),
        columns=[
            (str(SHORT.get(each, each.label)), COLUMNS[place], per_stage[place]) for place, each in enumerate(ORDER)
        ],
        allowed=allowed_now(person, at),
    )


def _band(job: Job, floor: Decimal | None, currency: str, period: str) -> str:
    if floor is None or job.band_max is None:
        return ""
    if (currency, period) != (job.currency, job.period):
        return "other"
    return "fits" if floor <= job.band_max else "above"


def musts_of(job: Job, person: Candidate) -> list[Must]:
    """Each must-have by the same rule as Fit: the same skill or a narrower one, at the level asked."""
    asked = [each for each in requirements_of(job) if each.is_must]
    meets = narrower_of([each.skill_id for each in asked if each.skill_id])
    every = {narrow for below in meets.values() for narrow in below} | set(meets)
    rows = list(SkillEvidence.objects.filter(candidate=person, skill__in=every).select_related("skill"))
    return [
        _must(each, [row for row in rows if row.skill_id in (meets.get(each.skill_id or 0, set()) | {each.skill_id})])
        for each in asked
    ]


def _must(asked: Requirement, rows: Sequence[SkillEvidence]) -> Must:
    counting = [row for row in rows if row.state != EvidenceState.REFUTED]
    enough = [row for row in counting if asked.level is None or (row.level or 0) >= asked.level]
    if any(row.state == EvidenceState.CONFIRMED for row in enough):
        return Must(asked, "met")
    if enough:
        return Must(asked, "declared")
    known = [row for row in counting if row.level is not None and row.skill is not None]
    if known:
        best = max(known, key=lambda row: row.level or 0)
        return Must(asked, "unmet", best.skill.level_label(best.level) if best.skill else "")
    return Must(asked, "unmet" if len(rows) > len(counting) else "unknown")


def allowed_now(person: Candidate, at: datetime) -> Allowed:
    year = start_of(plus_months(day_of(at), -12))
    approaches = Touch.objects.filter(candidate=person, is_approach=True, at__gte=year).order_by("-at")
    days = list(approaches.values_list("at", flat=True)[: settings.TOUCHES_PER_YEAR + 1])
    return Allowed(
        checked=len(BLOCKS),
        holding=[block for block in blocks_of(person, at) if block.key != "being_asked"],
        approaches=len(days),
        most=settings.TOUCHES_PER_YEAR,
        last_on=day_of(days[0]) if days else None,
        agency=owning_agency(person.pk, at),
        origin=Source.objects.filter(candidate=person, is_origin=True).select_related("agency", "referrer").first(),
    )
