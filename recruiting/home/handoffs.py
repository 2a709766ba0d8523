"""Handoffs on somebody's desk: what waits for their answer, what came back, what the lead is asked, what is late."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from funnel.handoffs import reading, selectors
from funnel.handoffs.lists import MOST_COUNTED, SETTLES, with_names
from funnel.models import Handoff
from funnel.models.handoffs import ANSWER_HANDOFF
from recruiting.accounts.models import User
from recruiting.core.days import day_of
from recruiting.home.lines import WEEK, Line
from recruiting.home.recruiters import MOST, link


@dataclass(frozen=True)
class First:
    """The handoff that is due first, with its clock, and the lines of those after it."""

    handoff: Handoff | None = None
    clock: reading.Clock | None = None
    rest: list[Line] = field(default_factory=list)

    @property
    def border(self) -> str:
        return reading.border_of(self.handoff) if self.handoff else ""

    @property
    def late(self) -> int:
        lines = sum(line.tone == reading.LATE for line in self.rest)
        return lines + (self.clock is not None and self.clock.is_late)

    @property
    def count(self) -> int:
        return len(self.rest) + (self.handoff is not None)


def first_of(user: User, at: datetime) -> First:
    """For whoever decides: their handoffs as the desk's main thing. Three queries, however many wait."""
    rows = _rows(selectors.waiting_for(user, at)) if user.has_perm(ANSWER_HANDOFF) else []
    if not rows:
        return First()
    return First(rows[0], reading.clock_of(rows[0], at), [_waits(row, at) for row in rows[1:]])


def waiting(user: User, at: datetime) -> list[Line]:
    if not user.has_perm(ANSWER_HANDOFF):
        return []
    return [_waits(row, at) for row in _rows(selectors.waiting_for(user, at))]


def came_back(user: User, at: datetime) -> list[Line]:
    """Returned to me: the criterion that failed, and my own clock."""
    if not user.has_perm("funnel.offer_handoff"):
        return []
    return [
        _line(row, _("Came back: %(what)s · %(job)s") % {"what": row.failed or row.why, "job": row.job}, _("Look"), at)
        for row in _rows(selectors.came_back(user))
    ]


def asked_of_lead(user: User, at: datetime) -> list[Line]:
    """Cards that were returned too often: this lead settles what becomes of them."""
    if not user.has_perm(SETTLES):
        return []
    said = _("Returned %(n)s times: settle it with both sides · %(job)s")
    return [
        _line(row, said % {"n": row.attempt, "job": row.job}, _("Settle"), at)
        for row in _rows(selectors.to_settle(user))
    ]


def late_of_team(user: User, at: datetime) -> list[Line]:
    """What others have not answered in time: of the lead's own team, or of everybody where they have none."""
    if not user.has_perm(SETTLES):
        return []
    late = Handoff.objects.offered().filter(miss_at__lt=at, paused_at=None).exclude(to_user=user).order_by("miss_at")
    if user.team_id:
        late = late.filter(to_user__team=user.team_id)
    said = _("%(who)s has not answered · %(job)s")
    return [_line(row, said % {"who": row.to_user, "job": row.job}, _("Look"), at) for row in _rows(late)]


def waiting_count(user: User, at: datetime) -> int:
    """For the navigation: what waits for an answer and what came back, counted as far as anybody reads."""
    if not user.has_perm(ANSWER_HANDOFF):
        return 0
    sources = (selectors.waiting_for(user, at), selectors.came_back(user))
    return sum(rows.order_by()[: MOST_COUNTED + 1].count() for rows in sources)


def _rows(rows: QuerySet[Handoff]) -> list[Handoff]:
    return list(with_names(rows.filter(application__candidate__erased_at=None))[:MOST])


def _waits(row: Handoff, at: datetime) -> Line:
    said = _("%(border)s, from %(who)s · %(job)s")
    terms = {"border": reading.border_of(row), "who": row.from_user, "job": row.job}
    return _line(row, said % terms, _("Answer"), at)


def _line(row: Handoff, said: str, verb: str, at: datetime) -> Line:
    """Never further off than this week: who waits is seen, however long the receiver is away."""
    due_at = reading.due_of(row)[1]
    return Line(
        "gate",
        said,
        link("funnel:handoff", row.pk),
        verb,
        min(day_of(due_at), day_of(at) + WEEK),
        person=row.application.candidate,
        due_at=due_at,
        tone=reading.tone_of(row, at),
    )
