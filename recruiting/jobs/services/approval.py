"""Approval: a job opens, and gets further openings, only when an approver says so."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, JobState, Opening, OpeningState
from recruiting.jobs.selectors import may_approve
from recruiting.jobs.services.openings import keep_current_opening, lock_job
from recruiting.jobs.transitions import change_job, change_opening


def demand_approver(job: Job, by: User | None) -> None:
    if by is None or not may_approve(job, by):
        raise Refused(_("Only an approver of this job can do this."), code="not_the_approver")


@transaction.atomic
def ask_approval(*, job: Job, by: User | None, at: datetime) -> Job:
    """A draft is put before its approvers. Asking again renews the request."""
    asked = Job.objects.filter(pk=job.pk, state=JobState.DRAFT).update(approval_asked_at=at)
    if not asked:
        raise Refused(_("“%(job)s” is no draft any more.") % {"job": job.title}, code="not_from_here")
    job.approval_asked_at = at
    record("job.approval_asked", job, by=by, at=at, job=job.pk)
    return job


@transaction.atomic
def approve_job(*, job: Job, by: User, at: datetime) -> Job:
    """draft → open, with every opening asked for. Of two approvers the first one's word counts, once."""
    demand_approver(job, by)
    change_job(job, lambda: job.open(by=by, at=at), "job.opened", by=by, at=at)
    asked = list(Opening.objects.filter(job=job, state=OpeningState.ASKED))
    if not asked:
        raise Refused(_("“%(job)s” has no opening to approve.") % {"job": job.title}, code="no_opening")
    for opening in asked:
        _approve(opening, by=by, at=at)
    keep_current_opening(job)
    return job


@transaction.atomic
def add_opening(*, job: Job, by: User | None, at: datetime) -> Opening:
    """Ask for one more seat; it opens when an approver says so. A closed job is re-opened instead."""
    job = lock_job(job)
    if job.is_closed:
        raise Refused(_("“%(job)s” is closed. Re-open it instead.") % {"job": job.title}, code="not_from_here")
    opening = Opening.objects.create(job=job, asked_at=at)
    record("job.opening_asked", opening, by=by, at=at, job=job.pk, to_state=opening.state)
    return opening


@transaction.atomic
def approve_opening(*, opening: Opening, by: User, at: datetime) -> Opening:
    """A further seat opens: for everybody who left because the job was full, this is news."""
    job = lock_job(opening.job)
    demand_approver(job, by)
    if job.state not in (JobState.OPEN, JobState.ON_HOLD):
        raise Refused(_("Openings of a draft are approved with the job."), code="not_from_here")
    opening = Opening.objects.select_related("job").get(pk=opening.pk)
    _approve(opening, by=by, at=at)
    keep_current_opening(job)
    if job.state == JobState.OPEN:
        Job.objects.filter(pk=job.pk).update(opened_at=at)
    record("job.opening_opened", opening, by=by, at=at, job=job.pk, from_state="asked", to_state=opening.state)
    return opening


@transaction.atomic
def withdraw_opening(*, opening: Opening, by: User | None, at: datetime) -> Opening:
    """A seat nobody will fill is closed, approved or not. A draft keeps at least one."""
    job = lock_job(opening.job)
    opening = Opening.objects.select_related("job").get(pk=opening.pk)
    others = Opening.objects.filter(job=job, state=OpeningState.ASKED).exclude(pk=opening.pk)
    if job.state == JobState.DRAFT and not others.exists():
        raise Refused(_("A job has at least one opening."), code="last_opening")
    came_from = opening.state
    change_opening(opening, opening.close)
    keep_current_opening(job)
    record("job.opening_closed", opening, by=by, at=at, job=job.pk, from_state=came_from, to_state=opening.state)
    return opening


def _approve(opening: Opening, *, by: User, at: datetime) -> None:
    change_opening(opening, lambda: opening.approve(by=by, at=at))
