"""What has changed since a moment: whom an event names, and whom the calendar has reached."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from recruiting.candidates.models import Candidate, LawfulBasis, Purpose
from recruiting.core.days import day_of, plus_months
from recruiting.core.models import Event
from recycling.conditions.date import last_due
from recycling.conditions.terms import PAY_VALID_MONTHS
from recycling.models import Condition, PoolEntry

# What the engine itself wrote: it has seen these people.
OWN_VERBS = ("entry.surfaced", "proposal.opened")


def changed_jobs(since: datetime) -> list[int]:
    """Jobs that an event of their own names; what happened to one application of theirs is that person's change."""
    news = Event.objects.filter(at__gte=since, job__isnull=False, verb__startswith="job.")  # event_by_moment
    return sorted({job for job in news.values_list("job", flat=True) if job is not None})


def changed_people(since: datetime, at: datetime, *, after: int, upto: int, limit: int) -> list[int]:
    """The next people, by key, whom an event names since then or for whom a day has come. Every part reads an index."""
    parts = [
        part.filter(**{f"{person}__gt": after, f"{person}__lte": upto})
        .order_by(person)
        .values_list(person, flat=True)
        .distinct()[:limit]
        for person, part in _touched(since, at)
    ]
    return sorted({key for part in parts for key in part})[:limit]


def whose_evidence_changed(people: Collection[int], since: datetime) -> list[int]:
    """Those of them whose fits have to be brought up to date. candidate_skills_changed"""
    changed = Candidate.objects.filter(pk__in=people, skills_changed_at__gte=since)
    return list(changed.values_list("pk", flat=True))


def _touched(since: datetime, at: datetime) -> list[tuple[str, QuerySet[Any, Any]]]:
    """(column of the person, rows) for each way a person can be touched. Days of the first day are looked at again."""
    first, today = day_of(since), day_of(at)
    lead = timedelta(days=settings.DATE_LEAD_DAYS)
    quiet = timedelta(days=settings.IN_PROCESS_CONTACT_DAYS)
    waiting = Condition.objects.filter(is_waiting=True)
    bases = LawfulBasis.objects.filter(purpose=Purpose.FUTURE_ROLES)
    yesterday = timedelta(days=1)
    said = (plus_months(first, -PAY_VALID_MONTHS), plus_months(today, -PAY_VALID_MONTHS))
    people = Candidate.objects.filter(
        Q(use_until__range=(first - yesterday, today - yesterday))
        | Q(touchable_on__range=(first, today))
        | Q(departed_on__range=(first, today))
        | Q(available_on__range=(first + lead, today + lead))
        | Q(pay_said_on__range=said)
        | Q(last_contact_at__range=(since - quiet, at - quiet))
    )
    return [
        ("person", Event.objects.filter(at__gte=since, person__isnull=False).exclude(verb__in=OWN_VERBS)),
        ("candidate", waiting.filter(kind="date", due_on__range=(first + lead, last_due(at)))),
        ("candidate", waiting.filter(cool_until__range=(first, today))),
        ("candidate", PoolEntry.objects.waiting().filter(rests_until__range=(first, today))),
        ("candidate", bases.filter(until__range=(first - yesterday, today - yesterday))),
        ("candidate", bases.filter(given_on__range=(first, today))),
        ("pk", people),
    ]
