"""What the later stages send back to each border: part of the page over the borders, and a page of its own."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from funnel.views.borders import look_of, looks_at_borders
from funnel.views.numbers import window_of
from recruiting.accounts.requests import SignedInRequest
from recycling.selectors_borders import exits_back

MOST, EVERY = ":6", ":"  # reasons in a part of the page, and on the page of its own


@looks_at_borders
@require_GET
@vary_on_headers("HX-Request")
def borders_back(request: SignedInRequest) -> HttpResponse:
    """?stage= asks for one border alone; the reader hears only of the jobs they see."""
    look = look_of(request)
    backs = exits_back(look.jobs, look.since, look.until, reader=request.user, stage=request.GET.get("stage", ""))
    context = {"backs": backs, "days": window_of(request), "look": look, "most": MOST if request.htmx else EVERY}
    return render(request, f"recycling/borders/{'_back' if request.htmx else 'back'}.html", context)
