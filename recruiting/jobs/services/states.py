"""The job's own part of holding, closing and re-opening. Its people are moved by funnel.jobs and recycling.jobs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.refused import Refused
from recruiting.jobs.models import CLOSED_JOB, Job, JobState, Opening, OpeningState
from recruiting.jobs.services.approval import demand_approver
from recruiting.jobs.services.openings import count_held_days, keep_current_opening, lock_job
from recruiting.jobs.transitions import change_job, change_opening


@transaction.atomic
def mark_held(*, job: Job, by: User | None, at: datetime, why: str = "") -> Job:
    return change_job(job, lambda: job.hold(at=at), "job.held", by=by, at=at, why=why)


@transaction.atomic
def mark_resumed(*, job: Job, by: User | None, at: datetime) -> Job:
    """It hires again; the days it stood still come off the time its openings took."""
    count_held_days(job, at=at)
    return change_job(job, lambda: job.resume(at=at), "job.resumed", by=by, at=at)


@transaction.atomic
def mark_closed(*, job: Job, state: str, by: User | None, at: datetime, why: str = "") -> Job:
    """Filled or cancelled; the openings nobody filled close with it."""
    if state not in CLOSED_JOB:
        raise Refused(_("A job closes as filled or as cancelled."), code="invalid")
    lock_job(job)
    count_held_days(job, at=at)
    move = job.fill if state == JobState.FILLED else job.cancel
    change_job(job, lambda: move(at=at), "job.closed", by=by, at=at, why=why)
    for opening in Opening.objects.filter(job=job, state__in=[OpeningState.ASKED, OpeningState.OPEN]):
        change_opening(opening, opening.close)
    keep_current_opening(job)
    return job


@transaction.atomic
def mark_reopened(*, job: Job, by: User, at: datetime) -> Job:
    """Approved openings that closed with it open again. Where there are none, an approver opens one more."""
    lock_job(job)
    closed = list(Opening.objects.filter(job=job, state=OpeningState.CLOSED, approved_at__isnull=False))
    has_open = Opening.objects.filter(job=job, state=OpeningState.OPEN).exists()
    needs_word = job.approved_at is None or not (closed or has_open)
    if needs_word:
        demand_approver(job, by)
    change_job(job, lambda: job.reopen(at=at), "job.reopened", by=by, at=at)
    for opening in closed:
        change_opening(opening, opening.open_again)
    if needs_word:
        _open_one_more(job, by=by, at=at)
    keep_current_opening(job)
    return job


def needs_approver_to_reopen(job: Job) -> bool:
    """Whether re-opening means a seat that nobody has approved yet."""
    seats = Opening.objects.filter(job=job, state__in=[OpeningState.OPEN, OpeningState.CLOSED])
    return job.approved_at is None or not seats.filter(approved_at__isnull=False).exists()


def _open_one_more(job: Job, *, by: User, at: datetime) -> None:
    opening = Opening.objects.create(job=job, asked_at=at)
    change_opening(opening, lambda: opening.approve(by=by, at=at))
    if job.approved_at is None:
        job.approved_at, job.approved_by = at, by
        job.save(update_fields=["approved_at", "approved_by"])
