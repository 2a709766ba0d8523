"""The small drawing beside the sentence: up to the stage left, down to rest, up to where they come back. PURE."""

from __future__ import annotations

from dataclasses import dataclass

LANES = {"hire": 12, "interview": 28, "screening": 44, "sourcing": 60}
REST = 81
CORNER = 6


@dataclass(frozen=True)
class River:
    """Paths for an SVG of 132 × 92; `rest` and `could` are empty for who rests nowhere."""

    now: str
    rest: str
    could: str
    exit_y: int


def river(left: str, back: str = "") -> River:
    """From sourcing to the stage left, and by the pool to the stage of a return."""
    top, start = LANES[left], LANES["sourcing"]
    now = f"M4 {start}H44" if top == start else f"M4 {start}{_bend(16, start, top)}H44"
    if not back:
        return River(now=now, rest="", could="", exit_y=top)
    return River(
        now=now,
        rest=f"M44 {top}{_bend(54, top, REST)}H86",
        could=f"M86 {REST}{_bend(98, REST, LANES[back])}H128",
        exit_y=top,
    )


def _bend(x: int, y: int, to: int) -> str:
    """Along to x, round the corner, up or down, and round again."""
    way = CORNER if to > y else -CORNER
    return f"H{x - CORNER}Q{x} {y} {x} {y + way}V{to - way}Q{x} {to} {x + CORNER} {to}"
