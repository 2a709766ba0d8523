"""What stands between a person and a return: the conditions, the blocks, and who may be the same person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from recruiting.candidates.models import Candidate, LawfulBasis, Purpose, Tag
from recruiting.candidates.selectors import possible_duplicates
from recruiting.contact.models import Touch
from recruiting.core import words
from recruiting.core.days import day_of, plus_months, start_of
from recycling.explain import Line, block_lines, why_not
from recycling.models import PoolEntry
from recycling.person.course import STANDING


@dataclass(frozen=True)
class Step:
    """One reason on the way back: what the explanation says, and how far it has come, in words and of a hundred."""

    line: Line
    distance: str
    share: int


@dataclass(frozen=True)
class Standing:
    """The left column of the page. Lines come from recycling.explain, blocks from recycling.blocks."""

    steps: list[Step]
    resolved: int
    further: list[Line]  # a card, a silence, and the jobs in reach
    blocks: list[Line]
    basis: LawfulBasis | None
    approaches: int
    most_approaches: int
    entry: PoolEntry | None
    duplicates: list[Candidate]
    tags: list[Tag]


def standing_of(person: Candidate, *, at: datetime) -> Standing:
    entries = PoolEntry.objects.filter(candidate=person, state__in=STANDING).select_related("pool", "keeper")
    entry = entries.order_by("-entered_at", "-pk").first()
    lines = why_not(entry, at) if entry else []
    steps = [_step(line, day_of(at)) for line in lines if line.topic == "condition"]
    bases = LawfulBasis.objects.filter(candidate=person, purpose=Purpose.FUTURE_ROLES, withdrawn_at=None)
    year = start_of(plus_months(day_of(at), -12))
    return Standing(
        steps=steps,
        resolved=sum(bool(step.line.is_resolved) for step in steps),
        further=[line for line in lines if line.topic != "condition"],
        blocks=block_lines(person, at),
        basis=bases.order_by("-until").first(),
        approaches=Touch.objects.filter(candidate=person, is_approach=True, at__gte=year).count(),
        most_approaches=settings.TOUCHES_PER_YEAR,
        entry=entry,
        duplicates=list(possible_duplicates(person)[:5]),
        tags=list(person.tags.all()),
    )


def _step(line: Line, day: date) -> Step:
    """A date is near or far, a level is partly there; of anything else one knows only whether it is so."""
    if line.is_resolved:
        return Step(line, _("resolved"), 100)
    condition = line.condition
    if condition is not None and condition.due_on is not None and condition.due_on > day:
        left, whole = (condition.due_on - day).days, max(1, (condition.due_on - day_of(condition.entered_at)).days)
        said = ngettext("%(n)d day", "%(n)d days", left) % {"n": left}
        return Step(line, said, max(0, min(100, round(100 * (whole - left) / whole))))
    if line.asked:
        return Step(line, _("%(held)s of %(asked)s") % {"held": line.held or 0, "asked": line.asked}, _part(line))
    if line.is_resolved is None:
        return Step(line, words.full_day(line.until, get_language() or "en") if line.until else _("unknown"), 0)
    return Step(line, _("open"), 0)


def _part(line: Line) -> int:
    return min(99, round(100 * (line.held or 0) / (line.asked or 1)))
