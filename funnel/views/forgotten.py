"""Forgotten cards and the ways out: a next action with a day, a hold, or letting go (recycling's dialog)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from funnel import services
from funnel.filters_forgotten import EVERYBODY, ForgottenFilterSet
from funnel.forgotten import forgotten_cards
from funnel.forms import HoldForm
from funnel.forms_forgotten import PlanForm
from funnel.models import Application
from funnel.views.sections import moves
from recruiting.accounts.requests import SignedInRequest, back
from recruiting.core.days import day_of
from recruiting.core.paging import keyset
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast

ROWS = 50
MOST = 200  # cards in one go
MOST_COUNTED = 999
SORTS = {"": ("last_moved_at", "pk"), "newest": ("-last_moved_at", "-pk")}


@moves
@require_GET
@vary_on_headers("HX-Request")
def forgotten(request: SignedInRequest) -> HttpResponse:
    at = timezone.now()
    mine = forgotten_cards(Application.objects.visible_to(request.user), at)
    wanted = ForgottenFilterSet(request.GET, queryset=mine, request=request)
    name = "funnel/forgotten/_list.html" if request.htmx else "funnel/forgotten/list.html"
    return render(request, name, {"filter": wanted, "today": day_of(at), **_page(request, wanted)})


def _page(request: SignedInRequest, wanted: ForgottenFilterSet) -> dict[str, Any]:
    sort = request.GET.get("sort", "") if request.GET.get("sort") in SORTS else ""
    rows = wanted.qs.select_related("candidate", "job", "step", "owner")
    beside = {name: request.GET.get(name, "") for name in ("after", "before")}
    page = keyset(rows, SORTS[sort], size=ROWS, **beside)
    kept = {name: value for name, value in request.GET.items() if value and name not in beside}
    return {
        "rows": page.rows,
        "sort": sort,
        "count": wanted.qs.order_by()[: MOST_COUNTED + 1].count(),
        "most": MOST_COUNTED,
        "shows_owners": request.user.has_perm(EVERYBODY),
        "is_narrowed": bool(set(kept) - {"sort"}),
        "next_url": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
        "previous_url": f"?{urlencode({**kept, 'before': page.before})}" if page.before else "",
        "days": settings.FORGOTTEN_DAYS,
        "days_in_interview": settings.FORGOTTEN_IN_INTERVIEW_DAYS,
    }


@moves
@require_http_methods(["GET", "POST"])
def plan(request: SignedInRequest) -> HttpResponse:
    """What is next with those chosen, and when."""
    rows, form = _chosen(request), PlanForm(request.POST or None)
    if request.method == "GET":
        return _ask(request, "plan", rows, form)
    try:
        services.set_next_actions(rows=rows, owner=None, by=request.user, at=timezone.now(), **parse(form))
    except Refused as refused:
        return _ask(request, "plan", rows, form, refused)
    said = ngettext("%(count)s card has a next action.", "%(count)s cards have a next action.", len(rows))
    return _done(request, said % {"count": len(rows)})


@moves
@require_http_methods(["GET", "POST"])
def hold(request: SignedInRequest) -> HttpResponse:
    """Those chosen wait until a day; who cannot be held is named, and nothing is lost of the others."""
    rows, form = _chosen(request), HoldForm(request.POST or None)
    if request.method == "GET":
        return _ask(request, "hold", rows, form)
    try:
        terms: dict[str, Any] = {"rows": rows, "seen": _seen(request, rows), "by": request.user, "at": timezone.now()}
        done = services.hold_applications(**terms, **parse(form))
        if not done.held:
            raise Refused(" ".join(done.refused), "moved")
    except Refused as refused:
        return _ask(request, "hold", rows, form, refused)
    count = len(done.held)
    said = ngettext("%(count)s card is on hold.", "%(count)s cards are on hold.", count) % {"count": count}
    undo = f"{reverse('funnel:resume_forgotten')}?{_keys(done.held)}"
    return _done(request, " ".join([said, *done.refused]), undo)


@moves
@require_POST
def resume(request: SignedInRequest) -> HttpResponse:
    """Undo of holding: those the address names go on."""
    rows = _chosen(request)
    refused = services.resume_applications(rows=rows, by=request.user, at=timezone.now())
    count = len(rows) - len(refused)
    said = ngettext("%(count)s card goes on.", "%(count)s cards go on.", count) % {"count": count}
    toast(request, " ".join([said, *refused] if count else refused))
    return back(request, reverse("funnel:forgotten"))


def _chosen(request: SignedInRequest) -> list[Application]:
    """The live cards the form or the address names; 404 where there is none this person may see."""
    given = request.POST.getlist("application") or request.GET.getlist("application")
    keys = [int(key) for key in given if key.isdecimal()][:MOST]
    rows = Application.objects.visible_to(request.user).live().filter(pk__in=keys)
    found = list(rows.select_related("candidate", "job").order_by("pk"))
    if not found:
        raise Http404
    return found


def _seen(request: SignedInRequest, rows: Sequence[Application]) -> dict[int, int]:
    """The version of each card as the dialog was opened on it."""
    seen = {row.pk: request.POST.get(f"seen_{row.pk}", "") for row in rows}
    return {pk: int(version) for pk, version in seen.items() if version.isdecimal()}


def _keys(rows: Sequence[Application]) -> str:
    return "&".join(f"application={row.pk}" for row in rows)


def _ask(
    request: SignedInRequest, template: str, rows: list[Application], form: Any, refused: Refused | None = None
) -> HttpResponse:
    """The dialog, again with what was typed: 422 where a field is wrong, 409 where a rule said no."""
    refusal = refused.message if refused and not form.errors else ""
    status = 200 if refused is None else 422 if refused.code == "invalid" else 409
    context = {"rows": rows, "only": rows[0] if len(rows) == 1 else None, "form": form, "refusal": refusal}
    fragment = f"funnel/forgotten/_{template}.html"
    page = fragment if request.htmx else "funnel/dialog.html"
    return render(request, page, {**context, "fragment": fragment}, status=status)


def _done(request: SignedInRequest, said: str, undo_url: str = "") -> HttpResponse:
    """The list, seen anew."""
    toast(request, said, undo_url=undo_url)
    if not request.htmx:
        return back(request, reverse("funnel:forgotten"))
    answer = HttpResponse(status=204)
    answer["HX-Refresh"] = "true"
    return answer
