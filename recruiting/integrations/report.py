"""What an import comes to: its counts in words, and every row as a line of a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from recruiting.candidates.models import Candidate
from recruiting.integrations.models import Import, ImportRow, ImportState, Result
from recruiting.integrations.reading.notes import sentences
from recruiting.integrations.selectors import reason_names

CHUNK = 1_000
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def summary(table: Import) -> list[tuple[str, int]]:
    """(what, how many), in the order one wants to know; a dry run says the same as a forecast."""
    counts = table.counts
    told = {str(value): str(label) for value, label in Result.choices}
    told |= {
        "applications": _("Ways through a job"),
        "hired": _("of them hired"),
        "left": _("of them left, resting where the reason allows it"),
        "new_jobs": _("Jobs that were not known: made, closed"),
        "no_basis": _("Stored and blocked: nothing allows future use"),
        "basis_over": _("Stored and blocked: the basis has run out"),
    }
    lines = [(_("Rows"), counts.get("rows", 0))]
    return lines + [(label, counts[name]) for name, label in told.items() if counts.get(name)]


def lines(table: Import) -> Iterator[str]:
    """The report as lines of CSV. A cell that a spreadsheet would take for a formula is told to be text."""
    writer = csv.writer(_Echo())
    is_forecast = table.state in (ImportState.CHECKED, ImportState.CHECKING, ImportState.DRAFT)
    yield writer.writerow(
        [_("Row"), _("Would become") if is_forecast else _("Became"), _("Person"), _("Number here"), _("What to know")]
    )
    last, reasons = 0, reason_names()
    while rows := list(ImportRow.objects.filter(of=table, number__gt=last).order_by("number")[:CHUNK]):
        names = named(rows)
        for row in rows:
            cells = [row.number, row.get_result_display(), names.get(row.person or 0, row.shown)]
            cells += [row.person or "", " ".join(sentences(row.notes, reasons))]
            yield writer.writerow([_safe(cell) for cell in cells])
        last = rows[-1].number


def named(rows: list[ImportRow]) -> dict[int, str]:
    """Person → name as it is today; who was erased is gone from here too."""
    people = Candidate.objects.filter(pk__in={row.person for row in rows if row.person}, erased_at=None)
    return {person.pk: person.name for person in people.only("pk", "family_name", "given_name", "name_lang")}


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


class _Echo:
    """Hands each written line back."""

    def write(self, line: str) -> str:
        return line
