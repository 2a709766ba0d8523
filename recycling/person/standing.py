"""What stands between a person and a return: the conditions, the blocks, and who may be the same person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from recruiting.candidates.models import Candidate, LawfulBasis, Purpose, Tag
from recruiting.candidates.selectors import possible_duplicates
from recruiting.contact.models import Touch
from recruiting.core.days import day_of, plus_months, start_of
from recycling.blocks import Block, blocks_of
from recycling.models import Condition, ConditionSkill, PoolEntry
from recycling.person.course import STANDING


@dataclass(frozen=True)
class Line:
    """One condition: its reason, how far off it is, and what it waits for."""

    reason: str
    distance: str
    share: int  # of the way gone, 0 to 100
    is_resolved: bool
    said: str


@dataclass(frozen=True)
class Standing:
    """The left column of the page. Lines come from recycling.explain, blocks from recycling.blocks."""

    lines: Sequence[Line]
    resolved: int
    blocks: list[tuple[Block, date | None]]
    basis: LawfulBasis | None
    approaches: int
    most_approaches: int
    entry: PoolEntry | None
    duplicates: list[Candidate]
    tags: list[Tag]


def standing_of(person: Candidate, *, at: datetime) -> Standing:
    entries = PoolEntry.objects.filter(candidate=person, state__in=STANDING).select_related("pool", "keeper")
    entry = entries.order_by("-entered_at", "-pk").first()
    lines = [_line(condition, day_of(at)) for condition in _conditions(entry)] if entry else []
    bases = LawfulBasis.objects.filter(candidate=person, purpose=Purpose.FUTURE_ROLES, withdrawn_at=None)
    year = start_of(plus_months(day_of(at), -12))
    return Standing(
        lines=lines,
        resolved=sum(bool(line.is_resolved) for line in lines),
        blocks=[(block, block.until(person)) for block in blocks_of(person, at)],
        basis=bases.order_by("-until").first(),
        approaches=Touch.objects.filter(candidate=person, is_approach=True, at__gte=year).count(),
        most_approaches=settings.TOUCHES_PER_YEAR,
        entry=entry,
        duplicates=list(possible_duplicates(person)[:5]),
        tags=list(person.tags.all()),
    )


def _conditions(entry: PoolEntry) -> list[Condition]:
    return list(Condition.objects.filter(entry=entry).select_related("reason").prefetch_related("skills__skill"))


def _line(condition: Condition, day: date) -> Line:
    """A date is near or far; what a person or a job must change says what it waits for."""
    asked = [_asked(skill) for skill in condition.skills.all()]
    said = ", ".join(asked)
    if condition.resolved_at is not None:
        return Line(str(condition.reason), _("resolved"), 100, True, said)
    if condition.due_on is None:
        return Line(str(condition.reason), _("open"), 0, False, said)
    left, whole = (condition.due_on - day).days, max(1, (condition.due_on - day_of(condition.entered_at)).days)
    if left <= 0:
        return Line(str(condition.reason), _("resolved"), 100, True, said)
    share = max(0, min(100, round(100 * (whole - left) / whole)))
    return Line(str(condition.reason), ngettext("%(n)d day", "%(n)d days", left) % {"n": left}, share, False, said)


def _asked(skill: ConditionSkill) -> str:
    level = skill.skill.level_label(skill.level) if skill.skill else ""
    return f"{skill} {level}".strip()
