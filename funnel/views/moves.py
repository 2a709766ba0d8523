"""Cards from column to column: the dialog that asks where to, the move, and the question it may raise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from funnel import services
from funnel.forms import CardsForm, MoveForm
from funnel.handoffs.offering import PacketOrder, offer_handoff, offer_handoffs
from funnel.handoffs.selectors import may_reassign, may_withdraw, offered_of
from funnel.models import Application
from funnel.stages import between, is_before
from funnel.views import offering
from funnel.views.drawing import moved
from funnel.views.sections import dialog, moves, visible_job
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
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
        if not order["how"] and (asked := _asked(request, job, rows, order)):
            return asked
        said = carry_out(rows, order, request)
    except Refused as refused:
        return _refused(request, job, rows, refused)
    return moved(request, job, [row.pk for row in rows], said)


def _asked(request: SignedInRequest, job: Job, rows: list[Application], order: dict[str, Any]) -> HttpResponse | None:
    """What has to be answered before these cards move: whom to ask at the border, or what the move means."""
    step, crossing = order["column"], [row for row in rows if is_before(row.stage, order["column"].stage)]
    if len(rows) == 1 and crossing:
        offering.check_offer(rows[0], order["version"])
    for_both = bool(crossing) and offering.acts_for_both(request.user, job, step.stage)
    asked = question(rows, step, is_direct=for_both)
    if asked:
        return _ask(request, job, rows, step, asked)
    return offering.ask(request, job, rows, step) if crossing and not for_both else None


def question(rows: Sequence[Application], step: Step, *, is_direct: bool = True) -> dict[str, Any]:
    """What a move must ask first: is it meant to skip, or why does it go back? Nothing for one border or none.

    Where somebody else has to accept (`is_direct` False), their dialog says what is skipped.
    """
    behind = [row for row in rows if is_before(step.stage, row.stage)]
    if behind:
        return {"asks": "back", "who": behind}
    skipping = [row for row in rows if between(row.stage, step.stage)]
    if skipping and is_direct:
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
            return offering.said_of_one(offer_handoff(order=PacketOrder(), to_step=terms.pop("step"), **terms))
        elif how == "correct":
            services.correct_stage(**terms)
        else:
            services.step_back(**terms)
        return _("%(name)s stands in %(step)s.") % {"name": row.candidate.name, "step": step}
    crossing = [row for row in rows if is_before(row.stage, step.stage)]
    crossed = offer_handoffs(applications=crossing, order=PacketOrder(), by=request.user, at=at, to_step=step)
    others = [row.pk for row in rows if row not in crossing]
    done = services.move_applications(keys=others, step=step, by=request.user, at=at, back=how)
    crossed.refused += done.refused
    return offering.said_of_many(crossed, len(done.moved), step)


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
    gate = offered_of([rows[0].pk]).get(rows[0].pk) if len(rows) == 1 else None
    context = {
        "job": job,
        "rows": rows,
        "only": rows[0] if len(rows) == 1 else None,
        "steps": steps,
        "likely": following[0].pk if following else None,
        "gate": gate,
        "may_withdraw": gate and may_withdraw(gate, request.user),
        "may_reassign": gate and may_reassign(gate, request.user),
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
