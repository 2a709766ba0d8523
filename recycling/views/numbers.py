"""The numbers of the way back: a part of the page over all, and a page of its own without JavaScript."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from funnel.views.numbers import window_of
from recruiting.accounts.requests import SignedInRequest
from recycling import selectors_numbers as counted


@permission_required(["funnel.view_numbers", "recycling.view_pools"], raise_exception=True)
@require_GET
@vary_on_headers("HX-Request")
def numbers_back(request: SignedInRequest) -> HttpResponse:
    days = window_of(request)
    until = timezone.now()
    since = until - timedelta(days=days)
    context = {
        "days": days,
        "reasons": counted.exits_by_reason(since, until),
        "leavers": counted.leavers(since, until),
        "pools": counted.pools(since, until),
        "rates": counted.rates(since, until),
        "won": counted.won_by_stage(since, until),
        "re_entry": counted.re_entry_rates(days, until),
    }
    return render(request, f"recycling/numbers/{'_back' if request.htmx else 'back'}.html", context)
