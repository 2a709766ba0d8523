"""The list of jobs with who stands in them, and the verbs on a job that move its people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from funnel import job_list
from funnel.forms_jobs import HoldJobForm
from funnel.jobs import hold_job, resume_job, retire_step
from funnel.models import Application
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.days import day_of, plus_days
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast
from recruiting.jobs.models import Job, Step
from recruiting.jobs.views import pipeline
from recruiting.jobs.views.sections import answer, changes_jobs, looks_at_jobs, visible_job


@looks_at_jobs
@require_GET
@vary_on_headers("HX-Request")
def jobs(request: SignedInRequest) -> HttpResponse:
    """Jobs I may see, narrowed and in order, each with its people by stage."""
    context = job_list.page(request)
    return render(request, "jobs/_list.html" if request.htmx else "jobs/list.html", context)


@changes_jobs
@require_GET
def ask_hold(request: SignedInRequest, pk: int) -> HttpResponse:
    until = plus_days(day_of(timezone.now()), settings.HOLD_MAX_DAYS)
    return _hold(request, visible_job(request, pk), HoldJobForm(initial={"until": until}))


@changes_jobs
@require_POST
def hold(request: SignedInRequest, pk: int) -> HttpResponse:
    job, form = visible_job(request, pk), HoldJobForm(request.POST)
    try:
        order = parse(form)
        hold_job(job=job, reason=order["reason"], until=order["until"], by=request.user, at=timezone.now())
    except Refused as refused:
        status = 422 if refused.code == "invalid" else 409
        return _hold(request, visible_job(request, pk), form, "" if form.errors else refused.message, status)
    toast(request, _("%(job)s is on hold, and its people with it.") % {"job": job.title})
    return to_job(request, job)


@changes_jobs
@require_POST
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    try:
        resume_job(job=job, by=request.user, at=timezone.now())
        toast(request, _("%(job)s hires again, and its people go on.") % {"job": job.title})
    except Refused as refused:
        toast(request, refused.message)
    return to_job(request, job)


@changes_jobs
@require_POST
def retire(request: SignedInRequest, pk: int, step: int) -> HttpResponse:
    """The set-up's own page answers: with the column gone, or with who stands in it."""
    job = visible_job(request, pk)
    row = get_object_or_404(Step.objects.select_related("job"), job=job, pk=step)
    verb = lambda: retire_step(step=row, by=request.user, at=timezone.now())  # noqa: E731
    return answer(request, job, "pipeline", verb, pipeline.show)


def to_job(request: SignedInRequest, job: Job) -> HttpResponse:
    """Back to the job's page, out of a dialog or a form."""
    if request.htmx:
        return HttpResponseClientRedirect(reverse("jobs:overview", args=[job.pk]))
    return redirect("jobs:overview", job.pk)


def _hold(request: SignedInRequest, job: Job, form: HoldJobForm, refusal: str = "", status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "job": job,
        "form": form,
        "refusal": refusal,
        "people": Application.objects.filter(job=job, outcome="active").count(),
        "ask_days": timedelta(days=settings.JOB_ON_HOLD_ASK_DAYS).days,
    }
    return render(request, "jobs/_hold.html" if request.htmx else "jobs/hold.html", context, status=status)
