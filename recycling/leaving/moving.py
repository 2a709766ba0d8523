"""From one job to another: this way ends as moved, the other begins where its evaluations still count."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from funnel.models import Application
from funnel.services import open_application
from funnel.stages import is_before
from recruiting.accounts.models import User
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job
from recycling.leaving.exits import MOVED, exit_application
from recycling.leaving.orders import ExitOrder
from recycling.models import ExitReason
from recycling.models.exits import Told


@transaction.atomic
def move_to_another_job(
    *,
    application: Application,
    job: Job,
    stage: str,
    by: User | None,
    at: datetime,
    seen_version: int | None = None,
) -> Application:
    """End this way as admin.moved and open the other, at the same or an earlier stage and in the same cycle."""
    if job.pk == application.job_id:
        raise Refused(_("They are in this job already."), "same_job")
    if is_before(application.stage, stage):
        raise Refused(_("A move opens the same stage or an earlier one."), "stage")
    order = ExitOrder(reason=ExitReason.objects.get(key=MOVED), told=Told.NOTHING, caused_by="move")
    exit_application(application=application, order=order, by=by, at=at, seen_version=seen_version)
    return open_application(
        candidate=application.candidate,
        job=job,
        by=by,
        at=at,
        stage=stage,
        source=application.source,
        owner=application.owner,
        previous=application.previous,
        is_move=True,
        cycle=application.cycle,
    )
