"""The list of jobs: narrowed, in order, one page, with the people of each by stage in one query."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funnel.models import Application
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.paging import keyset
from recruiting.jobs.filters import JobFilterSet
from recruiting.jobs.models import Job, JobFamily, JobState, Level
from recruiting.jobs.selectors import deciders_by_job, recruiters
from recruiting.jobs.stages import Stage

ORDERS = {"newest": ("-created_at", "-pk"), "oldest": ("created_at", "pk"), "title": ("title", "pk")}
ORDER_NAMES = (("newest", _("Newest")), ("oldest", _("Oldest")), ("title", pgettext_lazy("of a job", "Title")))
PAGE = 50
NARROWED = ("q", "state", "family", "level", "recruiter", "mine", "asked", "sort")


def page(request: SignedInRequest) -> dict[str, Any]:
    """Everything the list shows. A fixed number of queries, however many jobs and people there are."""
    seen = Job.objects.visible_to(request.user)
    narrowed = JobFilterSet(request.GET, queryset=seen, request=request).qs
    found = keyset(
        narrowed.select_related("family", "level", "recruiter"),
        ORDERS.get(request.GET.get("sort", ""), ORDERS["newest"]),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=PAGE,
    )
    keys = [job.pk for job in found.rows]
    people, deciders = people_by_stage(keys), deciders_by_job(keys)
    counted = dict(seen.values_list("state").annotate(count=Count("pk")).order_by())
    return {
        "rows": [(job, people.get(job.pk, {}), deciders.get(job.pk, [])) for job in found.rows],
        "stages": Stage.choices,
        "states": [(state, state.label, counted.get(state.value, 0)) for state in JobState],
        "families": JobFamily.objects.all(),
        "levels": Level.objects.all(),
        "recruiters": recruiters(),
        "orders": ORDER_NAMES,
        "is_narrowed": any(request.GET.get(name) for name in NARROWED if name != "sort"),
        "previous_url": _turn(request, "before", found.before),
        "next_url": _turn(request, "after", found.after),
    }


def people_by_stage(jobs: list[int]) -> dict[int, dict[str, int]]:
    """Active and held people of each job by stage, and "all" of them (index board_cards)."""
    people: dict[int, dict[str, int]] = {}
    counts = Application.objects.live().filter(job__in=jobs).values_list("job", "stage").annotate(count=Count("pk"))
    for job, stage, count in counts.order_by():
        here = people.setdefault(job, {"all": 0})
        here[stage] = count
        here["all"] += count
    return people


def _turn(request: SignedInRequest, way: str, cursor: str) -> str:
    """The address of the page beside this one; empty where there is none."""
    if not cursor:
        return ""
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query[way] = cursor
    return f"{request.path}?{query.urlencode()}"
