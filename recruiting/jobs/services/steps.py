"""A job's own columns: added, renamed, placed, retired. Each stage keeps at least one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, Step
from recruiting.jobs.selectors import current_steps
from recruiting.jobs.services.openings import lock_job
from recruiting.jobs.stages import Stage

ORDER = {stage: place for place, stage in enumerate(Stage.values)}


@transaction.atomic
def add_step(
    *,
    job: Job,
    stage: str,
    name_en: str,
    name_ja: str,
    by: User | None,
    at: datetime,
    limit_days: int = 7,
    is_final: bool = False,
) -> Step:
    """A new column, last in its stage. A name in one language serves for both until the other is given."""
    job = lock_job(job)
    if not (name_en or name_ja):
        raise Refused(_("A step needs a name."), code="invalid")
    step = Step.objects.create(
        job=job, stage=stage, name_en=name_en or name_ja, name_ja=name_ja or name_en, position=len(ORDER) * 100,
        limit_days=limit_days, is_final=is_final,
    )  # fmt: skip
    _renumber(job)
    record("job.step_added", step, by=by, at=at, job=job.pk, to_state=stage)
    return step


@transaction.atomic
def change_step(*, step: Step, changes: dict[str, Any], by: User | None, at: datetime) -> Step:
    """Rename a column, or say when a card in it is late and whether its decider is a decider of the job."""
    lock_job(step.job)
    changed = {name: value for name, value in changes.items() if getattr(step, name) != value}
    if not changed:
        return step
    if not all(changed.get(name, True) for name in ("name_en", "name_ja")):
        raise Refused(_("A step needs a name."), code="invalid")
    Step.objects.filter(pk=step.pk).update(**changed)
    for name, value in changed.items():
        setattr(step, name, value)
    record("job.step_changed", step, by=by, at=at, job=step.job_id, data={"changed": sorted(changed)})
    return step


@transaction.atomic
def place_step(*, step: Step, later: bool, by: User | None, at: datetime) -> Step:
    """Change places with the neighbour within the stage. At the stage's border a column stays where it is."""
    job = lock_job(step.job)
    beside = [other for other in current_steps(job) if other.stage == step.stage]
    here = next((place for place, other in enumerate(beside) if other.pk == step.pk), None)
    there = None if here is None else here + (1 if later else -1)
    if here is None or there is None or not 0 <= there < len(beside):
        return step
    one, other = beside[here], beside[there]
    one.position, other.position = other.position, one.position
    Step.objects.bulk_update([one, other], ["position"])
    record("job.step_placed", step, by=by, at=at, job=job.pk)
    return one


@transaction.atomic
def retire_step(*, step: Step, by: User | None, at: datetime) -> Step:
    """No longer a column, kept for its history. Whether people stand in it is the funnel's to know."""
    job = lock_job(step.job)
    if not current_steps(job).filter(stage=step.stage).exclude(pk=step.pk).exists():
        raise Refused(
            _("“%(step)s” is the only step of its stage. Add another one first.") % {"step": step}, code="last_step"
        )
    if not Step.objects.filter(pk=step.pk, is_retired=False).update(is_retired=True):
        raise Refused(_("Somebody has already retired this step."), code="moved")
    step.is_retired = True
    _renumber(job)
    record("job.step_retired", step, by=by, at=at, job=job.pk, from_state=step.stage)
    return step


def _renumber(job: Job) -> None:
    """Positions run 1, 2, 3 … through the stages in their order."""
    steps = sorted(current_steps(job), key=lambda step: (ORDER[step.stage], step.position, step.pk))
    for position, step in enumerate(steps, start=1):
        step.position = position
    Step.objects.bulk_update(steps, ["position"])
