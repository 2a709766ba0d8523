"""What a job does to its pipeline's gates: it makes them stricter, and takes back what it made stricter."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.gates import GateToday, gate_of, gravity
from recruiting.jobs.models import Criterion, Gate, Job, Weight
from recruiting.jobs.services.gate_rules import clean_line, demand_clock, demand_new, demand_seats
from recruiting.jobs.services.gates import COLUMNS, add_criterion, changed_meanwhile, touch
from recruiting.jobs.services.openings import lock_job


@transaction.atomic
def tighten(
    *, job: Job, to_stage: str, changes: dict[str, Any], by: User | None, at: datetime, seen_version: str = ""
) -> Gate | None:
    """Shorter clocks and other seats, on this job. Saying what the pipeline says takes the job's own back."""
    today = _today(job, to_stage, at=at, seen_version=seen_version)
    asked = {name: changes.get(name, getattr(today, name)) for name in COLUMNS}
    before = today.of_pipeline
    warn, miss = asked["warn_hours"] or before.warn_hours, asked["miss_hours"] or before.miss_hours
    demand_seats(asked["sender"] or before.sender, asked["receiver"] or before.receiver)
    _demand_shorter(before, warn, miss)
    demand_clock(warn, miss)
    own = today.own or Gate(job=job, to_stage=to_stage)
    is_shorter = (warn, miss) != (before.warn_hours, before.miss_hours)
    columns = {
        "sender": "" if asked["sender"] == before.sender else asked["sender"],
        "receiver": "" if asked["receiver"] == before.receiver else asked["receiver"],
        "warn_hours": warn if is_shorter else None,
        "miss_hours": miss if is_shorter else None,
    }
    changed = {name: value for name, value in columns.items() if getattr(own, name) != value}
    return touch(_kept(own), "gate.tightened", by=by, at=at, columns=changed) if changed else today.own


@transaction.atomic
def ask_more(
    *, job: Job, to_stage: str, by: User | None, at: datetime, seen_version: str = "", **line: Any
) -> Criterion:
    """A criterion of this job alone, after the pipeline's."""
    today = _today(job, to_stage, at=at, seen_version=seen_version)
    own = today.own or Gate(job=job, to_stage=to_stage)
    demand_new(today.of_pipeline, clean_line(own, line))
    return add_criterion(gate=_kept(own), by=by, at=at, **line)


@transaction.atomic
def raise_criterion(
    *, job: Job, criterion: Criterion, weight: str, by: User | None, at: datetime, seen_version: str = ""
) -> Gate | None:
    """Take one of the pipeline's criteria more seriously. The pipeline's own weight takes that back."""
    today = _today(job, criterion.gate.to_stage, at=at, seen_version=seen_version)
    if criterion.gate_id != today.of_pipeline.pk or criterion.is_retired:
        raise Refused(_("This gate does not ask that any more."), code="moved")
    if weight not in Weight.values or gravity(weight) < gravity(criterion.weight):
        raise Refused(
            _("The pipeline asks for this as “%(weight)s”; a job can only ask for it more strictly.")
            % {"weight": Weight(criterion.weight).label},
            code="looser",
        )
    raised = Criterion.objects.filter(gate=today.own, raises=criterion, is_retired=False).first() if today.own else None
    if (raised.weight if raised else criterion.weight) == weight:
        return today.own
    own = _kept(today.own or Gate(job=job, to_stage=today.to_stage))
    Criterion.objects.filter(gate=own, raises=criterion, is_retired=False).update(is_retired=True)
    if weight != criterion.weight:
        Criterion.objects.create(gate=own, raises=criterion, weight=weight, position=criterion.position)
    return touch(own, "gate.criterion_raised", by=by, at=at, data={"criterion": criterion.pk, "weight": weight})


@transaction.atomic
def loosen(*, job: Job, to_stage: str, by: User | None, at: datetime, seen_version: str = "") -> Gate | None:
    """Everything this job made stricter about a border is taken back: it asks what its pipeline asks."""
    today = _today(job, to_stage, at=at, seen_version=seen_version)
    own = today.own
    if own is None or not today.is_tightened:
        return own
    lines = list(own.criteria.filter(is_retired=False).values_list("pk", flat=True))
    Criterion.objects.filter(pk__in=lines).update(is_retired=True)
    columns = {"sender": "", "receiver": "", "warn_hours": None, "miss_hours": None}
    return touch(own, "gate.loosened", by=by, at=at, columns=columns, data={"criteria": lines})


@transaction.atomic
def undo_loosen(*, job: Job, to_stage: str, by: User | None, at: datetime) -> Gate:
    """As strict again as it was, while nobody has touched the border since."""
    today = _today(job, to_stage, at=at, seen_version="")
    own = today.own
    last = Event.objects.filter(subject="gate", subject_key=own.pk).order_by("-id").first() if own else None
    if own is None or last is None or last.verb != "gate.loosened":
        raise Refused(_("This border has changed since. Make it stricter again where it should be."), code="moved")
    Criterion.objects.filter(gate=own, pk__in=last.data["criteria"]).update(is_retired=False)
    return touch(own, "gate.tightened", by=by, at=at, columns=last.data["before"])


def _today(job: Job, to_stage: str, *, at: datetime, seen_version: str) -> GateToday:
    """The border as it is now; until the transaction ends nobody else changes what the job says about it."""
    now = lock_job(job)
    # The row itself too: its own lines change without the job.
    list(Gate.objects.select_for_update(no_key=True).filter(job=now, to_stage=to_stage))
    today = gate_of(now, to_stage)
    if seen_version and seen_version != today.version:
        rows = [row for row in (today.of_pipeline, today.own) if row is not None and row.changed_at is not None]
        raise changed_meanwhile(max(rows, key=lambda row: row.changed_at or at, default=today.of_pipeline), at=at)
    return today


def _kept(own: Gate) -> Gate:
    """The job's row, written when it says something for the first time."""
    if own._state.adding:
        own.version = 0  # its first change counts it to 1
        own.save()
    return own


def _demand_shorter(before: Gate, warn: int | None, miss: int | None) -> None:
    if (warn or 0) > (before.warn_hours or 0) or (miss or 0) > (before.miss_hours or 0):
        raise Refused(
            _(
                "A job can only be stricter than its pipeline: warn after at most %(warn)s working hours, "
                "due within at most %(miss)s."
            )
            % {"warn": before.warn_hours, "miss": before.miss_hours},
            code="looser",
        )
