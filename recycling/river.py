"""The river of a person: every cycle along the surface, every rest under it, as lines and words in a drawing. Pure.

Four lanes with hire on top, a waterline, still water below. Days inside a cycle are to scale; a rest has a fixed width.
All lengths are units of the drawing, 1190 × 220.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

WIDTH, HEIGHT = 1190, 220
LANES = {"hire": 20, "interview": 52, "screening": 84, "sourcing": 116}
REST_LANE = 170
LEFT, RIGHT = 96, 1182
RADIUS = 10
REST, REST_CROWDED, COMING_UP, GAP, CODA, TAIL = 220, 150, 44, 26, 146, 48
STAY_MIN, WAY_MIN = 30, 96
SHOWN = 3  # cycles; earlier ones are in the list beside it
SMALL = 11  # size of the lesser words
DAY_MOST = 12  # a short cycle does not fill the drawing
_DATE_ROOM = 62

Point = tuple[float, float]


@dataclass(frozen=True)
class Stay:
    """One stay in one stage; no days where the history has no dates."""

    stage: str
    days: float | None = None


@dataclass(frozen=True)
class Way:
    """One way through one job. Words come in as they are to be read; an empty one is not drawn."""

    heading: str  # "Cycle 2"
    job: str  # "Payments · 70 days"
    stays: Sequence[Stay]
    outcome: str  # "open", "left" or "hired"
    started: str = ""  # a day, in words
    ended: str = ""
    why: str = ""  # the decisive reason
    who: str = ""  # at which stage, and who decided
    came_back: str = ""  # what changed


@dataclass(frozen=True)
class Rest:
    """A stay under the surface; the last one may go on until today."""

    said: str  # "237 days in Skill"
    goes_on: bool = False


@dataclass(frozen=True)
class Could:
    """Where and when they could come back."""

    stage: str
    said: str  # "1 Jan"
    earliest: str  # the word for "earliest"


@dataclass(frozen=True)
class Text:
    x: float
    y: float
    said: str
    look: str = ""
    anchor: str = "start"


@dataclass
class River:
    """Ready to be drawn: (look, path) pairs, (look, x, y, radius) dots, words, and where today is."""

    paths: list[tuple[str, str]] = field(default_factory=list)
    dots: list[tuple[str, float, float, float]] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    today: float | None = None


def draw(course: Sequence[Way | Rest], *, today: str, today_word: str, could: Could | None = None) -> River:
    """The whole course, oldest first; only its last cycles where there are many."""
    course = _latest(course)
    widths = _widths(course, could)
    river, x = River(), float(LEFT)
    dates: list[tuple[float, str]] = []
    way_number = sum(isinstance(part, Way) for part in course)
    for place, (part, width) in enumerate(zip(course, widths, strict=True)):
        before = course[place - 1] if place else None
        if isinstance(part, Rest):
            x = _rest(river, part, before, x, width)
            continue
        way_number -= 1
        if isinstance(before, Rest):
            x = _come_up(river, part, x)
        elif before is not None:
            x += GAP
        room = sum(widths[place : place + 2])
        _way(river, part, x, width, room, is_latest=way_number == 0)
        dates += [(x, part.started), (x + width, part.ended)]
        x += width
    goes_on = bool(course) and (course[-1].goes_on if isinstance(course[-1], Rest) else course[-1].outcome == "open")
    if goes_on:
        river.today = round(x, 1)
        river.texts.append(Text(x + 6, 13, today_word, "t-s halo"))
        dates.append((x, today))
        if could and isinstance(course[-1], Rest):
            _could(river, could, x)
    _axis(river, dates)
    return river


def _latest(course: Sequence[Way | Rest]) -> list[Way | Rest]:
    ways = [place for place, part in enumerate(course) if isinstance(part, Way)]
    return list(course[ways[-SHOWN] :] if len(ways) > SHOWN else course)


def _widths(course: Sequence[Way | Rest], could: Could | None) -> list[float]:
    """Rests have one width; the cycles share what is left by their days, none narrower than its stays need."""
    rests = sum(isinstance(part, Rest) for part in course)
    rest = REST if rests <= 2 else REST_CROWDED
    ups = sum(isinstance(one, Rest) and isinstance(two, Way) for one, two in pairwise(course))
    gaps = sum(isinstance(one, Way) and isinstance(two, Way) for one, two in pairwise(course))
    free = RIGHT - LEFT - rests * rest - ups * COMING_UP - gaps * GAP - (CODA if could else TAIL)
    needs = [max(WAY_MIN, STAY_MIN * len(part.stays)) if isinstance(part, Way) else 0 for part in course]
    days = [_days(part) for part in course]
    whole = sum(days) or 1
    spare = min(max(0.0, free - sum(needs)), whole * DAY_MOST)
    return [
        rest if isinstance(part, Rest) else need + spare * share / whole
        for part, need, share in zip(course, needs, days, strict=True)
    ]


def _days(part: Way | Rest) -> float:
    return sum(max(stay.days or 0, 1) for stay in part.stays) if isinstance(part, Way) else 0


def _way(river: River, way: Way, x: float, width: float, room: float, *, is_latest: bool) -> None:
    spare = width - STAY_MIN * len(way.stays)
    whole = _days(way)
    points: list[Point] = []
    at = x
    for stay in way.stays:
        y = LANES[stay.stage]
        points.append((at, y))
        at += STAY_MIN + spare * max(stay.days or 0, 1) / whole
        points.append((at, y))
    river.paths.append(("way--now" if is_latest else "way--past", rounded(points)))
    last_y = points[-1][1]
    look = {"left": "p--exit", "hired": "p--return"}.get(way.outcome, "p--now")
    river.dots.append((look, round(at, 1), last_y, 5.5))
    heading = fit(way.heading, room - 8)
    river.texts.append(Text(x, 10, heading, "t-b"))
    indent = length(heading) + 8
    river.texts.append(Text(x + indent, 10, fit(way.job, room - indent - 12, SMALL), "t-s"))
    if way.outcome == "left":
        top = 35 if last_y == LANES["hire"] else last_y - 17
        river.texts.append(Text(at + 28, top, fit(way.why, room - width - 34), "t-exit halo"))
        river.texts.append(Text(at + 28, top + 13, fit(way.who, room - width - 34, SMALL), "t-s halo"))
    if way.came_back:
        y = LANES[way.stays[0].stage]
        river.texts.append(Text(x + 12, y + 20, fit(way.came_back, width + 8), "t-return halo"))


def _rest(river: River, rest: Rest, before: Way | Rest | None, x: float, width: float) -> float:
    if isinstance(before, Way):
        y = LANES[before.stays[-1].stage]
        points = [(x, y), (x + 18, y), (x + 18, REST_LANE), (x + width, REST_LANE)]
    else:
        points = [(x, REST_LANE), (x + width, REST_LANE)]
    river.paths.append(("way--rest", rounded(points)))
    river.texts.append(Text(x + 34, REST_LANE - 10, fit(rest.said, width - 40)))
    return x + width


def _come_up(river: River, way: Way, x: float) -> float:
    y = LANES[way.stays[0].stage]
    river.paths.append(("way--up", rounded([(x, REST_LANE), (x + 20, REST_LANE), (x + 20, y), (x + COMING_UP, y)])))
    river.dots.append(("p--return", round(x + COMING_UP, 1), y, 6))
    return x + COMING_UP


def _could(river: River, could: Could, x: float) -> None:
    y = LANES[could.stage]
    points = [(x, REST_LANE), (x + 78, REST_LANE), (x + 78, y), (x + CODA, y)]
    river.paths.append(("way--could", rounded(points)))
    river.texts.append(Text(x + 88, REST_LANE - 10, could.said, "t-return"))
    river.texts.append(Text(x + 88, y - 8, could.earliest, "t-s"))


def _axis(river: River, dates: Sequence[tuple[float, str]]) -> None:
    """Days under the drawing; one that would stand on its neighbour is left out."""
    last = -float(_DATE_ROOM)
    for x, said in dates:
        if said and x - last >= _DATE_ROOM:
            first = not any(text.y == HEIGHT - 6 for text in river.texts)
            river.texts.append(Text(x, HEIGHT - 6, said, "t-s", "start" if first and x == LEFT else "middle"))
            last = x


def rounded(points: Sequence[Point], radius: float = RADIUS) -> str:
    """A path along these corners (all right angles), each rounded as far as its shorter side allows."""
    corners = [point for place, point in enumerate(points) if not place or point != points[place - 1]]
    path = [f"M{_at(corners[0])}"]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        near = min(radius, _far(before, corner) / 2, _far(corner, after) / 2)
        path.append(f"L{_at(_towards(corner, before, near))}Q{_at(corner)} {_at(_towards(corner, after, near))}")
    path.append(f"L{_at(corners[-1])}")
    return "".join(path)


def _far(one: Point, two: Point) -> float:
    return abs(one[0] - two[0]) + abs(one[1] - two[1])


def _towards(start: Point, end: Point, by: float) -> Point:
    whole = _far(start, end) or 1
    return (start[0] + (end[0] - start[0]) * by / whole, start[1] + (end[1] - start[1]) * by / whole)


def _at(point: Point) -> str:
    return " ".join(f"{value:.1f}".removesuffix(".0") for value in point)


def length(text: str, size: float = 12) -> float:
    """About how wide words of this size are: a Japanese character is twice a Latin one."""
    return sum(size if unicodedata.east_asian_width(char) in "WF" else size * 0.52 for char in text)


def fit(text: str, room: float, size: float = 12) -> str:
    """The words that have room, cut with an ellipsis; nothing where not even two characters would be left."""
    if length(text, size) <= room:
        return text
    kept = text
    while kept and length(kept, size) + size / 2 > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if len(kept) > 2 else ""
