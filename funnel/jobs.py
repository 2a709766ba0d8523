"""What a job's own states mean for the people in its funnel: they wait with it, and go on with it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import ngettext

from funnel import pausing
from funnel.models import Application, Outcome
from funnel.services.standing import check_hold
from recruiting.accounts.models import User
from recruiting.core.events import record_all
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs import services as jobs
from recruiting.jobs.models import Job, JobState, Step


@transaction.atomic
def hold_job(*, job: Job, reason: str, until: date | None, by: User | None, at: datetime) -> Job:
    """The job stands still, and everybody active in it is held with it, in a fixed number of queries.

    The bulk twin of funnel.services.hold_application; who was on hold already keeps their own reason and day.
    """
    check_hold(until, reason, at)
    jobs.mark_held(job=job, by=by, at=at, why=reason.strip())
    active = _lock(Application.objects.filter(job=job, outcome=Outcome.ACTIVE))
    Application.objects.filter(pk__in=[row.pk for row in active]).update(
        outcome=Outcome.ON_HOLD,
        hold_until=until,
        hold_reason=reason.strip(),
        is_held_by_job=True,
        last_moved_at=at,
        version=F("version") + 1,
    )
    more = {row.pk: {"until": str(until), "moved_at": row.last_moved_at.astimezone(UTC).isoformat()} for row in active}
    _tell(active, Outcome.ON_HOLD, "application.held", by=by, at=at, why=reason.strip(), more=more)
    pausing.pause([row.pk for row in active], at)
    return job


@transaction.atomic
def resume_job(*, job: Job, by: User | None, at: datetime) -> Job:
    """The job hires again, and whoever was held because of it goes on. The bulk twin of resume_application."""
    jobs.mark_resumed(job=job, by=by, at=at)
    held = _lock(Application.objects.filter(job=job, outcome=Outcome.ON_HOLD, is_held_by_job=True))
    Application.objects.filter(pk__in=[row.pk for row in held]).update(
        outcome=Outcome.ACTIVE,
        hold_until=None,
        hold_reason="",
        is_held_by_job=False,
        last_moved_at=at,
        version=F("version") + 1,
    )
    _tell(held, Outcome.ACTIVE, "application.resumed", by=by, at=at)
    pausing.go_on([row.pk for row in held], at)
    return job


@transaction.atomic
def retire_step(*, step: Step, by: User | None, at: datetime) -> Step:
    """A column in which somebody stands stays a column."""
    Job.objects.select_for_update().get(pk=step.job_id)
    Step.objects.select_for_update().get(pk=step.pk)  # nobody enters it meanwhile
    standing = Application.objects.live().filter(step=step).count()
    if standing:
        said = ngettext(
            "%(count)s person stands in “%(step)s”. Move them first.",
            "%(count)s people stand in “%(step)s”. Move them first.",
            standing,
        )
        raise Refused(said % {"count": standing, "step": step}, "people_in_step")
    return jobs.retire_step(step=step, by=by, at=at)


def jobs_on_hold_too_long(user: User, at: datetime) -> QuerySet[Job]:
    """Their jobs on hold for so long that the people waiting in them should rather rest; the longest first."""
    since = at - timedelta(days=settings.JOB_ON_HOLD_ASK_DAYS)
    waiting = Application.objects.live().filter(job=OuterRef("pk"))
    held = Job.objects.filter(state=JobState.ON_HOLD, recruiter=user, held_at__lte=since)
    return held.filter(Exists(waiting)).order_by("held_at", "pk")


def _lock(rows: QuerySet[Application]) -> list[Application]:
    return list(rows.order_by("pk").select_for_update())


def _tell(
    rows: list[Application],
    to: Outcome,
    verb: str,
    *,
    by: User | None,
    at: datetime,
    why: str = "",
    more: Mapping[int, Mapping[str, str]] | None = None,
) -> None:
    record_all(
        [
            Event(
                at=at,
                verb=verb,
                subject="application",
                subject_key=row.pk,
                person=row.candidate_id,
                job=row.job_id,
                from_state=row.outcome,
                to_state=to,
                why=why,
                data={"stage": row.stage, **(more or {}).get(row.pk, {})},
                by=by,
            )
            for row in rows
        ]
    )
