"""Tables for a spreadsheet: written row by row, opened by any program, and never a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def sheet(head: Iterable[Any], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """The lines of a CSV file as they are read."""
    writer = csv.writer(_Echo())
    yield BYTE_ORDER_MARK + writer.writerow(head)
    for row in rows:
        yield writer.writerow([safe(cell) for cell in row])


def safe(cell: Any) -> str:
    """What a spreadsheet would take for a formula becomes text again: ' goes before it."""
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
