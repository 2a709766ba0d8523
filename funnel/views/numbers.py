"""The numbers: a strip on each job, and one page over all. Windows of 30, 90 and 365 days, each figure with its n."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from funnel import selectors_numbers
from funnel.metrics import reach_rate, reach_rate_finished
from funnel.models import Visit
from funnel.models.offers import VIEW_OFFER
from funnel.stages import ORDER
from funnel.views.sections import visible_job
from recruiting.accounts.requests import SignedInRequest
from recruiting.jobs.models import Job

WINDOWS = (30, 90, 365)
USUAL = 90

looks_at_numbers = permission_required("funnel.view_numbers", raise_exception=True)


@looks_at_numbers
@require_GET
def numbers(request: SignedInRequest) -> HttpResponse:
    """Over all the jobs the reader may see."""
    jobs = Job.objects.visible_to(request.user)
    visits = selectors_numbers.counted_visits(None if request.user.sees_everybody else jobs)
    return render(request, "funnel/numbers.html", _context(request, visits, jobs))


@looks_at_numbers
@require_GET
@vary_on_headers("HX-Request")
def job_numbers(request: SignedInRequest, pk: int) -> HttpResponse:
    """One job's; the strip alone for the page that asks by htmx."""
    job = visible_job(request, pk)
    visits = selectors_numbers.counted_visits([job.pk])
    context = {"job": job, **_context(request, visits, Job.objects.filter(pk=job.pk))}
    return render(request, "funnel/_strip.html" if request.htmx else "funnel/job_numbers.html", context)


def window_of(request: SignedInRequest) -> int:
    """How many days back the reader asked to look."""
    asked = request.GET.get("days", "")
    return int(asked) if asked.isdigit() and int(asked) in WINDOWS else USUAL


def _context(request: SignedInRequest, visits: QuerySet[Visit], jobs: QuerySet[Job]) -> dict[str, Any]:
    days = window_of(request)
    until = timezone.now()
    since = until - timedelta(days=days)
    cohort = selectors_numbers.cohort(visits, since, until)
    return {
        "lines": selectors_numbers.stage_numbers(visits, since, until),
        "reached": [
            (str(stage.label), reach_rate(cohort, stage), reach_rate_finished(cohort, stage)) for stage in ORDER[1:]
        ],
        "to_hire": selectors_numbers.times_to_hire(visits, since, until),
        "to_fill": selectors_numbers.times_to_fill(jobs, since, until),
        "offers": selectors_numbers.offers_answered(jobs, since, until) if request.user.has_perm(VIEW_OFFER) else None,
        "days": days,
        "windows": WINDOWS,
        "since": since,
        "undated": visits.filter(entered_at=None).exists(),
    }
