"""Who sits where on a job."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import parse
from recruiting.jobs import selectors, services
from recruiting.jobs.forms import SeatForm
from recruiting.jobs.models import DECIDING_SEATS, Job, JobSeat
from recruiting.jobs.views.sections import answer, changes_jobs, section, visible_job


@changes_jobs
@require_GET
def team(request: SignedInRequest, pk: int) -> HttpResponse:
    return _show(request, visible_job(request, pk))


@changes_jobs
@require_POST
def seat(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    form = SeatForm(request.POST, job=job)

    def verb() -> object:
        return services.seat_user(job=job, **parse(form), by=request.user, at=timezone.now())

    return answer(request, job, "team", verb, _show, form=form)


@changes_jobs
@require_POST
def unseat(request: SignedInRequest, pk: int, seat: int) -> HttpResponse:
    job = visible_job(request, pk)
    row = get_object_or_404(JobSeat.objects.select_related("job"), job=job, pk=seat)
    verb = lambda: services.unseat_user(seat=row, by=request.user, at=timezone.now())  # noqa: E731
    return answer(request, job, "team", verb, _show)


def _show(
    request: SignedInRequest, job: Job, *, status: int = 200, refusal: str = "", form: SeatForm | None = None
) -> HttpResponse:
    seats = list(selectors.seats_of(job))
    context: dict[str, Any] = {
        "deciding": [seat for seat in seats if seat.seat in DECIDING_SEATS],
        "helping": [seat for seat in seats if seat.seat not in DECIDING_SEATS],
        "form": form or SeatForm(job=job),
        "refusal": "" if form is not None and form.errors else refusal,
    }
    return section(request, job, "team", context, status)
