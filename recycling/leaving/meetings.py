"""Two ways into a pool that are no exit: met without a job, and left us, welcome back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.candidates.services import set_departed
from recruiting.core.days import day_of, plus_months
from recruiting.core.refused import Refused
from recruiting.jobs.models import JobFamily
from recycling.leaving.filing import Term, Touchpoint, file_entry
from recycling.leaving.traces import STANDING
from recycling.models import ExitReason, Origin, PoolEntry


@transaction.atomic
def rest_as_met(
    *, candidate: Candidate, by: User | None, at: datetime, families: Sequence[JobFamily] = ()
) -> PoolEntry:
    """Somebody met them and there is no job yet; the first family named is the one they are thought of for."""
    if candidate.pool_entries.filter(origin=Origin.MET, state__in=STANDING).exists():
        raise Refused(_("%(name)s already rests in this pool.") % {"name": candidate.name}, "already_there")
    reason = ExitReason.objects.select_related("pool").get(key="met.no_job")
    return file_entry(
        candidate=candidate,
        origin=Origin.MET,
        terms=[Term(reason=reason, kind=reason.kind, months=reason.cool_months)],
        by=by,
        at=at,
        family=families[0] if families else None,
        touch=Touchpoint(candidate.owner or by),
    )


@transaction.atomic
def record_departure(
    *, candidate: Candidate, departed_on: date, is_welcome: bool, by: User | None, at: datetime
) -> PoolEntry | None:
    """They left us. Who is welcome back rests as an alumnus, and somebody looks after the cool-down (6 months)."""
    set_departed(candidate=candidate, departed_on=departed_on, by=by, at=at)
    if not is_welcome:
        return None
    reason = ExitReason.objects.select_related("pool").get(key="alumni.left")
    over_on = plus_months(departed_on, reason.cool_months)
    return file_entry(
        candidate=candidate,
        origin=Origin.DEPARTURE,
        terms=[Term(reason=reason, kind=reason.kind, months=reason.cool_months)],
        by=by,
        at=at,
        touch=Touchpoint(candidate.owner or by),
        cooled_from=departed_on,
        review_on=max(over_on, day_of(at)),
    )
