"""What a job asks for. Only the must-haves count as its *asks*: a change of them is news for who lacked one."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, Requirement
from recruiting.jobs.services.openings import lock_job
from recruiting.skills.levels import is_level
from recruiting.skills.models import Skill
from recruiting.skills.selectors import resolve_term


@transaction.atomic
def add_requirement(
    *,
    job: Job,
    by: User | None,
    at: datetime,
    skill: Skill | None = None,
    term: str = "",
    level: int | None = None,
    is_must: bool = True,
) -> Requirement:
    """Ask for a skill, by name or by any of its other names. An unknown word is kept and shown, and met by nobody."""
    now = lock_job(job)
    term = term.strip()
    skill = skill or (resolve_term(term) if term else None)
    if skill is None and not term:
        raise Refused(_("Name the skill that this job asks for."), code="invalid")
    asked = Requirement.objects.filter(job=now)
    if (asked.filter(skill=skill) if skill else asked.filter(skill=None, term__iexact=term)).exists():
        raise Refused(_("This job already asks for %(skill)s.") % {"skill": skill or term}, code="already_asked")
    _demand_level(skill, level)
    last = asked.order_by("-position").values_list("position", flat=True).first() or 0
    row = Requirement.objects.create(
        job=now, skill=skill, term="" if skill else term, level=level, is_must=is_must, position=last + 1, added_at=at
    )
    _tell(job, row, "job.requirement_added", by=by, at=at, is_ask=is_must)
    return row


@transaction.atomic
def change_requirement(
    *, requirement: Requirement, by: User | None, at: datetime, level: int | None, is_must: bool
) -> Requirement:
    """Ask for another level, or make a must-have nice to have. Saving the same again changes nothing."""
    job = lock_job(requirement.job)
    row = Requirement.objects.select_related("skill", "job").get(pk=requirement.pk)
    if (row.level, row.is_must) == (level, is_must):
        return row
    _demand_level(row.skill, level)
    is_ask = row.is_must or is_must
    row.level, row.is_must = level, is_must
    row.save(update_fields=["level", "is_must"])
    _tell(job, row, "job.requirement_changed", by=by, at=at, is_ask=is_ask)
    return row


@transaction.atomic
def drop_requirement(*, requirement: Requirement, by: User | None, at: datetime) -> Job:
    """The job no longer asks for it."""
    job = lock_job(requirement.job)
    row = Requirement.objects.select_related("skill").filter(pk=requirement.pk).first()
    if row is None:
        raise Refused(_("Somebody has already dropped this requirement."), code="moved")
    _tell(job, row, "job.requirement_dropped", by=by, at=at, is_ask=row.is_must)
    row.delete()
    return job


def _demand_level(skill: Skill | None, level: int | None) -> None:
    if level is not None and (skill is None or not is_level(skill.scale, level)):
        raise Refused(
            _("This level does not exist for %(skill)s.") % {"skill": skill or _("this word")}, code="invalid"
        )


def _tell(job: Job, row: Requirement, verb: str, *, by: User | None, at: datetime, is_ask: bool) -> None:
    asked = {"skill": row.skill_id, "term": row.term, "level": row.level, "is_must": row.is_must}
    record(verb, row, by=by, at=at, job=job.pk, data=asked)
    if is_ask:
        Job.objects.filter(pk=job.pk).update(asks_changed_at=at)
        job.asks_changed_at = at
        record("job.asks_changed", job, by=by, at=at, job=job.pk, data=asked)
