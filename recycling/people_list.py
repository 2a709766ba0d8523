"""Whom a list of people may show, and what each of its lines says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from funnel.models import Application
from funnel.selectors import candidates_visible_to
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.candidates.models.people import CandidateQuerySet
from recruiting.core.days import day_of
from recycling.models import PoolEntry, Rest

STAYS = (Rest.RESTING, Rest.SURFACED, Rest.APPROACHED)
MANY = 10_000  # beyond this a total is not counted

# Each order has columns without nulls, so that a page begins where the last one ended.
ORDERS: dict[str, tuple[str, ...]] = {
    "": ("-pk",),
    "changed": ("-changed_at", "-pk"),
    "contact": ("-last_contact_at", "-pk"),
    "basis": ("use_until", "pk"),
}
NEEDED = {"contact": "last_contact_at", "basis": "use_until"}


def live_applications() -> Exists:
    return Exists(Application.objects.live().filter(candidate=OuterRef("pk")))  # application_in_process


def works_here() -> Q:
    return Q(employed_on__isnull=False, departed_on=None)


def people(user: User, day: date) -> CandidateQuerySet:
    """Whom this reader may find today. Past the end of use nobody is found, unless in process or employed here."""
    seen: CandidateQuerySet = candidates_visible_to(user)  # type: ignore[assignment]
    return seen.filter(Q(use_until__gte=day, objected_at=None) | live_applications() | works_here())


def people_without_basis(user: User) -> CandidateQuerySet:
    """Who never had a basis for future roles: nobody uses them, but somebody must be able to ask."""
    seen = Candidate.objects.visible_to(user)
    return seen.filter(use_until=None, objected_at=None, never_at=None).exclude(bases__purpose="future_roles")


def in_order(rows: CandidateQuerySet, sort: str) -> tuple[CandidateQuerySet, tuple[str, ...]]:
    """The rows that have a place in this order, and the order."""
    needed = NEEDED.get(sort)
    return (rows.filter(**{f"{needed}__isnull": False}) if needed else rows), ORDERS.get(sort, ORDERS[""])


@dataclass(frozen=True)
class Line:
    """One person in the list: what they are in, or where they rest."""

    person: Candidate
    application: Application | None
    others: int  # further live applications
    entry: PoolEntry | None
    days: int | None  # in the stage, or in the pool
    is_running_out: bool


def lines_of(found: Sequence[Candidate], *, user: User, at: datetime, runs_out_by: date) -> list[Line]:
    """The lines of one page, in two queries however long it is. Where somebody rests is recruiting's to see."""
    keys = [person.pk for person in found]
    live: dict[int, list[Application]] = {}
    mine = Application.objects.visible_to(user).live().filter(candidate__in=keys)
    for application in mine.select_related("job", "step").order_by("-pk"):
        live.setdefault(application.candidate_id, []).append(application)
    entries: dict[int, PoolEntry] = {}
    standing = PoolEntry.objects.visible_to(user).filter(candidate__in=keys, state__in=STAYS)
    for entry in standing.select_related("pool").order_by("state_since"):
        held = entries.get(entry.candidate_id)
        if held is None or held.state == Rest.RESTING:
            entries[entry.candidate_id] = entry
    return [_line(person, live.get(person.pk, []), entries.get(person.pk), at, runs_out_by) for person in found]


def _line(person: Candidate, live: list[Application], entry: PoolEntry | None, at: datetime, runs_out_by: date) -> Line:
    application = live[0] if live else None
    since = application.stage_since if application else entry.entered_at if entry else None
    return Line(
        person=person,
        application=application,
        others=max(0, len(live) - 1),
        entry=entry,
        days=(day_of(at) - day_of(since)).days if since else None,
        is_running_out=person.use_until is not None and person.use_until <= runs_out_by,
    )
