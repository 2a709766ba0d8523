"""What a job asks for, line by line."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import parse
from recruiting.jobs import selectors, services
from recruiting.jobs.forms import RequirementForm, RequirementLevelForm
from recruiting.jobs.models import Job
from recruiting.jobs.views.sections import answer, changes_jobs, section, visible_job


@changes_jobs
@require_GET
def requirements(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show(request, visible_job(request, pk))


@changes_jobs
@require_POST
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    job, form = visible_job(request, pk), RequirementForm(request.POST)

    def verb() -> object:
        asked = parse(form)
        return services.add_requirement(job=job, skill=form.skill, **asked, by=request.user, at=timezone.now())

    return answer(request, job, "requirements", verb, _show, form=form)


@changes_jobs
@require_POST
def change(request: SignedInRequest, pk: int, requirement: int) -> HttpResponse:
    job = visible_job(request, pk)
    row = get_object_or_404(selectors.requirements_of(job).select_related("job"), pk=requirement)

    def verb() -> object:
        asked = parse(RequirementLevelForm(request.POST))
        return services.change_requirement(requirement=row, **asked, by=request.user, at=timezone.now())

    return answer(request, job, "requirements", verb, _show)


@changes_jobs
@require_POST
def drop(request: SignedInRequest, pk: int, requirement: int) -> HttpResponse:
    job = visible_job(request, pk)
    row = get_object_or_404(selectors.requirements_of(job).select_related("job"), pk=requirement)
    verb = lambda: services.drop_requirement(requirement=row, by=request.user, at=timezone.now())  # noqa: E731
    return answer(request, job, "requirements", verb, _show)


def _show(
    request: SignedInRequest, job: Job, *, status: int = 200, refusal: str = "", form: RequirementForm | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "requirements": list(selectors.requirements_of(job)),
        "form": form or RequirementForm(initial={"is_must": "must"}),
        "refusal": "" if form is not None and form.errors else refusal,
    }
    return section(request, job, "requirements", context, status)
