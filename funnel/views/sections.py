"""What the funnel's views share: whose job, whose applications, which dialog, and the way a refusal is answered."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from funnel import selectors
from funnel.cards import NOBODY, Reader, reader_for
from funnel.models import Application
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.toasts import toast
from recruiting.jobs.models import Job

looks_at_funnel = permission_required("funnel.view_application", raise_exception=True)
moves = permission_required("funnel.move_application", raise_exception=True)
hires = permission_required("funnel.hire_application", raise_exception=True)


def visible_job(request: SignedInRequest, pk: int) -> Job:
    """A job the reader may not see does not exist."""
    return get_object_or_404(Job.objects.visible_to(request.user), pk=pk)


def visible_application(request: SignedInRequest, pk: int) -> Application:
    rows = selectors.applications() & Application.objects.visible_to(request.user)
    return get_object_or_404(rows, pk=pk)


def live_of(request: SignedInRequest, job: Job) -> QuerySet[Application]:
    return Application.objects.visible_to(request.user).live().filter(job=job)


def reader_of(request: SignedInRequest) -> Reader:
    return reader_for(request.user, timezone.now(), get_language() or "en", person_url())


def person_url() -> str:
    """The address of somebody's page, with NOBODY for their key. The name belongs to a package above."""
    return reverse("recycling:person", args=[NOBODY])


def dialog(request: SignedInRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The fragment for the open page, or a page of its own around it."""
    if request.htmx:
        return render(request, f"funnel/_{template}.html", context, status=status)
    page = {**context, "fragment": f"funnel/_{template}.html"}
    return render(request, "funnel/dialog.html", page, status=status)


def board_again(request: SignedInRequest, job: Job, said: str = "", undo_url: str = "") -> HttpResponse:
    """Without htmx, or from a page that is not the board: load it anew, with what happened in a toast."""
    if said:
        toast(request, said, undo_url)
    if request.htmx:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return redirect("funnel:board", job.pk)
