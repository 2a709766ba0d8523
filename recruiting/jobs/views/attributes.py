"""What a scorecard asks about, with the anchors of its four points: a pipeline's, or a job's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast
from recruiting.jobs import gates, services
from recruiting.jobs.forms_gates import AttributeForm
from recruiting.jobs.models import Attribute, Job, PipelineTemplate
from recruiting.jobs.services.scorecards import not_taken
from recruiting.jobs.views.gate_cards import Owner, may_change, owner_of
from recruiting.jobs.views.gates import changes_gates
from recruiting.jobs.views.sections import changes_jobs, looks_at_jobs, section, visible_job


@looks_at_jobs
@require_GET
def attributes(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show(request, visible_job(request, pk))


@changes_gates
@require_GET
def pipeline_attributes(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show(request, get_object_or_404(PipelineTemplate, pk=pk))


@changes_jobs
@require_POST
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    return _add(request, visible_job(request, pk))


@changes_gates
@require_POST
def add_to_pipeline(request: SignedInRequest, pk: int) -> HttpResponse:
    return _add(request, get_object_or_404(PipelineTemplate, pk=pk))


@looks_at_jobs
@require_POST
def change(request: SignedInRequest, attribute: int) -> HttpResponse:
    row, owner = _attribute(request, attribute)
    form, seen = AttributeForm(request.POST, auto_id=f"attribute-{row.pk}-%s"), request.POST.get("seen", "")

    def verb() -> object:
        changes = parse(form)
        return services.change_attribute(attribute=row, changes=changes, by=request.user, at=timezone.now(), seen=seen)

    return _do(request, owner, verb, form, row.pk)


@looks_at_jobs
@require_POST
def retire(request: SignedInRequest, attribute: int) -> HttpResponse:
    row, owner = _attribute(request, attribute)

    def verb() -> None:
        seen = request.POST.get("seen", "")
        services.retire_attribute(attribute=row, by=request.user, at=timezone.now(), seen=seen)
        said = _("“%(attribute)s” is not on new scorecards any more. What was rated stays.") % {"attribute": row}
        toast(request, said, reverse("jobs:restore_attribute", args=[row.pk]))

    return _do(request, owner, verb)


@looks_at_jobs
@require_POST
def restore(request: SignedInRequest, attribute: int) -> HttpResponse:
    row, owner = _attribute(request, attribute)
    return _do(request, owner, lambda: services.restore_attribute(attribute=row, by=request.user, at=timezone.now()))


@looks_at_jobs
@require_POST
def place(request: SignedInRequest, attribute: int) -> HttpResponse:
    row, owner = _attribute(request, attribute)
    later = request.POST.get("to") == "later"
    verb = lambda: services.place_attribute(attribute=row, later=later, by=request.user, at=timezone.now())  # noqa: E731
    return _do(request, owner, verb)


@changes_jobs
@require_POST
def own(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)

    def verb() -> None:
        services.own_attributes(job=job, by=request.user, at=timezone.now())
        toast(request, _("This job has a scorecard of its own."), reverse("jobs:undo_scorecard", args=[job.pk]))

    return _do(request, job, verb)


@changes_jobs
@require_POST
def inherit(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)

    def verb() -> None:
        services.inherit_attributes(job=job, by=request.user, at=timezone.now())
        said = _("This job uses its pipeline's scorecard again.")
        toast(request, said, reverse("jobs:undo_scorecard", args=[job.pk]))

    return _do(request, job, verb)


@changes_jobs
@require_POST
def undo_scorecard(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    return _do(request, job, lambda: services.undo_scorecard(job=job, by=request.user, at=timezone.now()))


@changes_jobs
@require_POST
def take(request: SignedInRequest, pk: int, attribute: int) -> HttpResponse:
    job = visible_job(request, pk)
    row = get_object_or_404(Attribute, pk=attribute, pipeline__isnull=False)
    return _do(
        request, job, lambda: services.take_attribute(job=job, attribute=row, by=request.user, at=timezone.now())
    )


def _add(request: SignedInRequest, owner: Owner) -> HttpResponse:
    form = AttributeForm(request.POST, auto_id="attribute-new-%s")
    verb = lambda: services.add_attribute(owner=owner, **parse(form), by=request.user, at=timezone.now())  # noqa: E731
    return _do(request, owner, verb, form)


def _attribute(request: SignedInRequest, pk: int) -> tuple[Attribute, Owner]:
    """An attribute and whose card it is on: 404 where its job is not theirs to see, 403 to change."""
    row = get_object_or_404(Attribute.objects.select_related("job", "pipeline"), pk=pk)
    owner = row.job or row.pipeline
    assert owner is not None  # an_attribute_belongs_to_a_pipeline_or_to_a_job
    return row, owner_of(request, owner)


def _do(
    request: SignedInRequest,
    owner: Owner,
    verb: Callable[[], object],
    form: AttributeForm | None = None,
    line: int | None = None,
) -> HttpResponse:
    try:
        verb()
    except Refused as refused:
        refusal = "" if form is not None and form.errors else refused.message
        status = 422 if refused.code == "invalid" else 409
        return _show(request, owner, refusal=refusal, form=form, line=line, status=status)
    page = "jobs:attributes" if isinstance(owner, Job) else "jobs:pipeline_attributes"
    return _show(request, owner) if request.htmx else redirect(page, owner.pk)


def _show(
    request: SignedInRequest,
    owner: Owner,
    *,
    refusal: str = "",
    form: AttributeForm | None = None,
    line: int | None = None,
    status: int = 200,
) -> HttpResponse:
    job = owner if isinstance(owner, Job) else None
    rows = gates.attributes_of(owner) if isinstance(owner, Job) else gates.attributes_of_pipeline(owner)
    is_ours = job is None or any(row.job_id for row in rows)
    changes = is_ours and may_change(request, owner)
    lines = [
        {
            "attribute": row,
            "form": (form if row.pk == line else AttributeForm.of(row)) if changes else None,
            "is_open": row.pk == line,
        }
        for row in rows
    ]
    context: dict[str, Any] = {
        "lines": lines,
        "is_ours": is_ours,
        "changes": changes,
        "may_change": may_change(request, owner),
        "not_taken": not_taken(job) if job and is_ours and changes else [],
        "new": form if form is not None and line is None else AttributeForm.new(),
        "is_adding": form is not None and line is None,
        "refusal": refusal,
        "add_url": reverse("jobs:add_attribute" if job else "jobs:add_pipeline_attribute", args=[owner.pk]),
    }
    if job:
        return section(request, job, "attributes", context, status)
    template = "jobs/_attributes.html" if request.htmx else "jobs/pipeline_attributes.html"
    return render(request, template, {"pipeline": owner, **context}, status=status)
