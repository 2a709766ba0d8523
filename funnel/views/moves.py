"""Cards from column to column: the dialog that asks where to, the move, and the question it may raise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from funnel import selectors_board, services
from funnel.cards import COLUMNS, card
from funnel.filters import ApplicationFilterSet, chips
from funnel.forms import CardsForm, MoveForm
from funnel.models import Application
from funnel.stages import between, is_before
from funnel.views.sections import board_again, dialog, live_of, moves, reader_of, visible_job
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast
from recruiting.jobs.models import Job, Step
from recruiting.jobs.selectors import current_steps
from recruiting.jobs.stages import Stage


@moves
@require_GET
def choose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where to? And what else can be done with these cards."""
    job = visible_job(request, pk)
    rows = _rows(request, job, CardsForm(request.GET))
    return _choose(request, job, rows)


@moves
@require_POST
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    form = MoveForm(request.POST, job=job)
    rows = _rows(request, job, form)
    try:
        order = parse(form)
        asked = question(rows, order["column"]) if not order["how"] else {}
        if asked:
            return _ask(request, job, rows, order["column"], asked)
        said = carry_out(rows, order, request)
    except Refused as refused:
        return _refused(request, job, rows, refused)
    return moved(request, job, [row.pk for row in rows], said)


def question(rows: Sequence[Application], step: Step) -> dict[str, Any]:
    """What a move must ask first: is it meant to skip, or why does it go back? Nothing for one border or none."""
    behind = [row for row in rows if is_before(step.stage, row.stage)]
    if behind:
        return {"asks": "back", "who": behind}
    skipping = [row for row in rows if between(row.stage, step.stage)]
    if skipping:
        passed = {stage for row in skipping for stage in between(row.stage, step.stage)}
        return {"asks": "skip", "who": skipping, "skipped": [stage for stage in Stage if stage in passed]}
    return {}


def carry_out(rows: Sequence[Application], order: dict[str, Any], request: SignedInRequest) -> str:
    """Move them; what happened, in one sentence."""
    step, how, at = order["column"], order["how"], timezone.now()
    if len(rows) == 1:
        (row,) = rows
        terms: dict[str, Any] = {
            "application": row,
            "step": step,
            "by": request.user,
            "at": at,
            "seen_version": order["version"],
        }
        if row.stage == step.stage:
            services.move_to_step(**terms)
        elif is_before(row.stage, step.stage):
            services.advance_application(**terms)
        elif how == "correct":
            services.correct_stage(**terms)
        else:
            services.step_back(**terms)
        return _("%(name)s stands in %(step)s.") % {"name": row.candidate.name, "step": step}
    done = services.move_applications(keys=[row.pk for row in rows], step=step, by=request.user, at=at, back=how)
    count = len(done.moved)
    said = ngettext("%(count)s person stands in %(step)s.", "%(count)s people stand in %(step)s.", count)
    return " ".join([said % {"count": count, "step": step}, *done.refused])


def moved(request: SignedInRequest, job: Job, keys: Sequence[int], said: str, status: int = 200) -> HttpResponse:
    """On the board only what changed is drawn anew: these cards where they now stand, and the counts."""
    if not on_the_board(request, job):
        return board_again(request, job, said)
    toast(request, said)
    answer = render(request, "funnel/_placed.html", _placed(request, job, keys), status=status)
    answer["HX-Reswap"], answer["HX-Trigger"] = "none", "dialog:close"
    return answer


def _placed(request: SignedInRequest, job: Job, keys: Sequence[int]) -> dict[str, Any]:
    """The cards of these keys, and the counts under the filters of the page that shows them."""
    steps, reader = list(current_steps(job)), reader_of(request)
    limits = {step.pk: step.limit_days for step in steps}
    rows = live_of(request, job).filter(pk__in=keys).order_by("-step_since", "-pk").values_list(*COLUMNS)
    cards = [card(row, limits.get(row[2], 7), reader) for row in rows]
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


def _rows(request: SignedInRequest, job: Job, form: CardsForm | MoveForm) -> list[Application]:
    """The live applications that the form names; none is a 404, because nothing can be said about them."""
    keys = form.cleaned_data.get("card", []) if form.is_valid() or "card" in form.cleaned_data else []
    rows = Application.objects.visible_to(request.user).filter(job=job, pk__in=keys)
    found = list(rows.select_related("candidate", "step", "job").order_by("pk"))
    if not found:
        raise Http404
    return found


def _choose(
    request: SignedInRequest, job: Job, rows: list[Application], refusal: str = "", status: int = 200
) -> HttpResponse:
    steps = list(current_steps(job))
    places = [place for place, step in enumerate(steps) if step.pk == rows[0].step_id]
    following = steps[places[0] + 1 : places[0] + 2] if places else steps[:1]
    context = {
        "job": job,
        "rows": rows,
        "only": rows[0] if len(rows) == 1 else None,
        "steps": steps,
        "likely": following[0].pk if following else None,
        "refusal": refusal,
        "keys": "&".join(f"card={row.pk}" for row in rows),
    }
    return dialog(request, "choose", context, status)


def _ask(
    request: SignedInRequest, job: Job, rows: list[Application], step: Step, asked: dict[str, Any]
) -> HttpResponse:
    """A question is no refusal, but the card goes back until it is answered: hence 409."""
    only = rows[0] if len(rows) == 1 else None
    context = {"job": job, "rows": rows, "only": only, "step": step, **asked}
    answer = dialog(request, "ask", context, status=409)
    answer["HX-Retarget"], answer["HX-Reswap"] = "#dialog", "innerHTML"
    return answer


def _refused(request: SignedInRequest, job: Job, rows: list[Application], refused: Refused) -> HttpResponse:
    """In the dialog the sentence stands above the columns; after a drop it is said, and the card stands true."""
    if request.htmx and request.htmx.target != "dialog":
        return moved(request, job, [row.pk for row in rows], refused.message, status=409)
    fresh = list(Application.objects.filter(pk__in=[row.pk for row in rows]).select_related("candidate", "step", "job"))
    return _choose(request, job, fresh, refused.message, status=409)
