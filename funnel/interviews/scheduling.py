"""The clock of planning at all: one row for each stay without an interview, in the hours of whose card it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from funnel.interviews.clocks import due
from funnel.interviews.selectors import since_of, without_interview
from funnel.models import Application, SchedulingClock
from recruiting.accounts.calendars import Hours, shifted
from recruiting.accounts.hours import hours_of_all

AT_MOST = 500


@transaction.atomic
def start_clocks(at: datetime) -> None:
    """A clock for each stay without an interview that has none yet."""
    known = SchedulingClock.objects.filter(application=OuterRef("pk"), since=OuterRef("since"))
    _start(list(without_interview().filter(~Exists(known)).order_by("pk")[:AT_MOST]), at)


def go_on(stopped: Mapping[int, datetime], at: datetime) -> None:
    """The clocks of these applications stood still since the moment named; what was left of them is left."""
    rows = [row for row in without_interview().filter(pk__in=stopped) if since_of(row) < stopped[row.pk]]
    if not rows:
        return
    _start(rows, at)
    hours, stays = _hours(rows), {(row.pk, since_of(row)): row for row in rows}
    changed = []
    for clock in SchedulingClock.objects.filter(application__in=rows).select_for_update():
        row = stays.get((clock.application_id, clock.since))
        if row is None or row.pk not in hours:
            continue
        clock.warn_at = shifted(hours[row.pk], stopped[row.pk], clock.warn_at, at)
        clock.miss_at = shifted(hours[row.pk], stopped[row.pk], clock.miss_at, at)
        changed.append(clock)
    SchedulingClock.objects.bulk_update(changed, ("warn_at", "miss_at"), batch_size=200)


def _start(rows: Sequence[Application], at: datetime) -> None:
    hours = _hours(rows)
    made = [_clock(row, hours[row.pk], at) for row in rows if row.pk in hours]
    SchedulingClock.objects.bulk_create(made, ignore_conflicts=True)


def _hours(rows: Sequence[Application]) -> dict[int, Hours]:
    """By application: the working hours of whose card it is; nobody's cards have none."""
    owners = {row.pk: owner for row in rows if (owner := row.owner or row.job.recruiter) is not None}
    if not owners:
        return {}
    hours = hours_of_all(list({user.pk: user for user in owners.values()}.values()), min(map(since_of, rows)))
    return {key: hours[owner.pk] for key, owner in owners.items()}


def _clock(row: Application, hours: Hours, at: datetime) -> SchedulingClock:
    """What is forgotten already stands on the desk as a forgotten card, and is not announced on top of it."""
    since = since_of(row)
    warn_at, miss_at = due(hours, since, settings.SCHEDULING_HOURS)
    told_at = at if since < at - timedelta(days=settings.FORGOTTEN_IN_INTERVIEW_DAYS) else None
    return SchedulingClock(
        application=row, since=since, warn_at=warn_at, miss_at=miss_at, warned_at=told_at, escalated_at=told_at
    )
