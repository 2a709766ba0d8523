"""The lists of interviews: my past ones, everybody's narrowed down, both by keyset; and days over their rows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.forms import Form
from django.http import QueryDict
from django.utils import timezone

from funnel.interviews.selectors import mine
from funnel.models import Interview, Interviewer, InterviewState
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.candidates.selectors import search
from recruiting.core.paging import Page, keyset

SHOWN, ROWS = 100, 30
NEWEST_FIRST = ("-starts_at", "-pk")


def past(user: User, at: datetime, asked: QueryDict) -> Page[Interview]:
    """Those they asked in that are over, newest first; what was cancelled in advance is none of them."""
    over = mine(user).filter(ends_at__lte=at).exclude(state=InterviewState.CANCELLED)
    return _page(over, asked)


def narrowed(rows: QuerySet[Interview], form: Form, asked: QueryDict) -> Page[Interview]:
    """Everybody's, by what the filter says."""
    said = form.cleaned_data if form.is_valid() else {}
    if said.get("q"):
        people = search(Candidate.objects.filter(erased_at=None), said["q"])
        rows = rows.filter(application__candidate__in=people.values("pk"))
    if said.get("job"):
        rows = rows.filter(job=said["job"])
    if said.get("who"):
        rows = rows.filter(Exists(Interviewer.objects.filter(interview=OuterRef("pk"), user=said["who"])))
    if said.get("state"):
        rows = rows.filter(state=said["state"])
    if said.get("day"):
        begins = timezone.make_aware(datetime.combine(said["day"], datetime.min.time()))
        rows = rows.filter(starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1))
    return _page(rows, asked)


def _page(rows: QuerySet[Interview], asked: QueryDict) -> Page[Interview]:
    return keyset(rows, NEWEST_FIRST, after=asked.get("after", ""), before=asked.get("before", ""), size=ROWS)


def pager(asked: QueryDict, page: Page[Interview]) -> dict[str, str]:
    """The addresses of the pages beside this one, under the same filters."""
    addresses = {}
    for name, cursor, where in (("previous_url", page.before, "before"), ("next_url", page.after, "after")):
        query = asked.copy()
        query.pop("after", None)
        query.pop("before", None)
        query[where] = cursor
        addresses[name] = f"?{query.urlencode()}" if cursor else ""
    return addresses


def by_day(rows: Iterable[Interview]) -> list[tuple[date, list[Interview]]]:
    """Under their days, on the reader's clock."""

    def day(row: Interview) -> Any:
        return timezone.localtime(row.starts_at).date()

    return [(key, list(found)) for key, found in groupby(rows, key=day)]
