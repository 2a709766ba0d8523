"""The board of one job: its columns, more of one column, and how fast its gates are passed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from funnel import selectors_board, selectors_numbers
from funnel.filters import SHOWN, ApplicationFilterSet, chips
from funnel.views.sections import live_of, looks_at_funnel, reader_of, visible_job
from recruiting.accounts.requests import SignedInRequest
from recruiting.jobs.models import Job, Step
from recruiting.jobs.selectors import current_steps

PACE = timedelta(days=90)


@looks_at_funnel
@require_GET
def board(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    context = {"job": job, **board_context(request, job)}
    return render(request, "funnel/board.html", context)


@looks_at_funnel
@require_GET
def column(request: SignedInRequest, pk: int, step: int) -> HttpResponse:
    """The next cards of one column, after the last one that is shown (keyset)."""
    job = visible_job(request, pk)
    of_job = get_object_or_404(Step, pk=step, job=job)
    after = request.GET.get("after", "")
    sort = _sort(request)
    rows = filtered(request, job, list(current_steps(job))).qs
    found, left = selectors_board.cards_after(rows, of_job, sort, int(after) if after.isdigit() else 0)
    cards = selectors_board.drawn_cards(found, {of_job.pk: of_job.limit_days}, reader_of(request))
    context = {"job": job, "step": of_job, "cards": cards, "left": left, "query": _query(request), "sort": sort}
    context |= {"chip": request.GET.get("show", ""), "choose_url": reverse("funnel:choose", args=[job.pk])}
    return render(request, "funnel/_more.html", context)


@looks_at_funnel
@require_GET
def filters(request: SignedInRequest, pk: int) -> HttpResponse:
    """The fields of the filter: asked for when somebody opens it."""
    job = visible_job(request, pk)
    context = {"filter": filtered(request, job, []), "chip": request.GET.get("show", "")}
    return render(request, "funnel/_filters.html", context)


@looks_at_funnel
@require_GET
def pace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who passes each gate (90 days, with n) and the median days of each column: loaded after the cards stand."""
    job = visible_job(request, pk)
    now = timezone.now()
    steps = list(current_steps(job))
    rates = selectors_numbers.pass_rates(selectors_numbers.counted_visits([job.pk]), now - PACE, now)
    middles = selectors_board.medians(job.pk, steps, now)
    columns = [(step, middles.get(step.pk)) for step in steps]
    return render(request, "funnel/_pace.html", {"rates": rates, "columns": columns})


def board_context(request: SignedInRequest, job: Job) -> dict[str, Any]:
    """Everything the board shows of its people: counts and cards in one query each."""
    steps = list(current_steps(job))
    wanted = filtered(request, job, steps)
    chip = wanted.form.cleaned_data.get("show") or "" if wanted.form.is_valid() else ""
    conditions = chips(request.user, steps, wanted.at)
    shown = wanted.qs
    wanted.form.cleaned_data["show"] = ""
    rows = wanted.filter_queryset(live_of(request, job))
    made = selectors_board.build(
        rows, steps, chips=conditions, shown=shown, chip=chip, sort=_sort(request), reader=reader_of(request)
    )
    return {
        "board": made,
        "chips": [("", None, made.chips["all"]), *((key, label, made.chips[key]) for key, label in SHOWN)],
        "chip": chip,
        "sort": _sort(request),
        "sorts": selectors_board.SORTS,
        "here": _shown_column(request, made),
        "query": _query(request),
        "set_filters": _set_filters(request, wanted),
    }


def filtered(request: SignedInRequest, job: Job, steps: list[Step]) -> ApplicationFilterSet:
    return ApplicationFilterSet(request.GET, queryset=live_of(request, job), request=request, steps=steps)


def _sort(request: SignedInRequest) -> str:
    wanted = request.GET.get("sort", "")
    return wanted if wanted in selectors_board.SORTS else next(iter(selectors_board.SORTS))


def _query(request: SignedInRequest) -> str:
    """The filters as they stand, for links that change one of them."""
    kept = request.GET.copy()
    for name in ("show", "step", "after", "sort"):
        kept.pop(name, None)
    return kept.urlencode()


def _set_filters(request: SignedInRequest, wanted: ApplicationFilterSet) -> list[tuple[str, str, str]]:
    """Each filter that is set: its name, its value in words, and the address without it."""
    named = []
    for name in ("q", "owner", "channel", "skill"):
        if request.GET.get(name):
            without = request.GET.copy()
            del without[name]
            field = wanted.form.fields[name]
            chosen = dict(getattr(field, "choices", None) or ()).get(request.GET[name], "")
            value = wanted.form.cleaned_data.get(name) if name == "owner" else chosen or request.GET[name]
            named.append((str(field.label), str(value), without.urlencode()))
    return named


def _shown_column(request: SignedInRequest, made: selectors_board.Board) -> int | None:
    """On a phone one column stands on the screen: the asked one, else the first with people."""
    asked = request.GET.get("step", "")
    known = [column.step.pk for column in made.columns]
    if asked.isdigit() and int(asked) in known:
        return int(asked)
    return next((column.step.pk for column in made.columns if column.count), known[0] if known else None)
