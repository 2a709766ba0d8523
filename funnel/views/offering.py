"""A card offered over a border from the board: the dialog, the offer, taking it back, asking somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from funnel.forms import CardsForm
from funnel.forms_offering import OfferForm, ReassignForm
from funnel.handoffs.answering import reassign_handoff, withdraw_handoff
from funnel.handoffs.choosing import Choice, receiver_of, receivers_to_choose
from funnel.handoffs.offering import Offered, check_free, offer_handoff, offer_handoffs
from funnel.handoffs.packet import Proposed, gate_for, met_by, proposed_packet
from funnel.handoffs.reading import sees_where_from
from funnel.handoffs.selectors import handoffs
from funnel.models import Application, Handoff, Outcome
from funnel.selectors import first_step
from funnel.services import move_applications
from funnel.stages import between, is_before, next_stage
from funnel.transitions import moved_meanwhile, not_from_here
from funnel.views.drawing import moved
from funnel.views.sections import dialog, visible_application, visible_job
from recruiting.accounts.models import User
from recruiting.accounts.requests import SignedInRequest
from recruiting.core import words
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, Step
from recruiting.jobs.selectors import current_steps
from recruiting.jobs.stages import Stage

offers = permission_required("funnel.offer_handoff", raise_exception=True)
answers_or_offers = permission_required("funnel.answer_handoff", raise_exception=True)


@offers
@require_http_methods(["GET", "POST"])
def offer(request: SignedInRequest, pk: int) -> HttpResponse:
    row = visible_application(request, pk)
    return _offer(request, row.job, [row])


@offers
@require_http_methods(["GET", "POST"])
def offer_many(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same for several cards of a job: one text, and each their own evidence."""
    job = visible_job(request, pk)
    form = CardsForm(request.POST if request.method == "POST" else request.GET)
    keys = form.cleaned_data["card"] if form.is_valid() else []
    rows = Application.objects.visible_to(request.user).filter(job=job, pk__in=keys)
    found = list(rows.select_related("candidate", "step", "job__recruiter").order_by("pk"))
    if not found:
        raise Http404
    return _offer(request, job, found)


def _offer(request: SignedInRequest, job: Job, rows: Sequence[Application]) -> HttpResponse:
    step = _step(request, job, rows)
    if request.method == "GET":
        return ask(request, job, rows, step)
    at = timezone.now()
    try:
        form = _form(request.user, job, rows, step, request.POST)
        if not form.is_valid():
            return _show(request, job, rows, step, form, status=422)
        to = User.objects.get(pk=form.cleaned_data["to"])
        terms: dict[str, Any] = {"order": form.order(), "by": request.user, "at": at, "to_step": step, "to": to}
        if len(rows) > 1:
            done = offer_handoffs(applications=_forward(rows, step), **terms)
            return moved(request, job, [row.pk for row in rows], said_of_many(done, _aside(request, rows, step), step))
        handoff = offer_handoff(application=rows[0], seen_version=_seen(request), **terms)
    except Refused as refused:
        return ask(request, job, rows, step, refused.message, data=request.POST)
    undo = "" if handoff.is_at_once else reverse("funnel:withdraw_handoff", args=[handoff.pk])
    return moved(request, job, [rows[0].pk], said_of_one(handoff), undo_url=undo)


def ask(
    request: SignedInRequest,
    job: Job,
    rows: Sequence[Application],
    step: Step,
    refusal: str = "",
    data: Any = None,
) -> HttpResponse:
    """The dialog. After a drop, and after a refusal, the card goes back first: hence 409."""
    form = _form(request.user, job, rows, step, data)
    status = 200 if request.method == "GET" else 409
    answer = _show(request, job, rows, step, form, refusal, status)
    if request.method == "POST":
        answer["HX-Retarget"], answer["HX-Reswap"] = "#dialog", "innerHTML"
    return answer


def check_offer(row: Application, seen: int | None) -> None:
    """What no dialog is opened for: somebody was faster, the card stands still, or it waits for an answer already."""
    at = timezone.now()
    if seen is not None and seen != row.version:
        raise moved_meanwhile(row, at)
    if row.outcome != Outcome.ACTIVE:
        raise not_from_here(row)
    check_free(row, at)


def acts_for_both(user: User, job: Job, to_stage: str) -> bool:
    """Whether this person would accept what they offer there: then nobody is asked, and the card crosses at once."""
    return receiver_of(job, gate_for(job, to_stage), by=user, to=None, at=timezone.now()).is_at_once


def said_of_one(handoff: Handoff) -> str:
    name, step = handoff.application.candidate.name, handoff.to_step or handoff.get_to_stage_display()
    if handoff.is_at_once:
        said = _("%(name)s stands in %(step)s. Accepted at once: you act for both sides.")
        return said % {"name": name, "step": step}
    now, language = timezone.now(), get_language() or "en"
    due = words.due(timezone.localtime(handoff.miss_at), timezone.localtime(now), language)
    return _("%(name)s is offered to %(whom)s, %(due)s.") % {"name": name, "whom": handoff.to_user.name, "due": due}


