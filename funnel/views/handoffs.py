"""The receiver's desk: what waits by clock, one card at a time, and the answers to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from funnel.filters_handoffs import HandoffFilterSet
from funnel.forms_handoffs import ReturnForm
from funnel.handoffs import answering, lists, reading
from funnel.handoffs.selectors import may_answer, may_reassign, may_withdraw
from funnel.interviews.scorecards import note_reading
from funnel.interviews.selectors import owes_on, scorecards_visible_to, with_versions
from funnel.models import Handoff, HandoffState, Outcome
from funnel.models.handoffs import ANSWER_HANDOFF
from recruiting.accounts.models import User
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused
from recruiting.core.toasts import toast
from recruiting.jobs.models import Job

answers = permission_required(ANSWER_HANDOFF, raise_exception=True)
Act = Callable[[datetime], object]


# --- The lists --------------------------------------------------------------------------------------------------------


@answers
@require_GET
def handoffs(request: SignedInRequest) -> HttpResponse:
    """Five lists under one address; `tab` says which, and one that is not theirs is the first."""
    at, given = timezone.now(), request.GET
    tab = next((one for one in lists.tabs_of(request.user) if one.key == given.get("tab")), lists.WAITING)
    wanted = _filtered(request, tab, at)
    sort = given.get("sort", "") if given.get("sort") in tab.sorts else next(iter(tab.sorts))
    page = lists.page_of(wanted.qs, tab, sort, after=given.get("after", ""), before=given.get("before", ""))
    context = {"tab": tab, "filter": wanted, "sort": sort, "page": page, **_frame(request, tab, at)}
    context["rows"] = [
        (row, reading.due_of(row), reading.tone_of(row, at), reading.border_of(row)) for row in page.rows
    ]
    context["next_url"] = _address(request, after=page.after, before=None) if page.after else ""
    context["previous_url"] = _address(request, before=page.before, after=None) if page.before else ""
    return render(request, "funnel/handoffs/handoffs.html", context)


def _filtered(request: SignedInRequest, tab: lists.Tab, at: datetime) -> HandoffFilterSet:
    """What everybody's tab shows opens on what still waits; whoever asks for a state gets that one."""
    given = request.GET.copy()
    if tab is lists.ALL:
        given.setdefault("state", HandoffState.OFFERED)
    return HandoffFilterSet(
        given,
        queryset=lists.rows_of(tab, request.user, at).filter(application__candidate__erased_at=None),
        request=request,
        jobs=Job.objects.visible_to(request.user).open().order_by("title"),
        has_states=tab in (lists.SENT, lists.ALL),
    )


def _frame(request: SignedInRequest, tab: lists.Tab, at: datetime) -> dict[str, Any]:
    narrowed = [name for name in ("q", "job", "to_stage", "state") if request.GET.get(name)]
    return {
        "tabs": lists.tabs_of(request.user),
        "counts": lists.counts(request.user, at),
        "most": lists.MOST_COUNTED,
        "sorts": [(key, lists.SORTS[key]) for key in tab.sorts],
        "is_narrowed": bool(narrowed),
    }


def _address(request: SignedInRequest, **changed: Any) -> str:
    given = {key: value for key, value in request.GET.items() if value} | changed
    return f"?{urlencode({key: value for key, value in given.items() if value})}"


# --- One card ---------------------------------------------------------------------------------------------------------


def visible_handoff(request: SignedInRequest, pk: int) -> Handoff:
    """A handoff of a job the reader has no seat on does not exist."""
    rows = lists.with_names(Handoff.objects.visible_to(request.user))
    more = ("application__previous__job", "application__step", "previous__failed", "previous__answered_by")
    return get_object_or_404(rows.select_related(*more), pk=pk, application__candidate__erased_at=None)


