"""The only code that runs a transition of a job or an opening and saves it, from the state the caller last saw."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, Opening

JOB_COLUMNS = ("state", "approved_at", "approved_by", "opened_at", "held_at", "closed_at")
OPENING_COLUMNS = ("state", "approved_at", "approved_by", "filled_at")


def change_job(job: Job, move: Callable[[], None], verb: str, *, by: User | None, at: datetime, why: str = "") -> Job:
    """Move a job and record it. Whoever comes second is refused: the first one's decision stands."""
    came_from = job.state
    try:
        move()
        job.save(update_fields=JOB_COLUMNS)
    except TransitionNotAllowed as wrong:
        raise Refused(
            _("“%(job)s” is in the state “%(state)s”; from there this is not possible. Nothing was changed.")
            % {"job": job.title, "state": job.get_state_display()},
            code="not_from_here",
        ) from wrong
    except ConcurrentTransition as wrong:
        raise Refused(
            _("Somebody else has just changed the state of “%(job)s”. Nothing was changed.") % {"job": job.title},
            code="moved",
        ) from wrong
    record(verb, job, by=by, at=at, job=job.pk, from_state=came_from, to_state=job.state, why=why)
    return job


def change_opening(opening: Opening, move: Callable[[], None]) -> Opening:
    """Move one opening; what it means for the job is recorded by the service that asked for it."""
    try:
        move()
        opening.save(update_fields=OPENING_COLUMNS)
    except (TransitionNotAllowed, ConcurrentTransition) as wrong:
        raise Refused(_("Somebody else has just changed this opening. Nothing was changed."), code="moved") from wrong
    return opening
