"""The board after a verb: only what changed is drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from funnel import selectors_board
from funnel.cards import COLUMNS
from funnel.filters import ApplicationFilterSet, chips
from funnel.views.sections import board_again, live_of, reader_of
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.toasts import toast
from recruiting.jobs.models import Job
from recruiting.jobs.selectors import current_steps


def moved(
    request: SignedInRequest, job: Job, keys: Sequence[int], said: str, status: int = 200, undo_url: str = ""
) -> HttpResponse:
    """On the board only what changed is drawn anew: these cards where they now stand, and the counts."""
    if not on_the_board(request, job):
        return board_again(request, job, said, undo_url)
    toast(request, said, undo_url)
    answer = render(request, "funnel/_placed.html", _placed(request, job, keys), status=status)
    answer["HX-Reswap"], answer["HX-Trigger"] = "none", "dialog:close"
    return answer


def _placed(request: SignedInRequest, job: Job, keys: Sequence[int]) -> dict[str, Any]:
    """The cards of these keys, and the counts under the filters of the page that shows them."""
    steps, reader = list(current_steps(job)), reader_of(request)
    limits = {step.pk: step.limit_days for step in steps}
    rows = live_of(request, job).filter(pk__in=keys).order_by("-step_since", "-pk").values_list(*COLUMNS)
    cards = selectors_board.drawn_cards(list(rows), limits, reader)
    shown = QueryDict(urlsplit(request.htmx.current_url or "").query)
    wanted = ApplicationFilterSet(shown, queryset=live_of(request, job), request=request, steps=steps)
    conditions = chips(request.user, steps, wanted.at)
    board = selectors_board.build(
        wanted.qs, steps, chips=conditions, shown=wanted.qs.none(), chip="", sort="", reader=reader
    )
    return {"job": job, "board": board, "placed": [(one.step, [one]) for one in cards], "keys": keys}


def on_the_board(request: SignedInRequest, job: Job) -> bool:
    shown = urlsplit(request.htmx.current_url or "").path if request.htmx else ""
    return shown == reverse("funnel:board", args=[job.pk])
