"""What a file calls its stages, reasons and jobs: gathered so that they can be mapped before anything is written."""

from __future__ import annotations

from typing import IO

from recruiting.integrations.models import Import
from recruiting.integrations.reading import tables
from recruiting.integrations.reading.mapping import Mapping

NAMED = ("stage", "status", "reason", "job", "basis")
LOOKED_AT = 50_000  # rows
MOST = 300  # different values of one column


def values_of(plain: IO[bytes], table: Import, begins: int) -> dict[str, list[str]]:
    """Target → the different words that the columns read for it hold, in the order they come."""
    targets = Mapping.from_json(table.mapping).targets()
    places = {name: table.columns.index(targets[name][0]) for name in NAMED if name in targets}
    found: dict[str, dict[str, None]] = {name: {} for name in places}
    if not places:
        return {}
    for row in tables.rows(plain, table.delimiter, at=begins, number=0):
        for name, place in places.items():
            if place < len(row.cells) and row.cells[place] and len(found[name]) < MOST:
                found[name][row.cells[place][:200]] = None
        if row.number >= LOOKED_AT:
            break
    return {name: list(values) for name, values in found.items()}


def gather_values(table: Import) -> dict[str, list[str]]:
    """The same from the stored file, after the mapping changed."""
    file = table.files.first()
    if file is None or not table.is_table:
        return {}
    with file.file.open("rb") as plain:
        _columns, begins = tables.header(plain, table.delimiter)
        return values_of(plain, table, begins)
