"""Who sits where on a job. Every change keeps the job's newest decider, which the engine reads."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.models import DECIDING_SEATS, Job, JobSeat, Seat
from recruiting.jobs.services.openings import lock_job


@transaction.atomic
def seat_user(
    *, job: Job, user: User, seat: str, by: User | None, at: datetime, deputy_for: User | None = None
) -> JobSeat:
    """Give somebody a seat. A deputy stands in for one who holds it, and is no decider of their own."""
    now = lock_job(job)
    if not user.is_active:
        raise Refused(_("%(name)s no longer works here.") % {"name": user.name}, code="inactive")
    standing = JobSeat.objects.filter(job=now, seat=seat, until=None)
    if standing.filter(user=user).exists():
        raise Refused(
            _("%(name)s already holds this seat: %(seat)s.") % {"name": user.name, "seat": Seat(seat).label},
            code="already_seated",
        )
    if deputy_for is not None and not standing.filter(user=deputy_for, deputy_for=None).exists():
        raise Refused(
            _("%(name)s does not hold this seat, so nobody can stand in for them.") % {"name": deputy_for.name},
            code="nobody_to_stand_in_for",
        )
    is_decider = seat in DECIDING_SEATS and deputy_for is None
    row = JobSeat.objects.create(job=now, user=user, seat=seat, deputy_for=deputy_for, is_decider=is_decider, since=at)
    record("job.seat_taken", row, by=by, at=at, job=now.pk, to_state=seat, data={"user": user.pk})
    if is_decider:
        _keep_decider(job, now, by=by, at=at)
    return row


@transaction.atomic
def unseat_user(*, seat: JobSeat, by: User | None, at: datetime) -> JobSeat:
    """Somebody leaves a seat, and their deputies with them: they counted as that person."""
    job = lock_job(seat.job)
    ended = JobSeat.objects.filter(pk=seat.pk, until=None).update(until=at)
    if not ended:
        raise Refused(_("Somebody has already ended this seat."), code="moved")
    if seat.deputy_for_id is None:
        deputies = JobSeat.objects.filter(job=job, seat=seat.seat, until=None, deputy_for=seat.user_id)
        deputies.update(until=at)
    seat.until = at
    record("job.seat_left", seat, by=by, at=at, job=job.pk, from_state=seat.seat, data={"user": seat.user_id})
    if seat.is_decider:
        _keep_decider(seat.job, job, by=by, at=at)
    return seat


def _keep_decider(seen: Job, job: Job, *, by: User | None, at: datetime) -> None:
    """`decider` is whoever took a deciding seat last; the event says that the set of deciders is another one."""
    newest = JobSeat.objects.filter(job=job, until=None, is_decider=True).order_by("-since", "-id").first()
    job.decider_id, job.decider_since = (newest.user_id, newest.since) if newest else (None, None)
    Job.objects.filter(pk=job.pk).update(decider=job.decider_id, decider_since=job.decider_since)
    seen.decider_id, seen.decider_since = job.decider_id, job.decider_since
    record("job.deciders_changed", job, by=by, at=at, job=job.pk, data={"decider": job.decider_id})
