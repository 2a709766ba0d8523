"""What the pages of imports show, gathered."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from recruiting.accounts.models import User
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.paging import Page, keyset
from recruiting.integrations import report, selectors, services
from recruiting.integrations.forms import AnswersForm
from recruiting.integrations.models import Import, ImportState, Result

RESULTS = (Result.NEW, Result.DUPLICATE, Result.JOINED, Result.ADDED, Result.KNOWN, Result.REFUSED)


def turns(request: SignedInRequest, page: Page[Any]) -> dict[str, str]:
    """The addresses of the pages beside this one, with what else is chosen."""
    return {
        "previous_url": _turn(request, "before", page.before),
        "next_url": _turn(request, "after", page.after),
    }


def _turn(request: SignedInRequest, side: str, cursor: str) -> str:
    if not cursor:
        return ""
    asked = request.GET.copy()
    for name in ("before", "after"):
        asked.pop(name, None)
    asked[side] = cursor
    return f"{request.path}?{asked.urlencode()}"


def progress(table: Import) -> dict[str, Any]:
    return {"table": table, "done": table.offset, "whole": max(table.size, 1), "rows": table.row}


def result(request: SignedInRequest, table: Import) -> dict[str, Any]:
    """The counts, the chips and one page of rows, after a check as after a run."""
    show = request.GET.get("show", "")
    page = keyset(
        selectors.rows_of(table, show),
        ["number"],
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        size=selectors.PAGE,
    )
    is_forecast = table.state == ImportState.CHECKED
    return {
        "table": table,
        "summary": report.summary(table),
        "chips": [
            ("", None),
            (selectors.PROBLEMS, None),
            *((one.value, table.counts.get(one.value)) for one in RESULTS),
        ],
        "labels": dict(Result.choices),
        "show": show,
        "lines": selectors.shown_rows(page.rows),
        "is_forecast": is_forecast,
        "coming": sum(table.counts.get(one, 0) for one in (Result.NEW, Result.DUPLICATE)),
        "blocked": table.counts.get("no_basis", 0) + table.counts.get("basis_over", 0),
        **turns(request, page),
    }


def keep_answers(table: Import, form: AnswersForm, *, by: User, at: datetime) -> None:
    """Everything that was answered, then the dry run."""
    services.set_reasons(reasons=form.said_reasons(), by=by, at=at)
    if table.is_table:
        table = services.set_mapping(
            table=table, mapping=form.mapping(), system=form.cleaned_data["system"], by=by, at=at
        )
    table = services.set_basis(table=table, **form.basis_terms(), by=by, at=at)
    services.check_import(table=table, by=by, at=at)


def marked(lines: Iterator[bytes]) -> Iterator[bytes]:
    """With the mark by which spreadsheets know UTF-8."""
    yield codecs.BOM_UTF8
    yield from lines
