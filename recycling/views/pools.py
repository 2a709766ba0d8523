"""The pools: their balance, what comes due, what keeps people out; and everybody who rests, as a list."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET

from funnel.metrics import Rate
from recruiting.accounts.models import User
from recruiting.accounts.requests import SignedInRequest
from recruiting.accounts.roles import SEES_EVERYBODY
from recruiting.core.paging import keyset
from recruiting.jobs.models import Job, JobFamily
from recruiting.jobs.stages import Stage
from recycling import selectors_pools as pools_of
from recycling.desk.bars import bars
from recycling.models import ExitReason, Pool
from recycling.selectors_pools import Line, Narrowed

looks = permission_required("recycling.view_pools", raise_exception=True)
WINDOWS = (30, 90, 365)
PAGE = 50
ORDERS = {"": ("-entered_at", "-pk"), "oldest": ("entered_at", "pk"), "review": ("review_on", "pk")}
COMES_BACK_ON = {
    "timing": gettext_lazy("a date they named, a time in their job"),
    "skill": gettext_lazy("skill held at level"),
    "terms": gettext_lazy("a band, place or form that fits"),
    "capacity": gettext_lazy("an opening, same family and level"),
    "decision": gettext_lazy("nobody who refused decides"),
    "interest": gettext_lazy("their own word, a family they named"),
    "process": gettext_lazy("any active contact, a fix confirmed"),
    "alumni": gettext_lazy("6 months, a fitting job"),
    "met": gettext_lazy("a fitting job"),
    "fit": gettext_lazy("a person decides"),
}
STATES = {
    "resting": gettext_lazy("Resting"),
    "ready": gettext_lazy("Ready"),
    "surfaced": gettext_lazy("Proposed"),
    "approached": gettext_lazy("Being asked"),
}


def narrowed_of(request: SignedInRequest) -> Narrowed:
    """What the address asks for; what cannot be read counts as not asked."""
    given = request.GET
    due = given.get("due", "")
    return Narrowed(
        keeper=request.user.pk if given.get("whose") == "mine" else _number(given.get("keeper", "")),
        family=_number(given.get("family", "")),
        reason=given.get("reason", ""),
        stage=given.get("stage", "") if given.get("stage") in Stage.values else "",
        pool=given.get("pool", ""),
        job=_number(given.get("job", "")),
        state=given.get("state", "") if given.get("state") in STATES else "",
        due=due if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])|\d{1,3}", due) else "",
        left_days=_number(given.get("left", "")),
        q=given.get("q", ""),
    )


def _number(given: str) -> int | None:
    return int(given) if given.isdecimal() and len(given) < 10 else None


def choices(request: SignedInRequest) -> dict[str, Any]:
    """What the filters offer."""
    return {
        "families": list(JobFamily.objects.all()),
        "reasons": list(ExitReason.objects.filter(pool__isnull=False).select_related("pool")),
        "stages": Stage.choices,
        "window_choices": WINDOWS,
    }


def address(request: SignedInRequest, name: str = "recycling:resting", **changed: Any) -> str:
    """The list (or the page) with the filters of this one, and what is changed."""
    kept = {key: value for key, value in request.GET.items() if value and key not in ("after", "before")}
    query = {key: value for key, value in (kept | changed).items() if value not in (None, "")}
    return reverse(name) + (f"?{urlencode(query)}" if query else "")


@looks
@require_GET
def pools(request: SignedInRequest) -> HttpResponse:
    by, until = narrowed_of(request), timezone.now()
    days = _number(request.GET.get("days", "")) or WINDOWS[0]
    days = days if days in WINDOWS else WINDOWS[0]
    since = until - timedelta(days=days)
    context = {"by": by, "days": days, "since": since, "until": until, **choices(request)}
    context |= {"company_url": address(request, "recycling:pools", whose=None)}
    context |= {"mine_url": address(request, "recycling:pools", whose="mine")}
    return render(request, "recycling/pools/pools.html", {**context, **_parts(request, by, since, until)})


def _parts(request: SignedInRequest, by: Narrowed, since: datetime, until: datetime) -> dict[str, Any]:
    lines = pools_of.lines(request.user, by, since, until)
    months = pools_of.coming_due(request.user, by, until)
    matrix = pools_of.what_keeps_out(request.user, by, until)
    most = max((line.counted.balance.end for line in lines), default=0) or 1
    return {
        "whole": _whole(lines),
        "lines": [(line, COMES_BACK_ON.get(line.counted.pool.key, ""), _level(line, most)) for line in lines],
        "months": months,
        "bars": bars([[month.counts[group] for group in pools_of.GROUPS] for month in months]),
        "coming": sum(month.total for month in months),
        "next_due": pools_of.next_due(request.user, by, until),
        "matrix": matrix,
    }


def _level(line: Line, most: int) -> tuple[float, float]:
    """Lengths of 120: who rests, and of these who is due."""
    return 120 * line.counted.balance.end / most, 120 * min(line.due, line.counted.balance.end) / most


def _whole(lines: list[Line]) -> dict[str, Any]:
    """The equation over all pools. The difference is shown, never hidden."""
    each = [line.counted for line in lines]
    returned = sum(line.returned for line in each)
    left = sum(line.balance.left for line in each)
    back = [line.back for line in lines]
    return {
        "start": sum(line.balance.start for line in each),
        "entered": sum(line.balance.entered for line in each),
        "returned": returned,
        "closed": left - returned,
        "expired": sum(line.expired for line in each),
        "end": sum(line.balance.end for line in each),
        "difference": sum(line.balance.difference for line in each),
        "back": Rate(sum(rate.passed for rate in back), sum(rate.n for rate in back)),
    }


@looks
@require_GET
def resting(request: SignedInRequest) -> HttpResponse:
    """Everybody who rests and may be used today: searched, narrowed, ordered, paged."""
    by, at = narrowed_of(request), timezone.now()
    order = ORDERS.get(request.GET.get("sort", ""), ORDERS[""])
    found = pools_of.resting(request.user, by, at)
    page = keyset(found, order, after=request.GET.get("after", ""), before=request.GET.get("before", ""), size=PAGE)
    context = {"page": page, "by": by, "sort": request.GET.get("sort", ""), "chips": _chips(request, by)}
    context["next_url"] = address(request, after=page.after) if page.after else ""
    context["previous_url"] = address(request, before=page.before) if page.before else ""
    return render(request, "recycling/pools/resting.html", {**context, **choices(request), **_more_choices(request)})


def _more_choices(request: SignedInRequest) -> dict[str, Any]:
    """What only the list's filters offer."""
    return {
        "states": STATES.items(),
        "pools": list(Pool.objects.all()),
        "jobs": list(Job.objects.visible_to(request.user).order_by("title")[:300]),
        "keepers": list(User.objects.filter(is_active=True, role__in=SEES_EVERYBODY)),
    }


def _chips(request: SignedInRequest, by: Narrowed) -> list[tuple[str, str]]:
    """Filters that the form does not show, each with the address without it."""
    chips = []
    if by.due:
        chips.append((_due(by.due), address(request, due=None)))
    if by.left_days:
        said = ngettext("left in the last %(days)s day", "left in the last %(days)s days", by.left_days)
        chips.append((said % {"days": by.left_days}, address(request, left=None)))
    return chips


def _due(due: str) -> str:
    """A month as the reader's language writes it, or so many days from today."""
    if not due.isdecimal():
        month = date(int(due[:4]), int(due[5:7]), 1)
        return _("due in %(month)s") % {"month": date_format(month, "YEAR_MONTH_FORMAT")}
    days = int(due)
    return ngettext("due within %(days)s day", "due within %(days)s days", days) % {"days": days}
