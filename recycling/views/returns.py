"""The returns desk: list, card and job, one address for all three."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.days import day_of, start_of
from recruiting.core.paging import Page
from recruiting.jobs.models import Job
from recycling.desk import cards as desk
from recycling.desk.beside import beside
from recycling.desk.focus import focus_of
from recycling.desk.lines import ICONS
from recycling.desk.others import why_not_others
from recycling.desk.review import review_of
from recycling.models import PoolEntry, Proposal
from recycling.proposals.moving import proposals

decides = permission_required("recycling.decide_proposal", raise_exception=True)


def chosen_of(request: SignedInRequest) -> desk.Chosen:
    given = request.GET
    tab = given.get("tab", "mine")
    return desk.Chosen(
        tab=tab if tab in desk.TABS else "mine",
        whole_team=given.get("whose") == "team",
        q=given.get("q", ""),
        job=int(given["job"]) if given.get("job", "").isdecimal() else None,
        kind=given.get("kind", "") if given.get("kind") in ICONS else "",
        check_first=bool(given.get("check")),
        oldest_first=given.get("sort") == "oldest",
    )


def address(request: SignedInRequest, **changed: Any) -> str:
    """The desk's address with the filters of this one, and what is changed; None takes a part away."""
    given = {key: value for key, value in request.GET.items() if value} | changed
    return f"{reverse('recycling:returns')}?{urlencode({key: value for key, value in given.items() if value})}"


@decides
@require_GET
def returns(request: SignedInRequest) -> HttpResponse:
    chosen, at = chosen_of(request), timezone.now()
    if request.htmx and request.htmx.target == "chosen":
        return render(request, "recycling/returns/_chosen.html", _chosen(request, chosen, None, [], at))
    page = desk.page_of(
        request.user, chosen, at, after=request.GET.get("after", ""), before=request.GET.get("before", "")
    )
    rows = desk.rows_of(page.rows, chosen.tab, at)
    first = page.rows[0].pk if page.rows else None
    context = {"page": page, "rows": rows, "chosen": chosen, **_chosen(request, chosen, first, rows, at)}
    return render(request, "recycling/returns/returns.html", {**context, **_frame(request, chosen, at, page)})


def _frame(request: SignedInRequest, chosen: desk.Chosen, at: datetime, page: Page[Any]) -> dict[str, Any]:
    """The head, the tabs, the filters and the way to the next page."""
    month = start_of(day_of(at).replace(day=1))
    decided = desk.decided_since(request.user, month)
    n = decided["accepted"] + decided["dismissed"]
    counts = desk.counts(request.user, at)
    return {
        "counts": counts,
        "most_counted": desk.MOST_COUNTED,
        "decided": decided,
        "precision": decided["accepted"] / n if n else None,
        "n": n,
        "to_ask": Proposal.objects.filter(state="accepted", asker=request.user, asked_at=None).count(),
        "jobs": Job.objects.visible_to(request.user).open().order_by("title")[:200],
        "kinds": [(kind, icon) for kind, icon in ICONS.items()],
        "has_filters": bool(chosen.q or chosen.job or chosen.kind or chosen.check_first or chosen.oldest_first),
        "next_url": address(request, after=page.after, before=None, p=None) if page.after else "",
        "previous_url": address(request, before=page.before, after=None, p=None) if page.before else "",
        "is_chosen": bool(request.GET.get("p")),
    }


def _chosen(
    request: SignedInRequest, chosen: desk.Chosen, first: int | None, rows: list[desk.Row], at: datetime
) -> dict[str, Any]:
    """The card of the address, else the first of the list, with its job; and which card comes after it."""
    pk = _number(request, "p") or first
    here = next((row for row in rows if row.card.pk == pk), None)
    context: dict[str, Any] = {"tab": chosen.tab, "at": at, "pk": pk}
    context["place"] = here.place if here else _number(request, "place")
    context["whole"] = len(rows) or _number(request, "whole")
    context["after"] = here.then if here else _number(request, "then")
    if pk is None:
        return context
    read = _read_entry if chosen.tab == "reviews" else _read_card
    return {**context, **read(request, pk, at)}


def _number(request: SignedInRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() else None


def _read_card(request: SignedInRequest, pk: int, at: datetime) -> dict[str, Any]:
    visible = Proposal.objects.visible_to(request.user).filter(pk=pk)
    card = proposals().filter(pk__in=visible.values("pk"), candidate__erased_at=None).first()
    if card is None:
        return {}
    pane = beside(card.job, card.candidate, card.stage, at)
    return {"card": card, "person": card.candidate, "focus": focus_of(card, request.user, at), "beside": pane}


def _read_entry(request: SignedInRequest, pk: int, at: datetime) -> dict[str, Any]:
    related = ("candidate", "pool", "reason", "keeper", "left__job", "left__step")
    found = PoolEntry.objects.visible_to(request.user).filter(pk=pk, candidate__erased_at=None)
    entry = found.select_related(*related).first()
    if entry is None:
        return {}
    pane = beside(entry.left.job, entry.candidate, entry.left.stage, at) if entry.left else None
    return {"entry": entry, "person": entry.candidate, "review": review_of(entry, request.user, at), "beside": pane}


@decides
@require_GET
def job(request: SignedInRequest, pk: int) -> HttpResponse:
    """The job's pane as a drawer, where the window has no room beside the card."""
    card = get_object_or_404(proposals(), pk=pk, candidate__erased_at=None)
    pane = beside(card.job, card.candidate, card.stage, timezone.now())
    return render(request, "recycling/returns/_job.html", {"card": card, "person": card.candidate, "beside": pane})


@decides
@require_GET
def others(request: SignedInRequest, pk: int) -> HttpResponse:
    """Why not others: asked for after the card is there, because it counts."""
    card = get_object_or_404(proposals(), pk=pk)
    said = why_not_others(card, timezone.now())
    return render(request, "recycling/returns/_others.html", {"card": card, "others": said})
