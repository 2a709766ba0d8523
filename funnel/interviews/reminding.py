"""The sweep of interviews: feedback that is late, and people for whom nothing is planned; each told once.

Overdue is computed when somebody looks; here it is only announced. The claim is an UPDATE, so that late, doubled and
parallel runs announce everything once.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from funnel.interviews.scheduling import AT_MOST, start_clocks
from funnel.interviews.selectors import STANDS, without_interview
from funnel.models import Interviewer, SchedulingClock
from recruiting.core.events import record


def remind(*, at: datetime) -> int:
    """One turn: warned, missed. Returns how many were told."""
    start_clocks(at)
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
