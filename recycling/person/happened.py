"""What happened, newest first, from where the reader stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from funnel.interviews.selectors import EVALUATIONS, owing
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.core.models import Event
from recruiting.core.paging import keyset
from recruiting.jobs.models import Job
from recycling.models import ExitReason
from recycling.timeline import SENTENCES, Line, Names, line_of

SHOWN = 12
_NEED_REASONS = ("application.exited", "application.moved", "application.did_not_start", "entry.filed")


@dataclass(frozen=True)
class Happened:
    """Lines, and the cursor behind which the older ones begin ("" = none)."""

    lines: list[Line]
    older: str


def happened(
    person: Candidate,
    user: User,
    *,
    after: str = "",
    jobs: Mapping[int, str] | None = None,
    reasons: Mapping[str, str] | None = None,
) -> Happened:
    """One page of it. Names that are known already are not asked for again.

    Who sees only their own jobs sees only what happened there.
    """
    events = Event.objects.filter(person=person.pk, verb__in=SENTENCES).select_related("by")
    if not user.sees_everybody:
        mine = Job.objects.visible_to(user).values("pk")
        nouns = ("application", "handoff", "offer", "interview", "scorecard")
        seen = [Q(verb__startswith=f"{noun}.") for noun in nouns]
        events = events.filter(reduce(or_, seen), job__in=mine)
    if not user.has_perm("funnel.view_offer"):
        events = events.exclude(verb__startswith="offer.")
    events = _blind(events, person, user)
    page = keyset(events, ("-at", "-pk"), after=after, size=SHOWN)  # event_timeline_of_a_person
    names = _names(page.rows, dict(jobs or {}), dict(reasons or {}))
    return Happened([line_of(event, names) for event in page.rows], page.after)


def _blind(events: QuerySet[Event], person: Candidate, user: User) -> QuerySet[Event]:
    """Whose scorecard is in is nobody's to count before their own is, nor for who may not see evaluations."""
    if not user.has_perm(EVALUATIONS):
        return events.exclude(verb__startswith="scorecard.")
    owed = owing(user).filter(interview__application__candidate=person).values("interview__job")
    return events.exclude(verb__startswith="scorecard.", job__in=owed)


def _names(events: list[Event], jobs: dict[int, str], reasons: dict[str, str]) -> Names:
    unknown = {event.job for event in events if event.job} - set(jobs)
    if unknown:
        jobs |= dict(Job.objects.filter(pk__in=unknown).values_list("pk", "title"))
    keys = {event.why for event in events if event.verb in _NEED_REASONS} - set(reasons) - {""}
    if keys:
        reasons |= {reason.key: str(reason) for reason in ExitReason.objects.filter(key__in=keys)}
    return Names(jobs, reasons)
