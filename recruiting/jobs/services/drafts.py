"""A job is drafted from a pipeline template, then edited; what people's conditions look at is announced."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, JobState, Opening, PipelineTemplate, Seat, Step
from recruiting.jobs.services.openings import lock_job
from recruiting.jobs.services.requirements import add_requirement
from recruiting.jobs.services.seats import seat_user
from recruiting.jobs.transitions import change_job

DEFAULT_PIPELINE = "mid_career"
# What conditions of people compare with: pay, place, form, permit, and where the job stands on the scales.
TERMS = frozenset(
    {"family", "level", "places", "remote", "form", "band_min", "band_max", "currency", "period", "sponsors_permit"}
)
EDITABLE = TERMS | {"title", "department", "description", "recruiter"}


@transaction.atomic
def draft_job(
    *,
    title: str,
    recruiter: User,
    by: User | None,
    at: datetime,
    pipeline: PipelineTemplate | None = None,
    openings: int = 1,
    requirements: Iterable[tuple[Any, ...]] = (),
    team: Iterable[tuple[str, User]] = (),
    **fields: Any,
) -> Job:
    """A new job in the state draft, with its own copy of the template's steps and its recruiter seated.

    `requirements`: (term[, level[, is_must]]); `team`: (seat, user); `fields`: any column of EDITABLE.
    """
    if openings < 1:
        raise Refused(_("A job has at least one opening."), code="invalid")
    pipeline = pipeline or PipelineTemplate.objects.get(key=DEFAULT_PIPELINE)
    job = Job(title=title.strip(), recruiter=recruiter, pipeline=pipeline, created_at=at)
    _put(job, fields)
    _demand_sense(job)
    job.save()
    Opening.objects.bulk_create(Opening(job=job, asked_at=at) for _number in range(openings))
    copy_steps(job, pipeline)
    record("job.drafted", job, by=by, at=at, job=job.pk, to_state=job.state)
    seat_user(job=job, user=recruiter, seat=Seat.RECRUITER, by=by, at=at)
    for seat, user in team:
        seat_user(job=job, user=user, seat=seat, by=by, at=at)
    for asked in requirements:
        add_requirement(job=job, by=by, at=at, **dict(zip(("term", "level", "is_must"), asked, strict=False)))
    return job


def copy_steps(job: Job, pipeline: PipelineTemplate) -> None:
    """The template's columns become the job's own."""
    kept = ("stage", "name_en", "name_ja", "position", "limit_days", "is_final")
    Step.objects.bulk_create(
        Step(job=job, **{name: getattr(step, name) for name in kept}) for step in pipeline.steps.all()
    )


@transaction.atomic
def edit_job(*, job: Job, changes: dict[str, Any], by: User | None, at: datetime) -> Job:
    """Save what is really different. Changed terms are news for people who left over them; equal values are none."""
    now = lock_job(job)
    changed = _put(now, changes)
    if not changed:
        return now
    _demand_sense(now)
    is_terms = bool(TERMS & changed)
    if is_terms:
        now.terms_changed_at = at
    now.save(update_fields=[*changed, "terms_changed_at"])
    record("job.edited", now, by=by, at=at, job=now.pk, data={"changed": sorted(changed)})
    if is_terms:
        record("job.terms_changed", now, by=by, at=at, job=now.pk, data={"changed": sorted(TERMS & changed)})
    return now


@transaction.atomic
def import_job(*, title: str, by: User | None, at: datetime, **fields: Any) -> Job:
    """A job that an import knows only by name: made closed, so that nobody is proposed for it."""
    pipeline = PipelineTemplate.objects.get(key="simple")
    job = Job(title=title.strip(), pipeline=pipeline, created_at=at, is_imported=True)
    _put(job, fields)
    job.save()
    copy_steps(job, pipeline)
    record("job.drafted", job, by=by, at=at, job=job.pk, to_state=JobState.DRAFT)
    return change_job(job, lambda: job.cancel(at=at), "job.closed", by=by, at=at)


def _put(job: Job, fields: dict[str, Any]) -> set[str]:
    """Set the fields that differ and name them."""
    unknown = set(fields) - EDITABLE
    if unknown:
        raise TypeError(f"not a field of a job: {sorted(unknown)}")
    if "places" in fields:
        fields = {**fields, "places": _places(fields["places"])}
    changed = {name for name, value in fields.items() if _plain(getattr(job, name)) != _plain(value)}
    for name in changed:
        setattr(job, name, fields[name])
    return changed


def _plain(value: Any) -> Any:
    """Numbers compare as numbers: a band of 8,000,000 is the same as 8000000.00."""
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _places(places: Iterable[str]) -> list[str]:
    """Each place once, in the order given."""
    return list(dict.fromkeys(place for name in places if (place := name.strip())))


def _demand_sense(job: Job) -> None:
    if not job.title:
        raise Refused(_("A job needs a title."), code="invalid")
    if job.band_min is not None and job.band_max is not None and job.band_min > job.band_max:
        raise Refused(_("The pay band runs from the lower sum to the higher one."), code="invalid")
    if job.recruiter is not None and not job.recruiter.is_active:
        raise Refused(_("%(name)s no longer works here.") % {"name": job.recruiter.name}, code="inactive")
