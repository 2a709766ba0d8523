"""What a job's end means for the people in its funnel: they rest; and its beginning again: who still can comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.core.days import day_of
from recruiting.core.refused import Refused
from recruiting.jobs import services as jobs
from recruiting.jobs.models import CLOSED_JOB, Job, JobState
from recycling import leaving
from recycling.blocks import allowed
from recycling.models import Exit, ExitReason, PoolEntry, Proposal, Rest
from recycling.models.exits import Told
from recycling.models.pools import ClosedWhy

REASONS = {JobState.FILLED: "capacity.filled", JobState.CANCELLED: "capacity.on_hold"}
CLOSED, RESTED = "job_closed", "job_on_hold"  # what caused the exits


def reason_for(state: str) -> ExitReason:
    """Under which reason people leave a job that ends so."""
    return ExitReason.objects.select_related("pool").get(key=REASONS[JobState(state)])


def people_in(job: Job) -> QuerySet[Application]:
    """Whoever is still in its funnel, active or on hold."""
    live = Application.objects.live().filter(job=job)
    return live.select_related("candidate", "job__family", "step", "owner").order_by("pk")


@transaction.atomic
def close_job(*, job: Job, state: str, by: User | None, at: datetime, why: str = "") -> Job:
    """Filled or cancelled: everybody left in its funnel leaves with it and rests. What they are told is still to do."""
    jobs.mark_closed(job=job, state=state, by=by, at=at, why=why)
    _let_rest(job, reason_for(state), CLOSED, by=by, at=at)
    return job


@transaction.atomic
def rest_job(*, job: Job, by: User | None, at: datetime) -> Job:
    """On hold for too long: its people rest until it resumes, instead of waiting. The job stays on hold."""
    now = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
    if now.state != JobState.ON_HOLD:
        raise Refused(_("“%(job)s” is not on hold.") % {"job": now.title}, "not_from_here")
    _let_rest(now, reason_for(JobState.CANCELLED), RESTED, by=by, at=at)
    return now


def _let_rest(job: Job, reason: ExitReason, cause: str, *, by: User | None, at: datetime) -> None:
    people = list(people_in(job).prefetch_related("candidate__contact_points").select_for_update(of=("self",)))
    leaving.exit_together(applications=people, reason=reason, caused_by=cause, by=by, at=at)


@dataclass(frozen=True)
class Restoration:
    """Somebody the job's closing sent to rest, and why they do not simply go on; empty: they do."""

    exit: Exit
    why_not: str


def restorations(job: Job, at: datetime) -> list[Restoration]:
    """Whom re-opening restores: still resting, unblocked and not told. A fixed number of queries."""
    if job.closed_at is None:
        return []
    return _weigh(_sent_to_rest(job, job.closed_at), at)


@transaction.atomic
def reopen_job(*, job: Job, by: User, at: datetime) -> Job:
    """The job hires again. Who can goes on where they stood; the opening condition looks at the others: never both."""
    if job.state not in CLOSED_JOB or job.closed_at is None:
        raise Refused(_("“%(job)s” is not closed.") % {"job": job.title}, "not_from_here")
    exits = _sent_to_rest(job, job.closed_at)
    jobs.mark_reopened(job=job, by=by, at=at)
    for found in _weigh(exits, at):
        if not found.why_not:
            found.exit.job = found.exit.application.job = job
            leaving.undo_exit(exit=found.exit, by=by, at=at)
    return job


def _sent_to_rest(job: Job, closed_at: datetime) -> list[Exit]:
    exits = Exit.objects.filter(job=job, caused_by=CLOSED, undone_at=None, exited_at__gte=closed_at)  # exits_of_a_job
    related = ("candidate", "reason", "job", "application__candidate", "application__job", "application__step")
    return list(exits.select_related(*related).order_by("pk"))


def _weigh(exits: Sequence[Exit], at: datetime) -> list[Restoration]:
    asked = Proposal.objects.filter(entry=OuterRef("pk"), asked_at__isnull=False)  # proposals_of_an_entry
    entries = PoolEntry.objects.filter(left__in=[exit.application_id for exit in exits])
    entries = entries.exclude(closed_why=ClosedWhy.EXIT_UNDONE).annotate(was_asked=Exists(asked))
    rests = {entry.left_id: "asked" if entry.was_asked else str(entry.state) for entry in entries}
    free = _unblocked({exit.candidate_id for exit in exits}, at)
    return [
        Restoration(exit, _why_not(exit, rests.get(exit.application_id, ""), exit.candidate_id in free, at))
        for exit in exits
    ]


def _why_not(exit: Exit, state: str, is_free: bool, at: datetime) -> str:
    """The first thing that keeps somebody resting, in a few words."""
    if exit.told == Told.TOLD:
        return _("has been told")
    if state == Rest.SURFACED:
        return _("is proposed already")
    if state in (Rest.APPROACHED, "asked"):
        return _("has been asked to come back already")
    if state == Rest.RE_ENTERED:
        return _("has come back already")
    if state != Rest.RESTING:
        return _("no longer rests")
    if not is_free:
        return _("may not be proposed now")
    if exit.exited_at is None or (day_of(at) - day_of(exit.exited_at)).days > settings.UNDO_EXIT_DAYS:
        return _("left more than %(days)s days ago") % {"days": settings.UNDO_EXIT_DAYS}
    return ""


def _unblocked(people: set[int], at: datetime) -> set[int]:
    """Whom no hard block keeps from being proposed, asked in one query with the engine's own expressions."""
    free = Candidate.objects.filter(pk__in=people).filter(allowed("", at))
    return set(free.values_list("pk", flat=True))
