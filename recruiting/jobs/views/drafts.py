"""A new job, and its terms."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast
from recruiting.jobs import services
from recruiting.jobs.forms import DraftForm, TermsForm
from recruiting.jobs.models import PipelineTemplate
from recruiting.jobs.views.sections import changes_jobs, visible_job


@changes_jobs
@require_GET
def new(request: SignedInRequest) -> HttpResponse:
    initial = {"recruiter": request.user, "pipeline": PipelineTemplate.objects.filter(key="mid_career").first()}
    return _new(request, DraftForm(user=request.user, initial=initial))


@changes_jobs
@require_POST
def create(request: SignedInRequest) -> HttpResponse:
    form = DraftForm(request.POST, user=request.user)
    try:
        chosen = {name: parse(form)[name] for name in ("pipeline", "openings")}
        job = services.draft_job(
            **form.terms(),
            **chosen,
            requirements=form.requirements(),
            team=form.team(),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        return _new(request, form, "" if form.errors else refused.message)
    toast(request, _("%(job)s is drafted.") % {"job": job.title})
    return redirect("jobs:overview", job.pk)


@changes_jobs
@require_GET
def terms(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    return _terms(request, TermsForm(instance=job, user=request.user))


@changes_jobs
@require_POST
def save_terms(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    form = TermsForm(request.POST, instance=visible_job(request, pk), user=request.user)
    try:
        changes = parse(form)
        services.edit_job(job=job, changes=changes, by=request.user, at=timezone.now())
    except Refused as refused:
        return _terms(request, form, "" if form.errors else refused.message, status=422)
    toast(request, _("The terms are saved."))
    return redirect("jobs:terms", job.pk)


def _new(request: SignedInRequest, form: DraftForm, refusal: str = "") -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "jobs/new.html", {"form": form, "refusal": refusal}, status=status)


def _terms(request: SignedInRequest, form: TermsForm, refusal: str = "", status: int = 200) -> HttpResponse:
    context = {"job": form.instance, "form": form, "refusal": refusal, "tab": "setup", "section": "terms"}
    return render(request, "jobs/terms.html", context, status=status)
