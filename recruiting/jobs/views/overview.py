"""One job at a glance, and the approver's word."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.days import day_of
from recruiting.core.refused import Refused
from recruiting.core.toasts import toast
from recruiting.jobs import selectors, services
from recruiting.jobs.models import Job
from recruiting.jobs.views.sections import changes_jobs, job_to_approve, looks_at_jobs, visible_job


@looks_at_jobs
@require_GET
def overview(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show(request, visible_job(request, pk))


@changes_jobs
@require_POST
def ask_approval(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    try:
        services.ask_approval(job=job, by=request.user, at=timezone.now())
    except Refused as refused:
        return _show(request, visible_job(request, pk), refused.message, 409)
    toast(request, _("%(job)s waits for its approver.") % {"job": job.title})
    return redirect("jobs:overview", job.pk)


@looks_at_jobs
@require_POST
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    job = job_to_approve(request, pk)
    try:
        services.approve_job(job=job, by=request.user, at=timezone.now())
    except Refused as refused:
        return _show(request, visible_job(request, pk), refused.message, 409)
    toast(request, _("%(job)s is open.") % {"job": job.title})
    return redirect("jobs:overview", job.pk)


def _show(request: SignedInRequest, job: Job, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {"job": job, "tab": "overview", "refusal": refusal, **_parts(request, job)}
    return render(request, "jobs/overview.html", context, status=status)


def _parts(request: SignedInRequest, job: Job) -> dict[str, Any]:
    """What stands on the page, each at a fixed price."""
    openings = list(job.openings.select_related("approved_by"))
    states = [opening.state for opening in openings]
    held_days = (day_of(timezone.now()) - day_of(job.held_at)).days if job.held_at else 0
    return {
        "openings": openings,
        "requirements": list(selectors.requirements_of(job)),
        "seats": list(selectors.seats_of(job)),
        "steps": list(selectors.current_steps(job)),
        "may_approve": selectors.may_approve(job, request.user),
        "seems_filled": job.state == "open" and "filled" in states and not {"open", "asked"} & set(states),
        "has_freed_opening": job.is_closed and "open" in states,
        "held_days": held_days,
        "rests_asked": held_days >= settings.JOB_ON_HOLD_ASK_DAYS,
    }
