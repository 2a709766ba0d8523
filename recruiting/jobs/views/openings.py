"""The seats of a job: asked for, approved, filled, closed."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.jobs import selectors, services
from recruiting.jobs.models import Job, Opening
from recruiting.jobs.views.sections import answer, changes_jobs, job_to_approve, looks_at_jobs, section, visible_job


@looks_at_jobs
@require_GET
def openings(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show(request, visible_job(request, pk))


@changes_jobs
@require_POST
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    verb = lambda: services.add_opening(job=job, by=request.user, at=timezone.now())  # noqa: E731
    return answer(request, job, "openings", verb, _show)


@looks_at_jobs
@require_POST
def approve(request: SignedInRequest, pk: int, opening: int) -> HttpResponse:
    job = job_to_approve(request, pk)
    row = get_object_or_404(Opening.objects.select_related("job"), job=job, pk=opening)
    verb = lambda: services.approve_opening(opening=row, by=request.user, at=timezone.now())  # noqa: E731
    return answer(request, job, "openings", verb, _show)


@changes_jobs
@require_POST
def withdraw(request: SignedInRequest, pk: int, opening: int) -> HttpResponse:
    job = visible_job(request, pk)
    row = get_object_or_404(Opening.objects.select_related("job"), job=job, pk=opening)
    verb = lambda: services.withdraw_opening(opening=row, by=request.user, at=timezone.now())  # noqa: E731
    return answer(request, job, "openings", verb, _show)


def _show(request: SignedInRequest, job: Job, *, status: int = 200, refusal: str = "") -> HttpResponse:
    context: dict[str, Any] = {
        "openings": list(Opening.objects.filter(job=job).select_related("approved_by")),
        "may_approve": selectors.may_approve(job, request.user),
        "refusal": refusal,
    }
    return section(request, job, "openings", context, status)
