"""The sweep of interviews: feedback that is late, and people for whom nothing is planned; each told once.

Overdue is computed when somebody looks; here it is only announced. The claim is an UPDATE, so that late, doubled and
parallel runs announce everything once.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from funnel.interviews.clocks import due
from funnel.interviews.selectors import STANDS, since_of, without_interview
from funnel.models import Application, Interviewer, SchedulingClock
from recruiting.accounts.calendars import Hours
from recruiting.accounts.hours import hours_of_all
from recruiting.core.events import record

AT_MOST = 500


def remind(*, at: datetime) -> int:
    """One turn: warned, missed. Returns how many were told."""
    _start_clocks(at)
    return (
        _feedback("feedback_warn_at", "warned_at", "scorecard.warned", at)
        + _feedback("feedback_miss_at", "escalated_at", "scorecard.missed", at)
        + _scheduling("warn_at", "warned_at", "interview.unplanned_warned", at)
        + _scheduling("miss_at", "escalated_at", "interview.unplanned_missed", at)
    )


@transaction.atomic
def _feedback(clock: str, told: str, verb: str, at: datetime) -> int:
    late = Interviewer.objects.filter(
        **{f"{clock}__lte": at, told: None}, answered_at=None, interview__state__in=STANDS, interview__ends_at__lte=at
    )
    rows = list(late.select_related("interview__application").order_by(clock, "pk")[:AT_MOST])
    return sum(_tell_feedback(row, clock, told, verb, at) for row in rows)


def _tell_feedback(row: Interviewer, clock: str, told: str, verb: str, at: datetime) -> int:
    if not Interviewer.objects.filter(pk=row.pk, answered_at=None, **{told: None}).update(**{told: at}):
        return 0  # another run was first, or the scorecard came in
    interview = row.interview
    data = {
        "interview": interview.pk,
        "application": interview.application_id,
        "user": row.user_id,
        "due": row.feedback_miss_at.isoformat(),
    }
    person, job = interview.application.candidate_id, interview.job_id
    record(verb, interview, by=None, at=at, person=person, job=job, data=data)
    return 1


@transaction.atomic
def _start_clocks(at: datetime) -> None:
    """A clock for each stay without an interview that has none yet."""
    known = SchedulingClock.objects.filter(application=OuterRef("pk"), since=OuterRef("since"))
    rows = list(without_interview().filter(~Exists(known)).order_by("pk")[:AT_MOST])
    owners = {row.pk: owner for row in rows if (owner := row.owner or row.job.recruiter) is not None}
    if owners:
        hours = hours_of_all(list({user.pk: user for user in owners.values()}.values()), min(map(since_of, rows)))
        made = [_clock(row, hours[owners[row.pk].pk], at) for row in rows if row.pk in owners]
        SchedulingClock.objects.bulk_create(made, ignore_conflicts=True)


def _clock(row: Application, hours: Hours, at: datetime) -> SchedulingClock:
    """What is forgotten already stands on the desk as a forgotten card, and is not announced on top of it."""
    since = since_of(row)
    warn_at, miss_at = due(hours, since, settings.SCHEDULING_HOURS)
    told_at = at if since < at - timedelta(days=settings.FORGOTTEN_IN_INTERVIEW_DAYS) else None
    return SchedulingClock(
        application=row, since=since, warn_at=warn_at, miss_at=miss_at, warned_at=told_at, escalated_at=told_at
    )


@transaction.atomic
def _scheduling(clock: str, told: str, verb: str, at: datetime) -> int:
    same_stay = {"pk": OuterRef("application"), "since": OuterRef("since")}
    waiting = without_interview().filter(**same_stay)
    late = SchedulingClock.objects.filter(Exists(waiting), **{f"{clock}__lte": at, told: None})
    rows = list(late.select_related("application__job").order_by(clock, "pk")[:AT_MOST])
    return sum(_tell_scheduling(row, told, verb, at) for row in rows)


def _tell_scheduling(row: SchedulingClock, told: str, verb: str, at: datetime) -> int:
    if not SchedulingClock.objects.filter(pk=row.pk, **{told: None}).update(**{told: at}):
        return 0  # another run was first
    application = row.application
    owner = application.owner_id or application.job.recruiter_id
    data = {"application": application.pk, "user": owner, "due": row.miss_at.isoformat()}
    record(verb, application, by=None, at=at, person=application.candidate_id, job=application.job_id, data=data)
    return 1
