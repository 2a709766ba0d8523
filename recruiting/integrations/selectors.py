"""What the pages of imports read."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from recruiting.candidates.models import Candidate
from recruiting.core.paging import Page, keyset
from recruiting.integrations.models import Import, ImportRow, Result
from recruiting.integrations.reading.notes import sentences
from recycling.models import ExitReason

PROBLEMS = "problems"
PAGE = 50


def imports_page(imports: QuerySet[Import], *, after: str = "", before: str = "") -> Page[Import]:
    return keyset(imports.select_related("created_by"), ["-id"], after=after, before=before, size=PAGE)


def rows_of(table: Import, show: str) -> QuerySet[ImportRow]:
    """The rows of the report: all, those with a problem, or those with one result."""
    rows = ImportRow.objects.filter(of=table)
    if show == PROBLEMS:
        return rows.filter(has_problem=True)  # rows_with_a_problem
    return rows.filter(result=show) if show in Result.values else rows  # rows_of_an_import_by_result


def reason_names() -> dict[str, str]:
    """What our reasons are called in the reader's language, by key."""
    return {reason.key: str(reason) for reason in ExitReason.objects.all()}


def shown_rows(rows: list[ImportRow]) -> list[dict[str, Any]]:
    """Rows with their people as they are today, in one query; who was erased is a name no more."""
    found = Candidate.objects.filter(pk__in={row.person for row in rows if row.person}, erased_at=None)
    people = {person.pk: person for person in found}
    reasons = reason_names()
    return [
        {
            "row": row,
            "person": people.get(row.person or 0),
            "said": sentences(row.notes, reasons),
            "tone": TONES.get(row.result, ""),
        }
        for row in rows
    ]


TONES: dict[str, str] = {
    Result.NEW: "",
    Result.JOINED: "water",
    Result.ADDED: "water",
    Result.DUPLICATE: "warn",
    Result.REFUSED: "danger",
}
