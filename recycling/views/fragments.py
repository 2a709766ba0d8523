"""What a job's page and a job's board show of the people it could have back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from recruiting.accounts.requests import SignedInRequest
from recruiting.jobs.models import Job
from recycling.blocks import allowed
from recycling.desk.cards import rows_of
from recycling.explain import worth_asking
from recycling.models import Proposal
from recycling.models.proposals import LIVE_PROPOSAL
from recycling.proposals.moving import proposals
from recycling.selectors_pools import undertow_of

SHOWN = 10


@permission_required("recycling.decide_proposal", raise_exception=True)
@require_GET
def known_people(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its cards, and below them who is worth asking, page by page."""
    job = get_object_or_404(Job.objects.visible_to(request.user).select_related("decider"), pk=pk)
    at, before = timezone.now(), request.GET.get("before", "")
    found = worth_asking(job, at, before=int(before) if before.isdecimal() else None, limit=SHOWN + 1)
    context: dict[str, Any] = {"job": job, "asking": found[:SHOWN], "is_later": before.isdecimal()}
    context["next_before"] = found[SHOWN - 1].candidate.pk if len(found) > SHOWN else None
    context["cards"] = [] if context["is_later"] else _cards(request, job, at)
    name = "_worth_asking" if context["is_later"] and request.htmx else "_known_people"
    return render(request, f"recycling/jobs/{name if request.htmx else 'known_people'}.html", context)


def _cards(request: SignedInRequest, job: Job, at: datetime) -> list[Any]:
    """The job's cards on any desk, while their people may be asked; accepted ones stay whatever happened since."""
    live = Proposal.objects.visible_to(request.user).filter(job=job, state__in=LIVE_PROPOSAL)  # proposals_of_a_job
    found = proposals().filter(pk__in=live.values("pk"), candidate__erased_at=None)
    found = found.filter(Q(state="accepted") | allowed("candidate__", at)).order_by("-created_at", "-pk")
    return rows_of(list(found[:50]), "team", at)


@permission_required("recycling.view_pools", raise_exception=True)
@require_GET
def undertow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Under the board, right to left: left, resting, due, came back. Each a figure and a link."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk)
    context = {"job": job, **undertow_of(job, timezone.now())}
    return render(request, f"recycling/jobs/{'_undertow' if request.htmx else 'undertow'}.html", context)
