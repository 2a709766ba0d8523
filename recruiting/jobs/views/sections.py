"""What the pages of one job's set-up share: one fragment each, swapped by htmx, or the page around it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job
from recruiting.jobs.selectors import may_approve

looks_at_jobs = permission_required("jobs.view_job", raise_exception=True)
changes_jobs = permission_required("jobs.change_job", raise_exception=True)


def visible_job(request: SignedInRequest, pk: int) -> Job:
    """The job if they may see it; else there is none (404)."""
    jobs = Job.objects.visible_to(request.user)
    return get_object_or_404(jobs.select_related("family", "level", "recruiter", "decider", "pipeline"), pk=pk)


def job_to_approve(request: SignedInRequest, pk: int) -> Job:
    """The same for whoever approves it; nobody else has a word to give."""
    job = visible_job(request, pk)
    if not may_approve(job, request.user):
        raise PermissionDenied
    return job


def section(request: SignedInRequest, job: Job, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The fragment `jobs/_<name>.html` for htmx, else the page `jobs/<name>.html` that includes it."""
    template = f"jobs/_{name}.html" if request.htmx else f"jobs/{name}.html"
    return render(request, template, {"job": job, "tab": "setup", "section": name, **context}, status=status)


def answer(
    request: SignedInRequest,
    job: Job,
    name: str,
    verb: Callable[[], object],
    show: Callable[..., HttpResponse],
    **more: Any,
) -> HttpResponse:
    """Do it, then show the section again: swapped, or after a redirect. Refused: the same section with the reason."""
    try:
        verb()
    except Refused as refused:
        status = 422 if refused.code == "invalid" else 409
        return show(request, job, status=status, refusal=refused.message, **more)
    return show(request, job) if request.htmx else redirect(f"jobs:{name}", job.pk)
