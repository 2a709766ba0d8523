"""Openings: filled by a hire, open again when it did not come about. Rules that count siblings lock the job."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, Opening, OpeningState
from recruiting.jobs.transitions import change_opening


def lock_job(job: Job) -> Job:
    """The job as it is now; until the transaction ends nobody else changes its openings or seats.

    Its key stays free for rows that point to it: an exit of the same card writes those, and would wait for ever.
    """
    return Job.objects.select_for_update(no_key=True).get(pk=job.pk)


def keep_current_opening(job: Job) -> None:
    """`current_opening` is the newest opening that is open: the fact of the opening condition."""
    newest = Opening.objects.filter(job=job, state=OpeningState.OPEN).order_by("-approved_at", "-id").first()
    Job.objects.filter(pk=job.pk).update(current_opening=newest)
    job.current_opening = newest


def count_held_days(job: Job, *, at: datetime) -> None:
    """Days on hold come off time to fill, for each opening from when it was there to be filled."""
    if job.held_at is None:
        return
    for opening in Opening.objects.filter(job=job, state=OpeningState.OPEN):
        since = max(job.held_at, opening.approved_at or job.held_at)
        held = max(at - since, timedelta(0)) / timedelta(days=1)
        Opening.objects.filter(pk=opening.pk).update(held_days=opening.held_days + held)


@transaction.atomic
def fill_opening(*, job: Job, by: User | None, at: datetime) -> Opening:
    """A hire takes the opening that has waited longest; of two hires for the last one, the second is refused."""
    now = lock_job(job)
    waiting = Opening.objects.filter(job=now, state=OpeningState.OPEN).order_by("approved_at", "id").first()
    if waiting is None:
        raise Refused(
            _("“%(job)s” has no open opening. Ask for a further one first.") % {"job": now.title}, code="no_opening"
        )
    change_opening(waiting, lambda: waiting.fill(at=at))
    keep_current_opening(now)
    job.current_opening = now.current_opening
    record("job.opening_filled", waiting, by=by, at=at, job=now.pk, from_state="open", to_state="filled")
    return waiting


@transaction.atomic
def reopen_opening(*, opening: Opening, by: User | None, at: datetime) -> Opening:
    """Whoever filled it did not start: the seat is free again. A closed job stays closed until somebody re-opens it."""
    job = lock_job(opening.job)
    opening = Opening.objects.select_related("job").get(pk=opening.pk)
    came_from = opening.state
    change_opening(opening, opening.open_again)
    keep_current_opening(job)
    if job.state == "open":
        Job.objects.filter(pk=job.pk).update(opened_at=at)
    record("job.opening_opened", opening, by=by, at=at, job=job.pk, from_state=came_from, to_state=opening.state)
    return opening
