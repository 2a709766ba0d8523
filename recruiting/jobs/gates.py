"""Reading the gates: what a border of a job asks for today, the pipeline's and the job's own together."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from recruiting.jobs.models import Attribute, Criterion, Gate, Job, PipelineTemplate, Seat, Weight

GRAVITY = {Weight.INFORMATION: 0, Weight.NICE: 1, Weight.MUST: 2}
PLAIN = "simple"  # the pipeline whose gates serve a job that has none


@dataclass(frozen=True)
class Asked:
    """One line of a checklist as it is asked today; `weight` is the job's where the job takes it more seriously."""

    criterion: Criterion
    weight: str
    is_own: bool

    @property
    def text(self) -> str:
        return str(self.criterion)

    @property
    def is_must(self) -> bool:
        return self.weight == Weight.MUST


@dataclass(frozen=True)
class GateToday:
    """A border as a job keeps it today. Hours are working hours of whoever has to act."""

    to_stage: str
    sender: str
    receiver: str
    warn_hours: int
    miss_hours: int
    criteria: tuple[Asked, ...]
    version: str  # "3" or "3+2": the pipeline's, and the job's

    @property
    def sender_label(self) -> str:
        return str(Seat(self.sender).label)

    @property
    def receiver_label(self) -> str:
        return str(Seat(self.receiver).label)


def gates_of(job: Job) -> dict[str, GateToday]:
    """Every border of a job, in three queries."""
    pipeline = Q(pipeline=job.pipeline_id) if job.pipeline_id else Q(pipeline__key=PLAIN)
    rows = list(Gate.objects.filter(pipeline | Q(job=job)).prefetch_related("criteria__skill", "criteria__attribute"))
    own = {gate.to_stage: gate for gate in rows if gate.job_id}
    return {gate.to_stage: _together(gate, own.get(gate.to_stage)) for gate in rows if gate.pipeline_id}


def gate_of(job: Job, to_stage: str) -> GateToday:
    """One border of a job. KeyError: the reference data has not been seeded."""
    return gates_of(job)[to_stage]


def _together(gate: Gate, own: Gate | None) -> GateToday:
    """The job's row tightens: shorter clocks, heavier criteria, further criteria, other seats."""
    raised = {each.raises_id: each.weight for each in _asked(own) if each.raises_id}
    asked = [
        Asked(
            each, max(each.weight, raised.get(each.pk, each.weight), key=lambda weight: GRAVITY[Weight(weight)]), False
        )
        for each in _asked(gate)
    ]
    asked += [Asked(each, each.weight, True) for each in _asked(own) if each.raises_id is None]
    warn, miss = gate.warn_hours or 0, gate.miss_hours or 0
    return GateToday(
        to_stage=gate.to_stage,
        sender=(own and own.sender) or gate.sender,
        receiver=(own and own.receiver) or gate.receiver,
        warn_hours=min(warn, own.warn_hours) if own and own.warn_hours else warn,
        miss_hours=min(miss, own.miss_hours) if own and own.miss_hours else miss,
        criteria=tuple(asked),
        version=f"{gate.version}+{own.version}" if own else str(gate.version),
    )


def _asked(gate: Gate | None) -> list[Criterion]:
    return [each for each in gate.criteria.all() if not each.is_retired] if gate else []


def attributes_of(job: Job) -> list[Attribute]:
    """What a scorecard of this job asks about: its own attributes, or where it has none its pipeline's."""
    pipeline = Q(pipeline=job.pipeline_id) if job.pipeline_id else Q(pipeline__key=PLAIN)
    rows = list(Attribute.objects.filter(pipeline | Q(job=job), is_retired=False).order_by("position", "id"))
    own = [row for row in rows if row.job_id]
    return own or [row for row in rows if row.pipeline_id]


def pipelines_with_gates() -> list[PipelineTemplate]:
    """Every pipeline with its gates and their criteria, for whoever keeps them."""
    return list(PipelineTemplate.objects.prefetch_related("gates__criteria__skill", "gates__criteria__attribute"))
