"""Many leave at once for one plain reason, as when their job closes: the bulk twin of exit_application()."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.db import transaction

from funnel import leaving as funnel_leaving
from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.core.events import record_all
from recruiting.core.models import Event
from recycling.leaving.exits import exit_row, is_final, snapshot_of, terms_of
from recycling.leaving.filing import Touchpoint, condition_row, entry_row
from recycling.leaving.orders import ExitOrder, check
from recycling.models import Condition, Exit, ExitReason, Origin, PoolEntry, Rest
from recycling.models.exits import Side, Told


@transaction.atomic
def exit_together(
    *, applications: Sequence[Application], reason: ExitReason, caused_by: str, by: User | None, at: datetime
) -> list[Exit]:
    """Everybody leaves under this reason and rests; whom to tell is still to do. All or none, a few queries in all.

    For reasons that teach nothing about a person. The applications come with candidate, contact points, job and step.
    """
    order = ExitOrder(reason=reason, side=Side.WE, told=Told.NOT_YET, caused_by=caused_by)
    check(order)
    withdraws: Literal["left", "job_closed"] = "job_closed" if caused_by == "job_closed" else "left"
    funnel_leaving.leave_all(applications=applications, by=by, at=at, why=reason.key, withdraws=withdraws)
    snapshots = {job.pk: snapshot_of(job) for job in {application.job for application in applications}}
    exits = Exit.objects.bulk_create(
        exit_row(application, order, snapshots[application.job_id], by, at) for application in applications
    )
    terms = {final: terms_of(order, was_final=final, at=at) for final in (True, False)}
    entries = PoolEntry.objects.bulk_create(
        entry_row(each.candidate, Origin.EXIT, terms[is_final(each)], Touchpoint(each.owner or by), at, each)
        for each in applications
    )
    Condition.objects.bulk_create(
        condition_row(entry, terms[exit.was_final][0], at, is_decisive=True)
        for exit, entry in zip(exits, entries, strict=True)
    )
    record_all([_filed(entry, by, at) for entry in entries])
    return exits


def _filed(entry: PoolEntry, by: User | None, at: datetime) -> Event:
    return Event(
        at=at,
        verb="entry.filed",
        subject="poolentry",
        subject_key=entry.pk,
        person=entry.candidate_id,
        job=entry.left.job_id if entry.left else None,
        to_state=Rest.RESTING,
        why=entry.reason.key,
        by=by,
    )
