"""Keyset paging: the next page begins after the last row shown, at the same price however far one has come."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Rows, and the cursors of the pages beside them ("" = there is none)."""

    rows: list[Row]
    before: str
    after: str


def keyset(
    rows: QuerySet[Row], order: Sequence[str], *, after: str = "", before: str = "", size: int = 50
) -> Page[Row]:
    """One page in this order: columns without nulls, all in one direction, the last one unique.

    A cursor that cannot be read shows the first page.
    """
    names = [column.removeprefix("-") for column in order]
    back = bool(before)
    place = _read(rows, names, before or after)
    falls = order[0].startswith("-") is not back
    if place:
        rows = rows.filter(_beyond(names, place, "lt" if falls else "gt"))
    found = list(rows.order_by(*(f"-{name}" if falls else name for name in names))[: size + 1])
    has_more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    if not found:
        return Page([], "", "")
    has_before, has_after = (has_more, True) if back else (bool(place), has_more)
    return Page(
        found,
        _write(found[0], names) if has_before else "",
        _write(found[-1], names) if has_after else "",
    )


def _beyond(names: Sequence[str], place: Sequence[Any], side: str) -> Q:
    """(a, b) beyond (x, y), written so that an index in this order is walked."""
    beyond, equal = Q(), Q()
    for name, value in zip(names, place, strict=True):
        beyond |= equal & Q(**{f"{name}__{side}": value})
        equal &= Q(**{name: value})
    return beyond


def _write(row: Model, names: Sequence[str]) -> str:
    return urlsafe_b64encode(json.dumps([str(getattr(row, name)) for name in names]).encode()).decode()


def _read(rows: QuerySet[Any], names: Sequence[str], cursor: str) -> list[Any]:
    """The values a cursor stands for; empty where there is none or it is nobody's."""
    try:
        texts = json.loads(urlsafe_b64decode(cursor.encode())) if cursor else []
        fields = [rows.model._meta.pk if name == "pk" else rows.model._meta.get_field(name) for name in names]
        return [field.to_python(text) for field, text in zip(fields, texts, strict=True)] if texts else []
    except (ValueError, TypeError, ValidationError):
        return []
