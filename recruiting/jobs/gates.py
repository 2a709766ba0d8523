"""Reading the gates: what a border of a job asks for today, the pipeline's and the job's own together."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from recruiting.jobs.models import BORDERS, Attribute, Criterion, Gate, Job, PipelineTemplate, Seat, Weight
from recruiting.jobs.stages import Stage

GRAVITY = {Weight.INFORMATION: 0, Weight.NICE: 1, Weight.MUST: 2}
PLAIN = "simple"  # the pipeline whose gates serve a job that has none
FROM = dict(zip(BORDERS, Stage.values, strict=False))  # a border leads out of the stage before it


@dataclass(frozen=True)
class Asked:
    """One line of a checklist as it is asked today; `weight` is the job's where the job takes it more seriously.

    An attribute of the pipeline that the job has copied to its own scorecard is, here, the job's copy.
    """

    criterion: Criterion
    weight: str
    is_own: bool

    @property
    def text(self) -> str:
        return str(self.criterion)

    @property
    def is_must(self) -> bool:
        return self.weight == Weight.MUST

    @property
    def is_raised(self) -> bool:
        """The job asks for it more strictly than its pipeline does."""
        return not self.is_own and self.weight != self.criterion.weight

    @property
    def weight_label(self) -> str:
        return str(Weight(self.weight).label)

    @property
    def heavier(self) -> list[tuple[str, str]]:
        """The weights a job may give it: the pipeline's own, and what is heavier."""
        least = gravity(self.criterion.weight)
        return [(each.value, str(each.label)) for each in Weight if gravity(each) >= least]


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
    of_pipeline: Gate
    own: Gate | None = None

    @property
    def sender_label(self) -> str:
        return seat_name(self.sender)

    @property
    def receiver_label(self) -> str:
        return seat_name(self.receiver)

    @property
    def from_label(self) -> str:
        return str(Stage(FROM[Stage(self.to_stage)]).label)

    @property
    def to_label(self) -> str:
        return str(Stage(self.to_stage).label)

    @property
    def has_own_clock(self) -> bool:
        before = self.of_pipeline
        return (self.warn_hours, self.miss_hours) != (before.warn_hours, before.miss_hours)

    @property
    def has_own_seats(self) -> bool:
        return (self.sender, self.receiver) != (self.of_pipeline.sender, self.of_pipeline.receiver)

    @property
    def is_tightened(self) -> bool:
        """The job has changed something that it could take back."""
        own = self.own
        columns = bool(own and (own.sender or own.receiver or own.warn_hours or own.miss_hours))
        return columns or any(asked.is_own or asked.is_raised for asked in self.criteria)


def seat_name(seat: str) -> str:
    """Who holds a seat, as one calls a person; the team's page says what the seat does."""
    return _("Final decider") if seat == Seat.FINAL_DECIDER else str(Seat(seat).label)


def gravity(weight: str) -> int:
    return GRAVITY[Weight(weight)]


def serving(job: Job) -> Q:
    """The pipeline whose gates and attributes a job starts from."""
    return Q(pipeline=job.pipeline_id) if job.pipeline_id else Q(pipeline__key=PLAIN)


def gates_of(job: Job) -> dict[str, GateToday]:
    """Every border of a job in the order of the stages, in five queries at most."""
    rows = list(
        Gate.objects.filter(serving(job) | Q(job=job))
        .select_related("changed_by")
        .prefetch_related("criteria__skill", "criteria__attribute")
    )
    own = {gate.to_stage: gate for gate in rows if gate.job_id}
    _ask_for_copies(job, rows)
    of_pipeline = sorted((gate for gate in rows if gate.pipeline_id), key=lambda gate: BORDERS.index(gate.to_stage))
    return {gate.to_stage: _together(gate, own.get(gate.to_stage)) for gate in of_pipeline}


def gate_of(job: Job, to_stage: str) -> GateToday:
    """One border of a job. KeyError: the reference data has not been seeded."""
    return gates_of(job)[to_stage]


def today_of(gate: Gate) -> GateToday:
    """A pipeline's border by itself, as it is for a job that tightens nothing."""
    return _together(gate, None)


def _ask_for_copies(job: Job, rows: list[Gate]) -> None:
    """A criterion of the pipeline means the job's copy of its attribute. In memory only: these rows are read."""
    named = [each for gate in rows for each in _asked(gate) if each.attribute_id]
    if not named:
        return
    living = Attribute.objects.filter(job=job, is_retired=False, copied_from__isnull=False)
    copies = {copy.copied_from_id: copy for copy in living}
    for each in named:
        each.attribute = copies.get(each.attribute_id, each.attribute)


def _together(gate: Gate, own: Gate | None) -> GateToday:
    """The job's row tightens: shorter clocks, heavier criteria, further criteria, other seats."""
    raised = {each.raises_id: each.weight for each in _asked(own) if each.raises_id}
    asked = [
        Asked(each, max(each.weight, raised.get(each.pk, each.weight), key=gravity), False) for each in _asked(gate)
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
        of_pipeline=gate,
        own=own,
    )


def _asked(gate: Gate | None) -> list[Criterion]:
    return [each for each in gate.criteria.all() if not each.is_retired] if gate else []


def attributes_of(job: Job) -> list[Attribute]:
    """What a scorecard of this job asks about: its own attributes, or where it has none its pipeline's."""
    rows = Attribute.objects.filter(serving(job) | Q(job=job), is_retired=False).select_related("skill")
    asked = list(rows.order_by("position", "id"))
    own = [row for row in asked if row.job_id]
    return own or [row for row in asked if row.pipeline_id]


def attributes_of_pipeline(pipeline: PipelineTemplate) -> list[Attribute]:
    rows = Attribute.objects.filter(pipeline=pipeline, is_retired=False).select_related("skill")
    return list(rows.order_by("position", "id"))


def asked_by_gates(attribute: Attribute) -> list[Criterion]:
    """The living criteria that name an attribute, or for a job's copy also those that name what it was copied from."""
    named = Q(attribute=attribute)
    if attribute.job_id and attribute.job and attribute.copied_from_id:
        from_pipeline = Gate.objects.filter(serving(attribute.job))
        named |= Q(attribute=attribute.copied_from_id, gate__in=from_pipeline)
        named |= Q(attribute=attribute.copied_from_id, gate__job=attribute.job_id)
    return list(Criterion.objects.filter(named, is_retired=False).select_related("gate"))


def pipelines_with_gates() -> list[PipelineTemplate]:
    """Every pipeline with its steps, its gates and their criteria, for whoever keeps them."""
    rows = PipelineTemplate.objects.prefetch_related("steps", "gates__criteria", "gates__changed_by", "attributes")
    return list(rows)


def gates_of_pipeline(pipeline: PipelineTemplate) -> list[Gate]:
    """The borders of one pipeline in the order of the stages, with their checklists."""
    rows = Gate.objects.filter(pipeline=pipeline).select_related("changed_by")
    rows = rows.prefetch_related("criteria__skill", "criteria__attribute")
    return sorted(rows, key=lambda gate: BORDERS.index(gate.to_stage))
