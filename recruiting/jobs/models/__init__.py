"""What we hire for, and who decides about it."""

from __future__ import annotations

from recruiting.jobs.models.jobs import CLOSED_JOB, Job, JobFamily, JobState, Level, Requirement
from recruiting.jobs.models.openings import Opening, OpeningState
from recruiting.jobs.models.pipelines import PipelineTemplate, Step, TemplateStep
from recruiting.jobs.models.seats import DECIDING_SEATS, JobSeat, Seat

__all__ = [
    "CLOSED_JOB",
    "DECIDING_SEATS",
    "Job",
    "JobFamily",
    "JobSeat",
    "JobState",
    "Level",
    "Opening",
    "OpeningState",
    "PipelineTemplate",
    "Requirement",
    "Seat",
    "Step",
    "TemplateStep",
]
