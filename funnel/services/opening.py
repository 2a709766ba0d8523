"""A person enters a job's funnel."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from funnel import visits
from funnel.models import Application
from funnel.selectors import first_step, highest_cycle
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, Source
from recruiting.core import events
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, JobState, Step


@transaction.atomic
def open_application(
    *,
    candidate: Candidate,
    job: Job,
    by: User | None,
    at: datetime,
    stage: str = "sourcing",
    step: Step | None = None,
    source: Source | None = None,
    owner: User | None = None,
    previous: Application | None = None,
    is_move: bool = False,
    cycle: int | None = None,
    return_why: str = "",
) -> Application:
    """Begin one candidate's way through one job, at any stage; at most one live one per candidate and job.

    With `previous` it is a return and gets the person's highest cycle + 1; any other keeps the cycle. `return_why`
    is the line the card carries: what changed since they left.
    """
    step = step or first_step(job, stage)
    check_open(job)
    highest = highest_cycle(candidate.pk)
    begins = step.stage if step else stage
    application = Application(
        candidate=candidate,
        job=job,
        stage=begins,
        step=step,
        cycle=cycle or (highest + 1 if previous else max(1, highest)),
        previous=previous,
        is_move=is_move,
        return_why=return_why[:200],
        owner=owner or by,
        source=source,
        **dict.fromkeys(("first_stage", "furthest_stage"), begins),
        **dict.fromkeys(("entered_at", "stage_since", "step_since", "last_moved_at"), at),
    )
    _begin(application)
    visits.open_new(application, at)
    _tell(application, by, at)
    return application


def _begin(application: Application) -> None:
    """The database holds that there is one live application; the second of two at once is told."""
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError as wrong:
        terms = {"name": application.candidate.name, "job": application.job}
        raise Refused(_("%(name)s is already in the funnel of %(job)s.") % terms, "already_there") from wrong


def _tell(application: Application, by: User | None, at: datetime) -> None:
    events.record(
        "application.opened",
        application,
        by=by,
        at=at,
        person=application.candidate_id,
        job=application.job_id,
        to_state=str(application.stage),
        data={
            "cycle": application.cycle,
            "previous": application.previous_id,
            "is_move": application.is_move,
        },
    )


def check_open(job: Job) -> None:
    """Only an open job takes people in. The job's row is held, so that nobody closes it before they are in."""
    now = Job.objects.select_for_update(no_key=True).only("state", "title").get(pk=job.pk)
    if now.state != JobState.OPEN:
        terms = {"job": now, "state": now.get_state_display()}
        raise Refused(_("%(job)s takes nobody in: %(state)s.") % terms, "job_not_open")