@answers
@require_GET
def handoff(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible_handoff(request, pk)
    return show_card(request, found, reading.checks_of(found, request.GET))


def show_card(
    request: SignedInRequest, found: Handoff, checks: Mapping[str, str], refusal: str = "", status: int = 200
) -> HttpResponse:
    """The card with what was checked so far. A refused answer is shown here too: nothing typed is lost."""
    at, user = timezone.now(), request.user
    context = {**_read(found, checks, user, at), **_allowed(found, user, at), "refusal": refusal}
    context |= _place(lists.queue_of(user, at), found.pk)
    return render(request, "funnel/handoffs/handoff.html", context, status=status)


def _read(found: Handoff, checks: Mapping[str, str], user: User, at: datetime) -> dict[str, Any]:
    """What was offered, what was answered, and what colleagues found as far as the reader may know."""
    scorecards = list(with_versions(scorecards_visible_to(user, found.application)))
    note_reading(user=user, shown=scorecards, at=at)
    return {
        "handoff": found,
        "person": found.application.candidate,
        "packet": reading.packet_of(found, checks or reading.kept_checks(found), user),
        "clock": reading.clock_of(found, at) if reading.is_running(found) else None,
        "border": reading.border_of(found),
        "answered": reading.answered_words(found, at),
        "why": reading.why_words(found),
        "earlier": reading.earlier_words(found, user),
        "scorecards": scorecards,
        "owes": owes_on(user, found.application),
    }


def _allowed(found: Handoff, user: User, at: datetime) -> dict[str, bool]:
    return {
        "may_answer": may_answer(found, user, at) and not is_held(found),
        "is_held": is_held(found),
        "may_withdraw": may_withdraw(found, user),
        "may_reassign": may_reassign(found, user),
    }


def is_held(found: Handoff) -> bool:
    """While the card is on hold no answer is taken, and none is asked for."""
    return bool(found.state == HandoffState.OFFERED and found.application.outcome == Outcome.ON_HOLD)


def _place(queue: list[int], pk: int) -> dict[str, Any]:
    """Where the card stands among those that wait: 2 of 5, with its neighbours."""
    if pk not in queue:
        return {"waiting": len(queue), "next_card": queue[0] if queue else None}
    here = queue.index(pk)
    return {
        "place": here + 1,
        "waiting": len(queue),
        "previous_card": queue[here - 1] if here else None,
        "next_card": queue[here + 1] if here + 1 < len(queue) else None,
    }


# --- The answers ------------------------------------------------------------------------------------------------------


def following(request: SignedInRequest, pk: int) -> str:
    """Where somebody goes once this card is answered: the next one that waits, else the list."""
    queue = lists.queue_of(request.user, timezone.now())
    here = queue.index(pk) if pk in queue else -1
    rest = queue[here + 1 :] + queue[: max(here, 0)]
    return reverse("funnel:handoff", args=rest[:1]) if rest else reverse("funnel:handoffs")


def go_to(request: SignedInRequest, address: str) -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(address)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = address
    return answer


def was_mine(pk: int, request: SignedInRequest, state: str) -> bool:
    """A thumb that pressed twice: the second press finds what the first one did, and is no race."""
    return Handoff.objects.filter(pk=pk, state=state, answered_by=request.user).exists()


@answers
@require_POST
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible_handoff(request, pk)
    checks, then = reading.checks_of(found, request.POST), following(request, pk)
    try:
        answering.accept_handoff(handoff=found, by=request.user, at=timezone.now(), checks=reading.as_kept(checks))
    except Refused as refused:
        if not was_mine(pk, request, HandoffState.ACCEPTED):
            return show_card(request, visible_handoff(request, pk), checks, refused.message, status=409)
    terms = {"name": found.application.candidate.name, "stage": found.get_to_stage_display()}
    say_so(request, found, _("%(name)s is accepted into %(stage)s.") % terms)
    return HttpResponseRedirect(then)


def say_so(request: SignedInRequest, found: Handoff, said: str) -> None:
    toast(request, said, undo_url=reverse("funnel:undo_handoff", args=[found.pk]))


@answers
@require_http_methods(["GET", "POST"])
def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Return it: the form, with the crossed criterion chosen; then the answer. `ask` only opens the form."""
    found = visible_handoff(request, pk)
    given = request.POST if request.method == "POST" else request.GET
    packet = reading.packet_of(found, reading.checks_of(found, given), request.user)
    if request.method == "GET" or "ask" in request.POST:
        start = {"failed": packet.crossed.key if packet.crossed else None, "why": given.get("why", "")}
        return _ask_why(request, found, packet, ReturnForm(initial=start, packet=packet))
    form = ReturnForm(request.POST, packet=packet)
    if not form.is_valid():
        return _ask_why(request, found, packet, form, status=422)
    return _return(request, found, packet, form)


def _return(request: SignedInRequest, found: Handoff, packet: reading.Packet, form: ReturnForm) -> HttpResponse:
    then, checks = following(request, found.pk), reading.checks_of(found, request.POST)
    try:
        answering.return_handoff(
            handoff=found,
            failed=form.cleaned_data.get("failed") or None,
            why=form.cleaned_data["why"],
            by=request.user,
            at=timezone.now(),
            checks=reading.as_kept(checks),
        )
    except Refused as refused:
        if not was_mine(found.pk, request, HandoffState.RETURNED):
            return _ask_why(request, visible_handoff(request, found.pk), packet, form, refused.message, status=409)
    terms = {"name": found.application.candidate.name, "who": found.from_user.name}
    say_so(request, found, _("%(name)s goes back to %(who)s.") % terms)
    return go_to(request, then)


def _ask_why(
    request: SignedInRequest,
    found: Handoff,
    packet: reading.Packet,
    form: ReturnForm,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    name = "funnel/handoffs/_return.html" if request.htmx else "funnel/handoffs/return.html"
    context = {"handoff": found, "person": found.application.candidate, "packet": packet, "form": form}
    return render(request, name, {**context, "refusal": refusal}, status=status)


@answers
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible_handoff(request, pk)
    try:
        answering.undo_answer(handoff=found, by=request.user, at=timezone.now())
    except Refused as refused:
        return show_card(request, visible_handoff(request, pk), {}, refused.message, status=409)
    toast(request, _("Undone: %(name)s waits for your answer again.") % {"name": found.application.candidate.name})
    return HttpResponseRedirect(reverse("funnel:handoff", args=[pk]))
