"""A job's own columns. Retiring one is the funnel's: it knows who stands in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import parse
from recruiting.jobs import selectors, services
from recruiting.jobs.forms import NewStepForm, StepForm
from recruiting.jobs.models import Job, Step
from recruiting.jobs.stages import Stage
from recruiting.jobs.views.sections import answer, changes_jobs, section, visible_job


@changes_jobs
@require_GET
def pipeline(request: SignedInRequest, pk: int) -> HttpResponse:
    return show(request, visible_job(request, pk))


@changes_jobs
@require_POST
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    job, form = visible_job(request, pk), NewStepForm(request.POST)

    def verb() -> object:
        return services.add_step(job=job, **parse(form), by=request.user, at=timezone.now())

    return answer(request, job, "pipeline", verb, show, form=form)


@changes_jobs
@require_POST
def change(request: SignedInRequest, pk: int, step: int) -> HttpResponse:
    job = visible_job(request, pk)
    row = get_object_or_404(Step.objects.select_related("job"), job=job, pk=step)

    def verb() -> object:
        changes = parse(StepForm(request.POST))
        return services.change_step(step=row, changes=changes, by=request.user, at=timezone.now())

    return answer(request, job, "pipeline", verb, show)


@changes_jobs
@require_POST
def place(request: SignedInRequest, pk: int, step: int) -> HttpResponse:
    job = visible_job(request, pk)
    row = get_object_or_404(Step.objects.select_related("job"), job=job, pk=step)
    later = request.POST.get("to") == "later"
    verb = lambda: services.place_step(step=row, later=later, by=request.user, at=timezone.now())  # noqa: E731
    return answer(request, job, "pipeline", verb, show)


def show(
    request: SignedInRequest, job: Job, *, status: int = 200, refusal: str = "", form: NewStepForm | None = None
) -> HttpResponse:
    """The steps by stage."""
    steps = list(selectors.current_steps(job))
    context: dict[str, Any] = {
        "stages": [(stage, [step for step in steps if step.stage == stage.value]) for stage in Stage],
        "form": form or NewStepForm(initial={"stage": Stage.INTERVIEW}),
        "refusal": "" if form is not None and form.errors else refusal,
    }
    return section(request, job, "pipeline", context, status)
