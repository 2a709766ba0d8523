"""What we hire for, and who decides about it."""

from __future__ import annotations

from recruiting.jobs.models.attributes import Attribute
from recruiting.jobs.models.gates import BORDERS, Criterion, Gate, Proof, Weight
from recruiting.jobs.models.jobs import CLOSED_JOB, Job, JobFamily, JobState, Level, Requirement
from recruiting.jobs.models.openings import Opening, OpeningState
from recruiting.jobs.models.pipelines import PipelineTemplate, Step, TemplateStep
from recruiting.jobs.models.seats import DECIDING_SEATS, JobSeat, Seat

__all__ = [
    "BORDERS",
    "CLOSED_JOB",
    "DECIDING_SEATS",
    "Attribute",
    "Criterion",
    "Gate",
    "Job",
    "JobFamily",
    "JobSeat",
    "JobState",
    "Level",
    "Opening",
    "OpeningState",
    "PipelineTemplate",
    "Proof",
    "Requirement",
    "Seat",
    "Step",
    "TemplateStep",
    "Weight",
]
