"""Reading a table cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from django import template
from django.utils.translation import gettext as _

register = template.Library()
Item = TypeVar("Item")


@register.filter
def at(row: Sequence[Item], place: int) -> Item:
    return row[place]


@register.filter
def heat(count: int, most: int) -> int:
    """How much of the highest figure a cell holds, in four steps; 0 for none."""
    return -(-4 * count // most) if most and count else 0


@register.filter
def took(run: Any) -> str:
    """From began to finished, in seconds; a dash while it goes on or where nothing ran."""
    if not run or not run.finished_at or run.finished_at < run.started_at:
        return "–"
    return _("%(count)s s") % {"count": f"{(run.finished_at - run.started_at).total_seconds():.1f}"}


@register.filter
def pace(seconds: int) -> str:
    """How often, in the largest whole unit: 2 s, 10 min, 24 h."""
    for unit, said in ((3600, _("%(count)s h")), (60, _("%(count)s min"))):
        if seconds >= unit and seconds % unit == 0:
            return said % {"count": seconds // unit}
    return _("%(count)s s") % {"count": seconds}
