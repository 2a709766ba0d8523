"""Rows of a CSV table, each with the place where the next one begins, so that reading goes on after a kill."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from django.utils.translation import gettext as _

from recruiting.core.refused import Refused

MOST_COLUMNS = 200
LONGEST_CELL = 20_000
LONGEST_LINE = 1_000_000
DELIMITERS = ",\t;|"
csv.field_size_limit(LONGEST_LINE)


@dataclass(slots=True, frozen=True)
class TableRow:
    """`number` counts data rows from 1; `ends` is the byte where the next begins."""

    number: int
    cells: list[str]
    ends: int


class _Lines:
    """Lines of a file in UTF-8, counting the bytes that were handed out."""

    def __init__(self, file: IO[bytes], at: int) -> None:
        file.seek(at)
        self.file, self.at = file, at

    def __iter__(self) -> Iterator[str]:
        while line := self.file.readline(LONGEST_LINE):
            self.at += len(line)
            yield line.decode("utf-8", "replace")


def delimiter_of(text: str) -> str:
    """The sign that parts the first line most often, outside quotes."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=lambda sign: (outside.count(sign), -DELIMITERS.index(sign)))


def header(file: IO[bytes], delimiter: str) -> tuple[list[str], int]:
    """The names of the columns, each once, and where the first row begins."""
    lines = _Lines(file, 0)
    try:
        names = next((row for row in csv.reader(lines, delimiter=delimiter) if any(map(str.strip, row))), [])
    except csv.Error as wrong:
        raise Refused(_("This cannot be read as a table: %(why)s.") % {"why": wrong}, "invalid") from wrong
    if not names:
        raise Refused(_("The file is empty: its first line should name the columns."), "invalid")
    if len(names) > MOST_COLUMNS:
        terms = {"count": len(names), "most": MOST_COLUMNS}
        raise Refused(_("The table has %(count)s columns; more than %(most)s are not read.") % terms, "invalid")
    return _distinct(names), lines.at


def _distinct(names: list[str]) -> list[str]:
    seen: dict[str, int] = {}
    columns = []
    for place, written in enumerate(names, start=1):
        name = written.strip()[:120] or _("Column %(place)s") % {"place": place}
        seen[name] = seen.get(name, 0) + 1
        columns.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return columns


def rows(file: IO[bytes], delimiter: str, *, at: int, number: int) -> Iterator[TableRow]:
    """Rows from a place on; `number` rows came before. Empty lines are passed over; long cells are cut."""
    lines = _Lines(file, at)
    reader = csv.reader(lines, delimiter=delimiter)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as wrong:
            terms = {"row": number + 1, "why": wrong}
            raise Refused(_("After row %(row)s the table cannot be read: %(why)s.") % terms, "invalid") from wrong
        stripped = [cell.strip()[:LONGEST_CELL] for cell in cells]
        if any(stripped):
            number += 1
            yield TableRow(number, stripped, lines.at)
