"""The pipelines and their gates, for leads; and one line of a checklist, a pipeline's or a job's own."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import parse
from recruiting.core.toasts import toast
from recruiting.jobs import gates, services
from recruiting.jobs.forms_gates import GateForm
from recruiting.jobs.models import Criterion, Gate, Job, PipelineTemplate
from recruiting.jobs.stages import Stage
from recruiting.jobs.views.gate_cards import Owner, border, do, line_form, owner_of, seen_number, show_gates
from recruiting.jobs.views.sections import looks_at_jobs

changes_gates = permission_required("jobs.change_gates", raise_exception=True)


@changes_gates
@require_GET
def pipelines(request: SignedInRequest) -> HttpResponse:
    used = dict(Job.objects.values_list("pipeline").annotate(Count("pk")))
    rows = [_pipeline(row, used.get(row.pk, 0)) for row in gates.pipelines_with_gates()]
    return render(request, "jobs/pipelines.html", {"pipelines": rows})


@changes_gates
@require_GET
def pipeline_gates(request: SignedInRequest, pk: int) -> HttpResponse:
    return show_gates(request, get_object_or_404(PipelineTemplate, pk=pk))


@changes_gates
@require_POST
def change_gate(request: SignedInRequest, pk: int, to_stage: str) -> HttpResponse:
    gate = get_object_or_404(Gate.objects.select_related("pipeline"), pipeline=pk, to_stage=border(to_stage))
    pipeline, form = get_object_or_404(PipelineTemplate, pk=pk), GateForm(request.POST, auto_id=f"gate-{to_stage}-%s")

    def verb() -> object:
        changes, seen = parse(form), seen_number(request)
        return services.change_gate(gate=gate, changes=changes, by=request.user, at=timezone.now(), seen_version=seen)

    return do(request, pipeline, to_stage, verb, form=form)


@changes_gates
@require_POST
def add_criterion(request: SignedInRequest, pk: int, to_stage: str) -> HttpResponse:
    gate = get_object_or_404(Gate.objects.select_related("pipeline"), pipeline=pk, to_stage=border(to_stage))
    pipeline = get_object_or_404(PipelineTemplate, pk=pk)
    form = line_form(request, pipeline, None, to_stage)

    def verb() -> object:
        asked, seen = parse(form), seen_number(request)
        return services.add_criterion(gate=gate, **asked, by=request.user, at=timezone.now(), seen_version=seen)

    return do(request, pipeline, to_stage, verb, form=form)


@looks_at_jobs
@require_POST
def change_criterion(request: SignedInRequest, criterion: int) -> HttpResponse:
    row, owner = _line(request, criterion)
    form = line_form(request, owner, row)

    def verb() -> object:
        changes, seen = parse(form), seen_number(request)
        return services.change_criterion(
            criterion=row, changes=changes, by=request.user, at=timezone.now(), seen_version=seen
        )

    return do(request, owner, row.gate.to_stage, verb, form=form, line=row.pk)


@looks_at_jobs
@require_POST
def retire_criterion(request: SignedInRequest, criterion: int) -> HttpResponse:
    row, owner = _line(request, criterion)

    def verb() -> None:
        services.retire_criterion(criterion=row, by=request.user, at=timezone.now(), seen_version=seen_number(request))
        said = _("“%(criterion)s” is not asked any more. Cards offered before keep it.") % {"criterion": row}
        toast(request, said, reverse("jobs:restore_criterion", args=[row.pk]))

    return do(request, owner, row.gate.to_stage, verb)


@looks_at_jobs
@require_POST
def restore_criterion(request: SignedInRequest, criterion: int) -> HttpResponse:
    row, owner = _line(request, criterion)
    verb = lambda: services.restore_criterion(criterion=row, by=request.user, at=timezone.now())  # noqa: E731
    return do(request, owner, row.gate.to_stage, verb)


@looks_at_jobs
@require_POST
def place_criterion(request: SignedInRequest, criterion: int) -> HttpResponse:
    row, owner = _line(request, criterion)
    later, seen = request.POST.get("to") == "later", seen_number(request)

    def verb() -> object:
        return services.place_criterion(
            criterion=row, later=later, by=request.user, at=timezone.now(), seen_version=seen
        )

    return do(request, owner, row.gate.to_stage, verb)


def _line(request: SignedInRequest, pk: int) -> tuple[Criterion, Owner]:
    """A line with words of its own, and whose it is: 404 where its job is not theirs to see, 403 to change."""
    rows = Criterion.objects.select_related("gate__pipeline", "gate__job", "attribute").filter(raises=None)
    row = get_object_or_404(rows, pk=pk)
    owner = row.gate.job or row.gate.pipeline
    assert owner is not None  # a_gate_belongs_to_a_pipeline_or_to_a_job
    return row, owner_of(request, owner)


def _pipeline(row: PipelineTemplate, used: int) -> dict[str, Any]:
    """A pipeline as the list draws it: its stages with their steps, and the gate that leads into each."""
    gate_into = {gate.to_stage: gate for gate in row.gates.all()}
    steps = list(row.steps.all())
    return {
        "pipeline": row,
        "used": used,
        "asks": len([each for each in row.attributes.all() if not each.is_retired]),
        "stages": [
            {
                "label": stage.label,
                "steps": [step for step in steps if step.stage == stage.value],
                "gate": gates.today_of(gate_into[stage.value]) if stage.value in gate_into else None,
            }
            for stage in Stage
        ],
    }
