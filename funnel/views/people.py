"""A job's applications as a table: the same filters as the board, the ended ones too, keyset paging."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from funnel import ageing
from funnel.cards import NOBODY
from funnel.filters import ApplicationFilterSet
from funnel.models import Application
from funnel.views.sections import looks_at_funnel, reader_of, visible_job
from recruiting.accounts.requests import SignedInRequest
from recruiting.core import words
from recruiting.jobs.selectors import current_steps

ROWS = 50
# key: the column it orders by, newest or oldest first. Whoever has no value comes last.
SORTS = {"since": ("step_since", False), "due": ("next_action_on", False), "came": ("entered_at", True)}


@looks_at_funnel
@require_GET
@vary_on_headers("HX-Request")
def people(request: SignedInRequest, pk: int) -> HttpResponse:
    job = visible_job(request, pk)
    steps = list(current_steps(job))
    asked = request.GET.copy()
    asked.setdefault("outcome", "live")
    rows = Application.objects.visible_to(request.user).filter(job=job)
    wanted = ApplicationFilterSet(asked, queryset=rows, request=request, steps=steps)
    sort = asked.get("sort", "") if asked.get("sort") in SORTS else "since"
    page = _after(_with_names(wanted.qs), sort, asked.get("after", ""))
    context = {"job": job, "filter": wanted, "sort": sort, **_page(request, page), "outcome": asked["outcome"]}
    return render(request, "funnel/_people.html" if request.htmx else "funnel/people.html", context)


def _with_names(rows: QuerySet[Application]) -> QuerySet[Application]:
    return rows.select_related("candidate", "step", "owner", "source__agency")


def _after(rows: QuerySet[Application], sort: str, after: str) -> list[Application]:
    """One page and one row more, from the row that was last (keyset). Whoever has no value comes last."""
    column, is_newest_first = SORTS[sort]
    side = "lt" if is_newest_first else "gt"
    ordered = F(column).desc(nulls_last=True) if is_newest_first else F(column).asc(nulls_last=True)
    last = Application.objects.filter(pk=after).values_list(column, flat=True).first() if after.isdigit() else None
    if last is not None:
        beyond = Q(**{f"{column}__{side}": last}) | Q(**{column: last, f"pk__{side}": after})
        rows = rows.filter(beyond | Q(**{column: None}))
    elif after.isdigit():
        rows = rows.filter(**{column: None, f"pk__{side}": after})
    return list(rows.order_by(ordered, "-pk" if is_newest_first else "pk")[: ROWS + 1])


def _page(request: SignedInRequest, found: list[Application]) -> dict[str, Any]:
    reader = reader_of(request)
    rows = found[:ROWS]
    lines = []
    for row in rows:
        days = ageing.whole_days(row.step_since, reader.now)
        limit = row.step.limit_days if row.step else 7
        url = reader.person_url.replace(NOBODY, str(row.candidate.public_id))
        lines.append((row, words.days(days, reader.language), ageing.age(days, limit) if row.is_live else 1, url))
    following = request.GET.copy()
    next_url = ""
    if len(found) > ROWS:
        following["after"] = str(rows[-1].pk)
        next_url = f"?{following.urlencode()}"
    following.pop("after", None)
    following.pop("sort", None)
    first_url = f"?{following.urlencode()}" if request.GET.get("after") else ""
    return {
        "lines": lines,
        "next_url": next_url,
        "previous_url": first_url,
        "query": following.urlencode(),
        "today": reader.today,
    }
