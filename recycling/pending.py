"""Whom news has touched, and their evaluation: every two seconds, as one set."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, QuerySet

from recruiting.candidates.models import Candidate
from recruiting.jobs.models import Job
from recycling import fits
from recycling.engine import Outcome, Scope, evaluate
from recycling.models import Pending

logger = logging.getLogger(__name__)

MOST = 1_000  # rows in one turn


def note_person(person: int, *, asks_fits: bool = False) -> None:
    """Somebody's facts changed. `asks_fits` when it was their evidence."""
    _note(Pending(person=person, asks_fits=asks_fits), "person")


def note_people(people: Iterable[int], *, asks_fits: bool = False) -> None:
    """The bulk twin of note_person."""
    rows = [Pending(person=person, asks_fits=asks_fits) for person in people]
    if asks_fits:
        Pending.objects.bulk_create(rows, update_conflicts=True, unique_fields=["person"], update_fields=["asks_fits"])
    else:
        Pending.objects.bulk_create(rows, ignore_conflicts=True)


def note_job(job: int, *, asks_fits: bool = False) -> None:
    """A job's facts changed. `asks_fits` when it asks for something else, opens or closes."""
    _note(Pending(job=job, asks_fits=asks_fits), "job")


def note_live_jobs() -> None:
    """The vocabulary changed: every job that fits are kept for."""
    jobs = Job.objects.filter(state__in=fits.KEPT_FOR).values_list("pk", flat=True)
    rows = [Pending(job=job, asks_fits=True) for job in jobs]
    Pending.objects.bulk_create(rows, update_conflicts=True, unique_fields=["job"], update_fields=["asks_fits"])


def _note(row: Pending, column: str) -> None:
    """One statement: new, or known already and only in need of its fits too."""
    if row.asks_fits:
        Pending.objects.bulk_create([row], update_conflicts=True, unique_fields=[column], update_fields=["asks_fits"])
    else:
        Pending.objects.bulk_create([row], ignore_conflicts=True)


def evaluate_pending(at: datetime) -> int:
    """Evaluate everybody and everything noted; how many changes came of it.

    A turn that fails is logged and put behind the others, one row at a time, so that one bad row delays only itself.
    """
    changed, seen = 0, 0
    while seen < MOST * 20:
        rows = list(_next())
        if not rows:
            break
        seen += len(rows)
        try:
            done = _turn(rows, at)
            if done is None:
                break
            changed += done.changed
        except Exception:
            logger.exception("evaluating %s noted rows failed", len(rows))
            Pending.objects.filter(pk__in=[row.pk for row in rows]).update(tries=F("tries") + 1)
            if len(rows) == 1:
                break
    return changed


def _next() -> QuerySet[Pending]:
    """Rows that never failed, as a set; then those that did, one at a time."""
    fresh = Pending.objects.filter(tries=0).order_by("pk")[:MOST]
    return fresh if fresh else Pending.objects.order_by("tries", "pk")[:1]


@transaction.atomic
def _turn(rows: list[Pending], at: datetime) -> Outcome | None:
    """Take the rows away first: a fact that comes while they are evaluated notes them anew. None: others have them."""
    mine = Pending.objects.filter(pk__in=[row.pk for row in rows])
    if connection.vendor == "postgresql":
        mine = mine.filter(pk__in=list(mine.select_for_update(skip_locked=True).values_list("pk", flat=True)))
    rows = list(mine)
    if not rows:
        return None
    mine.delete()
    jobs = [row.job for row in rows if row.job]
    people = [row.person for row in rows if row.person]
    done = Outcome()
    if asked := [row.job for row in rows if row.job and row.asks_fits]:
        for job in Job.objects.filter(pk__in=asked):
            fits.refresh_fits_of_job(job, at)
    if shown := [row.person for row in rows if row.person and row.asks_fits]:
        fits.refresh_fits_of_people(shown, at)
    if jobs:
        done += evaluate(Scope(jobs=jobs), at)
    if people:
        done += evaluate(Scope(people=people + _doubles_of(people)), at)
    return done


def _doubles_of(people: list[int]) -> list[int]:
    """Possibly the same people under another record: what blocks one of them blocks the other."""
    ways = Candidate.objects.filter(pk__in=people, contact_points__kind__in=["email", "phone"])
    same = Candidate.objects.filter(contact_points__normal__in=ways.values("contact_points__normal"))
    return list(same.exclude(pk__in=people).values_list("pk", flat=True).distinct())