def said_of_many(done: Offered, aside: int, step: Step) -> str:
    """How many wait at the gate, how many crossed at once or moved inside the stage, and who did not."""
    said = []
    if done.offered:
        count = len(done.offered)
        said.append(ngettext("%(count)s person is offered.", "%(count)s people are offered.", count) % {"count": count})
    if done.crossed or aside:
        count = len(done.crossed) + aside
        words_ = ngettext("%(count)s person stands in %(step)s.", "%(count)s people stand in %(step)s.", count)
        said.append(words_ % {"count": count, "step": step})
    if done.crossed:
        said.append(_("Accepted at once: you act for both sides."))
    return " ".join([*said, *done.refused])


def _show(
    request: SignedInRequest,
    job: Job,
    rows: Sequence[Application],
    step: Step,
    form: OfferForm,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    only = rows[0] if len(rows) == 1 else None
    proposed, forward = form.proposed, _forward(rows, step)
    passed = {stage for row in forward for stage in between(row.stage, step.stage)}
    context = {
        "job": job,
        "rows": rows,
        "only": only,
        "step": step,
        "steps": [each for each in current_steps(job) if each.stage == step.stage],
        "form": form,
        "gate": proposed.gate,
        "skipped": [stage for stage in Stage if stage in passed],
        "back": proposed.previous if only else None,
        "why_now": proposed.why_now if only and sees_where_from(only, request.user) else "",
        "met": _met(proposed) if only else [],
        "refusal": refusal,
    }
    return dialog(request, "offer", context, status)


def _met(proposed: Proposed) -> list[dict[str, Any]]:
    return [
        {"name": line["name"], "what": met_by(line["what"]), "on": date.fromisoformat(line["on"])}
        for line in proposed.met
    ]


def _form(user: User, job: Job, rows: Sequence[Application], step: Step, data: Any = None) -> OfferForm:
    """The form for these cards: what is known by itself, and whom one may ask, whoever is next first."""
    at, row = timezone.now(), _forward(rows, step)[0]
    proposed = proposed_packet(row, step.stage, at, by=user)
    next_one = receiver_of(job, proposed.gate, by=user, to=None, at=at)
    receivers = _first(next_one, receivers_to_choose(job, proposed.gate.receiver, at))
    many = len(rows) > 1
    return OfferForm(data, proposed=proposed, receivers=receivers, likely=next_one.user, at=at, by=user, is_many=many)


def _first(likely: Choice, others: Sequence[User]) -> list[User]:
    return [likely.user, *(user for user in others if user.pk != likely.user.pk)]


def _forward(rows: Sequence[Application], step: Step) -> list[Application]:
    """Those of the cards that stand before the border."""
    forward = [row for row in rows if is_before(row.stage, step.stage)]
    if not forward:
        raise Http404
    return forward


def _aside(request: SignedInRequest, rows: Sequence[Application], step: Step) -> int:
    """Those in the stage already only change their column."""
    keys = [row.pk for row in rows if row.stage == step.stage]
    if not keys:
        return 0
    return len(move_applications(keys=keys, step=step, by=request.user, at=timezone.now()).moved)


def _seen(request: SignedInRequest) -> int | None:
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdigit() else None


def _step(request: SignedInRequest, job: Job, rows: Sequence[Application]) -> Step:
    """The column that was asked for, else the first one beyond the next border; 404 where there is none."""
    asked = (request.POST or request.GET).get("column", "")
    if asked.isdigit():
        return get_object_or_404(current_steps(job), pk=asked)
    following = next_stage(rows[0].stage)
    step = first_step(job, following) if following else None
    if step is None:
        raise Http404
    return step


@offers
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    handoff = _visible(request, pk)
    try:
        withdraw_handoff(handoff=handoff, by=request.user, at=timezone.now())
    except Refused as refused:
        return moved(request, handoff.job, [handoff.application_id], refused.message, status=409)
    said = _("%(name)s is no longer offered.") % {"name": handoff.application.candidate.name}
    return moved(request, handoff.job, [handoff.application_id], said)


@answers_or_offers
@require_http_methods(["GET", "POST"])
def reassign(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who is asked instead, with a whole clock of their own."""
    handoff = _visible(request, pk)
    form = ReassignForm(request.POST or None, handoff=handoff, receivers=_receivers(handoff))
    if request.method == "GET" or not form.is_valid():
        return dialog(request, "reassign", {"handoff": handoff, "form": form}, 200 if request.method == "GET" else 422)
    to = User.objects.get(pk=form.cleaned_data["to"])
    try:
        reassign_handoff(handoff=handoff, to=to, by=request.user, at=timezone.now(), why=form.cleaned_data["why"])
    except Refused as refused:
        return dialog(request, "reassign", {"handoff": handoff, "form": form, "refusal": refused.message}, 409)
    return moved(request, handoff.job, [handoff.application_id], said_of_one(handoff))


def _visible(request: SignedInRequest, pk: int) -> Handoff:
    return get_object_or_404(handoffs().filter(pk__in=Handoff.objects.visible_to(request.user).values("pk")), pk=pk)


def _receivers(handoff: Handoff) -> list[User]:
    return receivers_to_choose(handoff.job, handoff.to_role, timezone.now())
