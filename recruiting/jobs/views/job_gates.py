"""A job's gates: read by everybody who works on it, made stricter by whoever may change the job."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import parse
from recruiting.core.toasts import toast
from recruiting.jobs import services
from recruiting.jobs.forms_gates import GateForm
from recruiting.jobs.models import Criterion
from recruiting.jobs.views.gate_cards import border, do, line_form, show_gates
from recruiting.jobs.views.sections import changes_jobs, looks_at_jobs, visible_job


@looks_at_jobs
@require_GET
def job_gates(request: SignedInRequest, pk: int) -> HttpResponse:
    return show_gates(request, visible_job(request, pk))


@changes_jobs
@require_POST
def tighten(request: SignedInRequest, pk: int, to_stage: str) -> HttpResponse:
    job, to_stage = visible_job(request, pk), border(to_stage)
    form = GateForm(request.POST, auto_id=f"gate-{to_stage}-%s")

    def verb() -> object:
        changes, at = parse(form), timezone.now()
        return services.tighten(
            job=job, to_stage=to_stage, changes=changes, by=request.user, at=at, seen_version=_seen(request)
        )

    return do(request, job, to_stage, verb, form=form)


@changes_jobs
@require_POST
def ask_more(request: SignedInRequest, pk: int, to_stage: str) -> HttpResponse:
    job, to_stage = visible_job(request, pk), border(to_stage)
    form = line_form(request, job, None, to_stage)

    def verb() -> object:
        asked, at = parse(form), timezone.now()
        return services.ask_more(
            job=job, to_stage=to_stage, **asked, by=request.user, at=at, seen_version=_seen(request)
        )

    return do(request, job, to_stage, verb, form=form)


@changes_jobs
@require_POST
def raise_criterion(request: SignedInRequest, pk: int, criterion: int) -> HttpResponse:
    job = visible_job(request, pk)
    of_pipeline = Criterion.objects.select_related("gate").filter(gate__pipeline__isnull=False)
    row = get_object_or_404(of_pipeline, pk=criterion)
    weight, seen = request.POST.get("weight", ""), _seen(request)

    def verb() -> object:
        return services.raise_criterion(
            job=job, criterion=row, weight=weight, by=request.user, at=timezone.now(), seen_version=seen
        )

    return do(request, job, row.gate.to_stage, verb)


@changes_jobs
@require_POST
def loosen(request: SignedInRequest, pk: int, to_stage: str) -> HttpResponse:
    job, to_stage = visible_job(request, pk), border(to_stage)

    def verb() -> None:
        services.loosen(job=job, to_stage=to_stage, by=request.user, at=timezone.now(), seen_version=_seen(request))
        undo = reverse("jobs:undo_loosen", args=[job.pk, to_stage])
        toast(request, _("This border asks what its pipeline asks."), undo)

    return do(request, job, to_stage, verb)


@changes_jobs
@require_POST
def undo_loosen(request: SignedInRequest, pk: int, to_stage: str) -> HttpResponse:
    job, to_stage = visible_job(request, pk), border(to_stage)
    verb = lambda: services.undo_loosen(job=job, to_stage=to_stage, by=request.user, at=timezone.now())  # noqa: E731
    return do(request, job, to_stage, verb)


def _seen(request: SignedInRequest) -> str:
    return request.POST.get("seen", "")
