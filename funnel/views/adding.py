"""Many people at once into a job's funnel: search, tick, add."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from funnel import selectors
from funnel.forms import AddForm
from funnel.models import Application
from funnel.views.sections import board_again, dialog, moves, visible_job
from recruiting.accounts.requests import SignedInRequest
from recruiting.candidates.selectors import search
from recruiting.core.refused import Refused, parse
from recruiting.jobs.models import Job

FOUND = 30


@moves
@require_GET
def add(request: SignedInRequest, pk: int) -> HttpResponse:
    return dialog(request, "add", _context(request, visible_job(request, pk)))


@moves
@require_GET
def find(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whom the typed words find; whoever is in this funnel already stands there without a box."""
    return render(request, "funnel/_found.html", _context(request, visible_job(request, pk)))


def add_all(request: SignedInRequest, pk: int, open_all: Callable[..., list[Application]]) -> HttpResponse:
    """What was ticked, into the funnel. `open_all` is the upper app's: who comes back is a return, not somebody new."""
    job = visible_job(request, pk)
    form = AddForm(request.POST, job=job)
    try:
        order = parse(form)
        people = selectors.candidates_visible_to(request.user).filter(pk__in=order["person"])
        keys = list(people.values_list("pk", flat=True))
        step = order["column"]
        opened = open_all(candidates=keys, job=job, step=step, by=request.user, at=timezone.now())
    except Refused as refused:
        context = {**_context(request, job), "form": form, "refusal": refused.message}
        return dialog(request, "add", context, 409 if refused.code != "invalid" else 422)
    said = ngettext("%(count)s person is in the funnel.", "%(count)s people are in the funnel.", len(opened))
    return board_again(request, job, said % {"count": len(opened)})


def _context(request: SignedInRequest, job: Job) -> dict[str, Any]:
    typed = (request.GET.get("q") or request.POST.get("q") or "").strip()
    people = selectors.candidates_visible_to(request.user)
    found = list(search(people, typed).order_by("-pk")[:FOUND]) if typed else []  # type: ignore[arg-type]
    keys = [person.pk for person in found]
    there = Application.objects.live().filter(job=job, candidate__in=keys).values_list("candidate", flat=True)
    return {
        "job": job,
        "form": AddForm(job=job),
        "typed": typed,
        "found": found,
        "there": set(there),
        "is_cut": len(found) == FOUND,
    }
