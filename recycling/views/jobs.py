"""Closing a job, re-opening it, letting its people rest: each shows first what becomes of whom."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from funnel.jobs import jobs_on_hold_too_long
from funnel.views.jobs import to_job
from recruiting.accounts.requests import SignedInRequest, back
from recruiting.core.refused import Refused
from recruiting.core.toasts import toast
from recruiting.jobs.models import CLOSED_JOB, Job, JobState
from recruiting.jobs.selectors import may_approve
from recruiting.jobs.services.states import needs_approver_to_reopen
from recruiting.jobs.stages import Stage
from recruiting.jobs.views.sections import changes_jobs, visible_job
from recycling import jobs


@changes_jobs
@require_GET
def ask_close(request: SignedInRequest, pk: int) -> HttpResponse:
    return _leave(request, visible_job(request, pk), _ending(request.GET.get("as", "")))


@changes_jobs
@require_POST
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    job, state = visible_job(request, pk), _ending(request.POST.get("as", ""))
    try:
        why = request.POST.get("why", "").strip()
        jobs.close_job(job=job, state=state, by=request.user, at=timezone.now(), why=why)
    except Refused as refused:
        return _leave(request, visible_job(request, pk), state, refused.message, 409)
    toast(request, _("%(job)s is closed; its people rest.") % {"job": job.title})
    return to_job(request, job)


@changes_jobs
@require_GET
def ask_rest(request: SignedInRequest, pk: int) -> HttpResponse:
    return _leave(request, visible_job(request, pk), "")


@changes_jobs
@require_POST
def rest(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    try:
        jobs.rest_job(job=job, by=request.user, at=timezone.now())
    except Refused as refused:
        return _leave(request, visible_job(request, pk), "", refused.message, 409)
    toast(request, _("The people of %(job)s rest until it resumes.") % {"job": job.title})
    return to_job(request, job)


@changes_jobs
@require_POST
def rest_long_held(request: SignedInRequest) -> HttpResponse:
    """From the desk: the chosen ones among my jobs that were on hold for too long, each as `rest` would."""
    at, done = timezone.now(), 0
    chosen = [key for key in request.POST.getlist("job") if key.isdigit()]
    for job in jobs_on_hold_too_long(request.user, at).filter(pk__in=chosen):
        try:
            jobs.rest_job(job=job, by=request.user, at=at)
            done += 1
        except Refused as refused:
            toast(request, refused.message)
    said = ngettext("The people of %(count)s job rest now.", "The people of %(count)s jobs rest now.", done)
    toast(request, said % {"count": done})
    return back(request)


@changes_jobs
@require_GET
def ask_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    return _reopen(request, visible_job(request, pk))


@changes_jobs
@require_POST
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    try:
        jobs.reopen_job(job=job, by=request.user, at=timezone.now())
    except Refused as refused:
        return _reopen(request, visible_job(request, pk), refused.message, 409)
    toast(request, _("%(job)s is open again.") % {"job": job.title})
    return to_job(request, job)


def _ending(text: str) -> str:
    return text if text in CLOSED_JOB else JobState.CANCELLED.value


def _leave(request: SignedInRequest, job: Job, state: str, refusal: str = "", status: int = 200) -> HttpResponse:
    """Who leaves, from which stage, under which reason. `state` empty: the job stays on hold and they rest."""
    people = list(jobs.people_in(job))
    count = Counter(application.stage for application in people)
    context: dict[str, Any] = {
        "job": job,
        "state": state,
        "reason": jobs.reason_for(state or JobState.CANCELLED),
        "people": people,
        "stages": [(stage.label, count[stage.value]) for stage in Stage if count[stage.value]],
        "unfilled": job.openings.filter(state__in=["asked", "open"]).count(),
        "refusal": refusal,
    }
    return render(request, "jobs/_close.html" if request.htmx else "jobs/close.html", context, status=status)


def _reopen(request: SignedInRequest, job: Job, refusal: str = "", status: int = 200) -> HttpResponse:
    if not job.is_closed:
        toast(request, refusal or _("%(job)s is not closed.") % {"job": job.title})
        return to_job(request, job) if request.htmx else redirect("jobs:overview", job.pk)
    found = jobs.restorations(job, timezone.now())
    needs_approver = needs_approver_to_reopen(job)
    context: dict[str, Any] = {
        "job": job,
        "restored": [each for each in found if not each.why_not],
        "resting": [each for each in found if each.why_not],
        "needs_approver": needs_approver,
        "may_reopen": not needs_approver or may_approve(job, request.user),
        "refusal": refusal,
    }
    return render(request, "jobs/_reopen.html" if request.htmx else "jobs/reopen.html", context, status=status)
