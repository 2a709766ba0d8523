"""Jobs in every state, reached through the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from recruiting.accounts.models import User
from recruiting.jobs import services
from recruiting.jobs.models import Attribute, Criterion, Gate, Job, JobFamily, Level, PipelineTemplate, Seat
from tests.builders import MONDAY, a_lead, a_manager, a_recruiter


def a_family(key: str = "backend") -> JobFamily:
    return JobFamily.objects.get(key=key)


def a_level(rank: int = 4) -> Level:
    return Level.objects.get(rank=rank)


def a_pipeline(key: str = "mid_career") -> PipelineTemplate:
    return PipelineTemplate.objects.get(key=key)


def a_draft(
    title: str = "Backend engineer",
    *,
    recruiter: User | None = None,
    by: User | None = None,
    at: datetime = MONDAY,
    family: str | None = "backend",
    level: int | None = 4,
    pipeline: str = "mid_career",
    asks: tuple[Any, ...] = (),
    decider: User | None = None,
    **fields: Any,
) -> Job:
    """A draft of a senior backend job. `asks`: "Python" or ("Python", 3) or ("Python", 3, False) for nice to have."""
    recruiter = recruiter or a_recruiter()
    return services.draft_job(
        title=title,
        recruiter=recruiter,
        by=by or recruiter,
        at=at,
        family=a_family(family) if family else None,
        level=a_level(level) if level else None,
        pipeline=a_pipeline(pipeline),
        requirements=[asked if isinstance(asked, tuple) else (asked,) for asked in asks],
        team=[(Seat.HIRING_MANAGER, decider)] if decider else [],
        **fields,
    )


def an_open_job(
    title: str = "Backend engineer", *, at: datetime = MONDAY, lead: User | None = None, **more: Any
) -> Job:
    """Approved by a recruiting lead the moment it was drafted; a hiring manager decides."""
    more.setdefault("decider", None)
    more["decider"] = more["decider"] or a_manager()
    job = a_draft(title, at=at - timedelta(minutes=1), **more)
    return services.approve_job(job=job, by=lead or a_lead(), at=at)


def a_gate(to_stage: str = "interview", pipeline: str = "mid_career") -> Gate:
    return Gate.objects.get(pipeline__key=pipeline, to_stage=to_stage)


def a_criterion(proof: str = "note", weight: str = "must", **where: str) -> Criterion:
    """The first line of a pipeline's gate that asks like this."""
    rows = Criterion.objects.filter(gate=a_gate(**where), proof=proof, weight=weight, is_retired=False)
    return rows.select_related("gate").earliest("position")


def an_attribute(name: str = "Expertise", pipeline: str = "mid_career") -> Attribute:
    return Attribute.objects.get(pipeline__key=pipeline, name_en=name)
