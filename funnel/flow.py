"""The band over the board: as thick as people stand in each stage (square-root scale), narrowing at the gates. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

WIDTH, HEIGHT, BEND = 1360, 12, 46
THINNEST, THICKEST = 1.0, 11.0


def thickness(count: int, most: int) -> float:
    return THINNEST + (THICKEST - THINNEST) * sqrt(count / most) if most and count else THINNEST


def gates(spans: Sequence[int]) -> list[float]:
    """Where one stage ends and the next begins, on the band's own scale."""
    whole = sum(spans) or 1
    return [round(WIDTH * sum(spans[: place + 1]) / whole, 1) for place in range(len(spans) - 1)]


def band(counts: Sequence[int], spans: Sequence[int]) -> str:
    """The SVG path of the band for stages of so many people, as wide as so many columns."""
    if not counts:
        return ""
    most, middle = max(counts), HEIGHT / 2
    halves = [round(thickness(count, most) / 2, 2) for count in counts]
    borders = gates(spans)
    bend = min([BEND, *(width * WIDTH / (sum(spans) or 1) / 2 for width in spans)])
    upper = _edge([middle - half for half in halves], borders, bend, WIDTH)
    lower = _edge([middle + half for half in halves[::-1]], borders[::-1], -bend, 0)
    start, turn = middle - halves[0], middle + halves[-1]
    return f"M0 {start:.2f}{upper} V{turn:.2f}{lower}Z"


def _edge(levels: Sequence[float], borders: Sequence[float], bend: float, end: float) -> str:
    parts = []
    for place, border in enumerate(borders):
        here, there = levels[place], levels[place + 1]
        parts.append(
            f" H{border - bend:.1f} C{border:.1f} {here:.2f} {border:.1f} {there:.2f} {border + bend:.1f} {there:.2f}"
        )
    return "".join(parts) + f" H{end}"
