"""The sweep behind the events: everything due, overdue or changed, in slices of people, resumable and one at a time.

A run that was killed is taken up from its cursor by the next one, as of the moment it began. An ordinary run looks at
whatever an event or the calendar has touched since the last finished run, less an hour; the nightly one at everybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone

from recruiting.candidates.models import Candidate
from recycling import fits
from recycling.engine import changes
from recycling.engine.evaluation import Outcome, evaluate
from recycling.engine.scope import Scope
from recycling.models import Condition, SweepRun

SLACK = timedelta(hours=1)  # facts that were being committed while the last run began
CHANGED, FULL = "changed", "full"


@dataclass(frozen=True)
class Slice:
    """The people of one transaction; `people` names them where a run looks only at what changed."""

    upto: int
    scope: Scope
    people: tuple[int, ...] = ()


def slice_size() -> int:
    """People in one transaction."""
    return 250_000 if connection.vendor == "postgresql" else 5_000


def sweep(at: datetime, *, is_full: bool = False, size: int | None = None) -> SweepRun | None:
    """Walk a run to its end. Late, doubled, parallel or killed and taken up again: the same rows."""
    run = _begin(at, is_full)
    if run is None:
        return None
    since = since_of(run)
    while _next_slice(run.pk, since, size or slice_size()):
        pass
    return SweepRun.objects.filter(pk=run.pk, finished_at__isnull=False).first()


def _begin(at: datetime, is_full: bool) -> SweepRun | None:
    """The unfinished run, else a new one. The first run ever is full: there is nothing to have changed since."""
    scope = FULL if is_full or not SweepRun.objects.filter(finished_at__isnull=False).exists() else CHANGED
    upto = Candidate.objects.aggregate(last=Max("pk"))["last"] or 0
    new = SweepRun(as_of=at, scope=scope, cursor=-1, upto=upto, started_at=timezone.now(), running=True)
    SweepRun.objects.bulk_create([new], ignore_conflicts=True)
    return SweepRun.objects.filter(running=True).first()


def since_of(run: SweepRun) -> datetime | None:
    """From when on changes are looked for: the last finished run before this one, less an hour. None: everything."""
    before = SweepRun.objects.filter(finished_at__isnull=False, pk__lt=run.pk).aggregate(last=Max("as_of"))["last"]
    return before - SLACK if before and run.scope == CHANGED else None


@transaction.atomic
def _next_slice(key: int, since: datetime | None, size: int) -> bool:
    """Claim and do one slice in one transaction: a killed worker rolls back claim and work together."""
    run = SweepRun.objects.select_for_update().get(pk=key)
    if run.finished_at is not None:
        return False
    if run.cursor < 0:
        _claim(run, 0)
        done = _changed_jobs(since, run.as_of)
        return _count(run, done, looked_at=0)
    part = _part(run, since, size)
    if part is None:
        SweepRun.objects.filter(pk=key).update(finished_at=timezone.now(), running=None)
        return False
    _claim(run, part.upto)
    if since is None:
        fits.refresh_fits_between(run.cursor, part.upto, run.as_of)
    elif shown := changes.whose_evidence_changed(part.people, since):
        fits.refresh_fits_of_people(shown, run.as_of)
    looked_at = Condition.objects.filter(part.scope.people_of(), is_waiting=True).count()
    return _count(run, evaluate(part.scope, run.as_of), looked_at=looked_at)


def _claim(run: SweepRun, upto: int) -> None:
    SweepRun.objects.filter(pk=run.pk, cursor=run.cursor).update(cursor=upto)


def _count(run: SweepRun, done: Outcome, *, looked_at: int) -> bool:
    SweepRun.objects.filter(pk=run.pk).update(
        slices=F("slices") + 1,
        looked_at=F("looked_at") + looked_at,
        proposed=F("proposed") + done.proposed,
        withdrawn=F("withdrawn") + done.withdrawn,
    )
    return True


def _changed_jobs(since: datetime | None, at: datetime) -> Outcome:
    """Jobs first: their fits, then their pairs. A full run comes to every job by way of its people."""
    if since is None:
        return Outcome()
    jobs = changes.changed_jobs(since)
    if not jobs:
        return Outcome()
    fits.refresh_fits_of_jobs(jobs, at)
    return evaluate(Scope(jobs=jobs), at)


def _part(run: SweepRun, since: datetime | None, size: int) -> Slice | None:
    """The next slice of people after the cursor; None where nobody is left."""
    if since is None:
        people = Candidate.objects.filter(pk__gt=run.cursor, pk__lte=run.upto).order_by("pk")
        last = people.values_list("pk", flat=True)[size - 1 : size].first() or people.aggregate(last=Max("pk"))["last"]
        return Slice(last, Scope(after=run.cursor, upto=last)) if last else None
    keys = changes.changed_people(since, run.as_of, after=run.cursor, upto=run.upto, limit=min(size, 5_000))
    return Slice(keys[-1], Scope(people=keys), tuple(keys)) if keys else None
