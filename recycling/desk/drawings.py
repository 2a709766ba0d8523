"""The three drawings of the desk: the loop of a line, the way of one person, and the job's board. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt

from funnel.stages import INDEX, ORDER
from recycling.river import Text, fit, rounded

# --- Spark: 60 × 18, a dot a stage ---
DOTS = (5, 21, 37, 53)


@dataclass(frozen=True)
class Spark:
    """Where the line of the past ends, the loop under it, the ring of the exit and the dot of the return."""

    past: str
    under: str
    left: int | None
    at: int


def spark(left: str, back: str) -> Spark:
    """`left` is empty for who came from no funnel: then there is only the dot."""
    to = DOTS[INDEX[back]]
    if not left:
        return Spark("", "", None, to)
    start = DOTS[INDEX[left]]
    past = f"M5 4.5H{start}" if start > DOTS[0] else ""
    under = f"M{start} 4.5c7 0 7 9 0 9H{to}c-7 0 -7 -9 0 -9"
    return Spark(past, under, start if start != to else None, to)


# --- River: 596 × 158, the last cycle, the rest, and what could be ---
LANES = {"hire": 16, "interview": 40, "screening": 64, "sourcing": 88}
REST_LANE, BEGIN, CYCLE, RESTED, COULD_END = 132, 76, 128, 190, 592
CORNER = 9


@dataclass
class Drawing:
    """(look, path) pairs, (look, x, y, r) dots and words, ready to be drawn."""

    paths: list[tuple[str, str]] = field(default_factory=list)
    dots: list[tuple[str, float, float, float]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)


@dataclass(frozen=True)
class Course:
    """One way and the rest after it. Stays are (stage, days or None); words come in as they are to be read."""

    stays: Sequence[tuple[str, float | None]]
    began: str
    left: str  # "22 May: missing must-have, Go"
    rested: str  # "186 days in Skill"
    back: str  # stage of the return
    now: str  # "today: screening"


def river(course: Course) -> Drawing:
    """Days inside the cycle are to scale; the rest has a fixed width; the way ahead is dashed up to the hire."""
    drawn = Drawing()
    x = float(BEGIN)
    if course.stays:
        x = _cycle(drawn, course)
    else:
        drawn.paths.append(("way--rest", rounded([(x, REST_LANE), (x + RESTED + 40, REST_LANE)], CORNER)))
        x += 40
    drawn.texts.append(Text(x + 34, REST_LANE - 9, fit(course.rested, RESTED - 20), "t-s"))
    x += RESTED
    y = LANES[course.back]
    drawn.paths.append(("way--up", rounded([(x, REST_LANE), (x + 16, REST_LANE), (x + 16, y), (x + 30, y)], CORNER)))
    x += 30
    drawn.paths.append(("way--could", rounded(_ahead(course.back, x), CORNER)))
    drawn.dots.append(("p--return", round(x, 1), y, 6))
    drawn.texts.append(Text(x + 10, y + 19, fit(course.now, COULD_END - x - 10), "t-return t-b halo"))
    return drawn


def _cycle(drawn: Drawing, course: Course) -> float:
    days = [max(length or 0, 1) for _stage, length in course.stays]
    least = 18
    spare = max(0, CYCLE - least * len(days))
    x, points = float(BEGIN), []
    for (stage, _length), length in zip(course.stays, days, strict=True):
        points.append((x, LANES[stage]))
        x += least + spare * length / sum(days)
        points.append((x, LANES[stage]))
    y = points[-1][1]
    drawn.paths.append(("way--past", rounded(points, CORNER)))
    rest = [(x, y), (x + 16, y), (x + 16, REST_LANE), (x + RESTED, REST_LANE)]
    drawn.paths.append(("way--rest", rounded(rest, CORNER)))
    drawn.dots.append(("p--exit", round(x, 1), y, 5))
    first = points[0][1]
    drawn.texts.append(Text(BEGIN, first + 16, course.began, "t-s"))
    over = y - 8 if y > LANES["hire"] else y + 19
    drawn.texts.append(Text(x + 10, over, fit(course.left, COULD_END - x - 10), "t-exit halo"))
    return x


def _ahead(back: str, x: float) -> list[tuple[float, float]]:
    ways = ORDER[INDEX[back] :]
    step = (COULD_END - x) / len(ways)
    points: list[tuple[float, float]] = []
    for place, stage in enumerate(ways):
        points += [(x + step * place, LANES[stage]), (x + step * (place + 1), LANES[stage])]
    return points


# --- The job's board: 256 wide, as thick as people stand in each stage ---
COLUMNS = (0, 68, 134, 198, 256)
MOST, LEAST, MIDDLE, BEND = 22.0, 1.6, 12.0, 12


def board(counts: Sequence[int]) -> str:
    """The path of the band through the four stages, on a square-root scale."""
    top = max(counts) or 1
    halves = [max(LEAST, MOST * sqrt(count / top)) / 2 for count in counts]
    upper = f"M0 {MIDDLE - halves[0]:.1f}"
    lower = ""
    for place in range(len(counts) - 1):
        edge, here, there = COLUMNS[place + 1], halves[place], halves[place + 1]
        start, end = edge - BEND - 4, edge + BEND - 4
        middle = (start + end) / 2
        upper += f"H{start}C{middle} {MIDDLE - here:.1f} {middle} {MIDDLE - there:.1f} {end} {MIDDLE - there:.1f}"
        bend = f"C{middle} {MIDDLE + there:.1f} {middle} {MIDDLE + here:.1f} {start} {MIDDLE + here:.1f}"
        lower = f"H{end}{bend}" + lower
    return f"{upper}H256V{MIDDLE + halves[-1]:.1f}{lower}H0Z"
