"""Changing a gate and its checklist. What was offered stays frozen: a handoff keeps the packet it was offered with.

The same verbs serve a pipeline's gate and a job's own lines; what a job may do beyond that is in tightening.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core import words
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.models import Criterion, Gate
from recruiting.jobs.services.gate_rules import LINE, clean_line, demand_clock, demand_new, demand_seats

COLUMNS = ("sender", "receiver", "warn_hours", "miss_hours")


@transaction.atomic
def change_gate(
    *, gate: Gate, changes: dict[str, Any], by: User | None, at: datetime, seen_version: int | None = None
) -> Gate:
    """Other seats or clocks for every job of the pipeline. Saving the same again changes nothing."""
    now = lock_gate(gate, at=at, seen_version=seen_version)
    changed = {name: changes[name] for name in COLUMNS if name in changes and getattr(now, name) != changes[name]}
    if not changed:
        return now
    asked = {name: changed.get(name, getattr(now, name)) for name in COLUMNS}
    demand_seats(asked["sender"], asked["receiver"])
    demand_clock(asked["warn_hours"], asked["miss_hours"])
    return touch(now, "gate.changed", by=by, at=at, columns=changed)


@transaction.atomic
def add_criterion(
    *, gate: Gate, by: User | None, at: datetime, seen_version: int | None = None, **line: Any
) -> Criterion:
    """One more line, last of its checklist: `text_en`, `text_ja`, `weight`, `proof`, `skill`, `level`, `attribute`,
    `is_about_pay`."""
    now = lock_gate(gate, at=at, seen_version=seen_version)
    asked = clean_line(now, line)
    demand_new(now, asked)
    last = now.criteria.aggregate(last=models.Max("position"))["last"] or 0
    row = Criterion.objects.create(gate=now, position=last + 1, **asked)
    touch(now, "gate.criterion_added", by=by, at=at, data={"criterion": row.pk})
    return row


@transaction.atomic
def change_criterion(
    *, criterion: Criterion, changes: dict[str, Any], by: User | None, at: datetime, seen_version: int | None = None
) -> Criterion:
    """Other words, weight or evidence, for cards offered from now on."""
    now = lock_gate(criterion.gate, at=at, seen_version=seen_version)
    row = Criterion.objects.select_related("skill", "attribute").get(pk=criterion.pk)
    _demand_line(row)
    asked = clean_line(now, {**{name: getattr(row, name) for name in LINE}, **changes})
    changed = {name: value for name, value in asked.items() if getattr(row, name) != value}
    if not changed:
        return row
    demand_new(now, asked, but=row)
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    touch(now, "gate.criterion_changed", by=by, at=at, data={"criterion": row.pk, "changed": sorted(changed)})
    return row


@transaction.atomic
def retire_criterion(
    *, criterion: Criterion, by: User | None, at: datetime, seen_version: int | None = None
) -> Criterion:
    """No longer asked. Handoffs that were offered with it keep it."""
    return _set_retired(criterion, True, by=by, at=at, seen_version=seen_version)


@transaction.atomic
def restore_criterion(
    *, criterion: Criterion, by: User | None, at: datetime, seen_version: int | None = None
) -> Criterion:
    """Asked again, where it stood."""
    return _set_retired(criterion, False, by=by, at=at, seen_version=seen_version)


@transaction.atomic
def place_criterion(
    *, criterion: Criterion, later: bool, by: User | None, at: datetime, seen_version: int | None = None
) -> Criterion:
    """Change places with the neighbour. At the end of the list a line stays where it is."""
    now = lock_gate(criterion.gate, at=at, seen_version=seen_version)
    lines = list(now.criteria.filter(is_retired=False, raises=None))
    here = next((place for place, line in enumerate(lines) if line.pk == criterion.pk), None)
    there = None if here is None else here + (1 if later else -1)
    if here is None or there is None or not 0 <= there < len(lines):
        return criterion
    lines[here], lines[there] = lines[there], lines[here]
    for position, line in enumerate(lines, start=1):
        line.position = position
    Criterion.objects.bulk_update(lines, ["position"])
    touch(now, "gate.criterion_placed", by=by, at=at, data={"criterion": criterion.pk})
    return lines[there]


def lock_gate(gate: Gate, *, at: datetime, seen_version: int | None = None) -> Gate:
    """The gate as it is now, nobody else changing it until the transaction ends; refused if it is another by now."""
    now = Gate.objects.select_for_update(no_key=True).get(pk=gate.pk)
    if seen_version is not None and now.version != seen_version:
        raise changed_meanwhile(now, at=at)
    return now


def changed_meanwhile(gate: Gate, *, at: datetime) -> Refused:
    """What the second of two people reads."""
    if gate.changed_by is None or gate.changed_at is None:
        return Refused(
            _("This gate was changed while you were looking. Nothing was changed; look again."), code="moved"
        )
    ago = words.since_then(timezone.localtime(gate.changed_at), at, get_language() or "en")
    return Refused(
        _("%(name)s changed this gate %(ago)s, while you were looking. Nothing was changed; look again.")
        % {"name": gate.changed_by.name, "ago": ago},
        code="moved",
    )


def touch(
    gate: Gate,
    verb: str,
    *,
    by: User | None,
    at: datetime,
    columns: dict[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> Gate:
    """Write the gate's own columns, count its version up and record who did it."""
    columns = columns or {}
    before = {name: getattr(gate, name) for name in columns}
    for name, value in {**columns, "version": gate.version + 1, "changed_at": at, "changed_by": by}.items():
        setattr(gate, name, value)
    gate.save(update_fields=[*columns, "version", "changed_at", "changed_by"])
    told = {"pipeline": gate.pipeline_id, "version": gate.version, **(data or {})}
    if columns:
        told |= {"before": before, "after": columns}
    record(verb, gate, by=by, at=at, job=gate.job_id, to_state=gate.to_stage, data=told)
    return gate


def _set_retired(
    criterion: Criterion, is_retired: bool, *, by: User | None, at: datetime, seen_version: int | None
) -> Criterion:
    now = lock_gate(criterion.gate, at=at, seen_version=seen_version)
    row = Criterion.objects.select_related("attribute").get(pk=criterion.pk)
    _demand_line(row)
    if row.is_retired == is_retired:
        return row
    if not is_retired:
        clean_line(now, {name: getattr(row, name) for name in LINE})
        demand_new(now, {"text_en": row.text_en, "text_ja": row.text_ja})
    row.is_retired = is_retired
    row.save(update_fields=["is_retired"])
    verb = "gate.criterion_retired" if is_retired else "gate.criterion_restored"
    touch(now, verb, by=by, at=at, data={"criterion": row.pk})
    return row


def _demand_line(row: Criterion) -> None:
    """What a job makes heavier has no words of its own: it is changed by its weight alone."""
    if row.raises_id is not None:
        raise Refused(
            _("This line is the pipeline's. A job can only ask for it more strictly."), code="of_the_pipeline"
        )
