"""The bars of what comes due: stacked, a pixel apart, the total written on top. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

WIDTH, TOP, BOTTOM, LEFT, BAR = 760, 24, 180, 28, 34


@dataclass(frozen=True)
class Part:
    place: int  # of its group, from 1: the colour
    y: float
    height: float


@dataclass(frozen=True)
class Bar:
    x: float
    middle: float
    top: float  # where its total stands
    parts: list[Part]


@dataclass(frozen=True)
class Bars:
    """Every bar, and the lines of the scale with their figures."""

    bars: list[Bar]
    scale: list[tuple[int, float]]


def bars(months: Sequence[Sequence[int]]) -> Bars:
    """`months` are the counts of each group, the lowest first."""
    most = max((sum(month) for month in months), default=0)
    step = _step(most)
    whole = max(step * ceil(most / step), step)
    unit = (BOTTOM - TOP) / whole
    width = (WIDTH - LEFT) / max(len(months), 1)
    drawn = []
    for place, month in enumerate(months):
        x = LEFT + 12 + width * place
        y, parts = float(BOTTOM), []
        for group, count in enumerate(month, start=1):
            if count:
                height = max(count * unit, 2)
                y -= height
                parts.append(Part(group, round(y, 1), round(height - 1, 1)))
        drawn.append(Bar(round(x, 1), round(x + BAR / 2, 1), round(y - 5, 1), parts))
    scale = [(value, round(BOTTOM - value * unit, 1)) for value in range(0, whole + 1, step)]
    return Bars(drawn, scale)


def _step(most: int) -> int:
    """1, 2, 5 or such a number with noughts: about four lines."""
    step = 1
    for factor in (2, 5, 10) * 8:
        if most / step <= 4:
            return step
        step = factor * 10 ** (len(str(step)) - 1) if factor != 10 else 10 ** len(str(step))
    return step
