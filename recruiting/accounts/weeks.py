"""The hours of a week as they are stored and typed: up to two spans a day, with a break between them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time

Spans = Sequence[tuple[time, time]]


def stored(week: Mapping[int, Spans]) -> dict[str, list[list[str]]]:
    """{0: [(09:00, 12:00)]} as {"0": [["09:00", "12:00"]]}; a day without hours is left out."""
    return {
        str(weekday): [[f"{first:%H:%M}", f"{last:%H:%M}"] for first, last in spans]
        for weekday, spans in sorted(week.items())
        if spans
    }


def overlapping(spans: Spans) -> bool:
    """Whether a day's spans do not follow each other, or one of them ends before it begins."""
    edges = [edge for span in spans for edge in span]
    return any(later <= earlier for earlier, later in zip(edges[::2], edges[1::2], strict=True)) or edges != sorted(
        edges
    )


def minutes_of(week: Mapping[int, Spans]) -> int:
    """Working minutes of a week."""
    return sum(_minutes(last) - _minutes(first) for spans in week.values() for first, last in spans)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute
