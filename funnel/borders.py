"""What crosses the borders between the stages, between whom and how well: one definition each, pure.

Sources: model.md, 6 (handoffs: the numbers between stages) and 7 (numbers: every figure shows its n, and is None,
"no data", instead of a rate over nothing). Counted is what the selectors bring: no handoff of an application that ended
for an administrative reason, none whose crossing was voided by a correction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from funnel.metrics import Rate
from funnel.stages import INDEX, ORDER

ACCEPTED, RETURNED, DECIDED, WITHDRAWN, OFFERED = "accepted", "returned", "decided", "withdrawn", "offered"
ANSWERS = (ACCEPTED, RETURNED, DECIDED)
HIRED = "hired"
RUNNING = ("active", "on_hold")
LATER = 2  # stages on, at which a handover is judged
TENTHS = 10  # a response is counted in tenths of a working hour
WEEKS = 8


@dataclass(frozen=True, slots=True)
class Alike:
    """`n` handoffs that differ in nothing that is counted. `was_…`: inside the window that is looked at."""

    to_stage: str
    from_role: str
    to_role: str
    from_user: int
    to_user: int
    state: str
    n: int = 1
    is_at_once: bool = False  # both sides were one person
    is_again: bool = False  # this card had been offered over this border before
    is_in_time: bool | None = None
    failed: int | None = None  # the criterion it came back for
    furthest_stage: str = ""  # of the application, today; and its outcome
    outcome: str = ""
    was_offered: bool = True
    was_answered: bool = True
    is_late: bool = False  # it waits, and its clock has run out


@dataclass(frozen=True, slots=True)
class Response:
    """Median and 90th percentile of the receiver's working hours, and of how many answers."""

    median: float | None
    p90: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Quality:
    """What became of those accepted, with its maturity: of how many the end is known."""

    rate: Rate
    maturity: Rate


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of a pair of roles or of one person: counts as they are, and the rates that follow from them."""

    offered: int = 0
    again: int = 0
    accepted: int = 0
    returned: int = 0
    decided: int = 0
    withdrawn: int = 0
    at_once: int = 0
    waiting: int = 0
    late: int = 0
    in_time: Rate = field(default_factory=lambda: Rate(0, 0))
    quality: Quality = field(default_factory=lambda: Quality(Rate(0, 0), Rate(0, 0)))
    response: Response = field(default_factory=lambda: Response(None, None, 0))
    returns: tuple[tuple[int | None, int], ...] = ()  # criterion (None: none was named) and how often, most often first

    @property
    def acceptance(self) -> Rate:
        return acceptance(self.accepted, self.returned)

    @property
    def re_offers(self) -> Rate:
        """Of what was offered, the share that had come back or been taken back before."""
        return Rate(self.again, self.offered)

    @property
    def is_empty(self) -> bool:
        return not (self.offered or self.waiting or self.at_once or self.withdrawn or self.acceptance.n or self.decided)


def acceptance(accepted: int, returned: int) -> Rate:
    """accepted / (accepted + returned). Decided stands beside it and withdrawn nowhere (model, 6)."""
    return Rate(accepted, accepted + returned)


def figures(rows: Iterable[Alike], response: Mapping[int, int] | None = None) -> Figures:
    """The figures of these handoffs. `response`: how many answers took so many tenths of a working hour.

    Offered by the moment of the offer, everything answered by the moment of the answer, waiting as of now. What was
    accepted at once because both sides are one person is counted apart and is in no rate.
    """
    rows = list(rows)
    between_two = [row for row in rows if not row.is_at_once]
    answered = [row for row in between_two if row.was_answered]
    by_state: Counter[str] = Counter()
    for row in answered:
        by_state[row.state] += row.n
    offered = [row for row in between_two if row.was_offered]
    waiting = [row for row in between_two if row.state == OFFERED]
    return Figures(
        offered=_sum(offered),
        again=_sum(row for row in offered if row.is_again),
        accepted=by_state[ACCEPTED],
        returned=by_state[RETURNED],
        decided=by_state[DECIDED],
        withdrawn=by_state[WITHDRAWN],
        at_once=_sum(row for row in rows if row.is_at_once and row.was_answered and row.state == ACCEPTED),
        waiting=_sum(waiting),
        late=_sum(row for row in waiting if row.is_late),
        in_time=within_clock(answered),
        quality=quality(answered),
        response=response_of(response or {}),
        returns=returns_by_criterion(answered),
    )


def _sum(rows: Iterable[Alike]) -> int:
    return sum(row.n for row in rows)


def within_clock(rows: Iterable[Alike]) -> Rate:
    """Of those the receiver answered (accepted, returned, decided), the share answered before the clock ran out."""
    timed = [row for row in rows if row.state in ANSWERS and row.is_in_time is not None]
    return Rate(_sum(row for row in timed if row.is_in_time), _sum(timed))


def returns_by_criterion(rows: Iterable[Alike]) -> tuple[tuple[int | None, int], ...]:
    """Which criterion they came back for, most often first."""
    counted: Counter[int | None] = Counter()
    for row in rows:
        if row.state == RETURNED:
            counted[row.failed] += row.n
    return tuple(sorted(counted.items(), key=lambda pair: (-pair[1], pair[0] is None, pair[0] or 0)))


def aim(to_stage: str) -> str:
    """What a handover into a stage is judged by, two stages on: the hire stage, else the hire itself."""
    place = INDEX[to_stage] + LATER
    return ORDER[place] if place < len(ORDER) else HIRED


def has_arrived(row: Alike) -> bool:
    """Whether their application reached the aim: that stage at the furthest, or the hire."""
    if row.outcome == HIRED:
        return True
    target = aim(row.to_stage)
    return target != HIRED and bool(row.furthest_stage) and INDEX[row.furthest_stage] >= INDEX[target]


def quality(rows: Iterable[Alike]) -> Quality:
    """Of accepted handoffs whose application reached the aim or ended: the share that reached it (model, 6).

    Those still on their way are in the maturity alone: known / accepted.
    """
    taken = [row for row in rows if row.state == ACCEPTED]
    arrived = _sum(row for row in taken if has_arrived(row))
    known = _sum(row for row in taken if has_arrived(row) or row.outcome not in RUNNING)
    return Quality(Rate(arrived, known), maturity=Rate(known, _sum(taken)))


def tenths(minutes: int) -> int:
    """Working minutes as tenths of an hour, to the nearest: the unit responses are counted in."""
    return (minutes + 3) // 6


def quantile_of(counted: Mapping[int, int], share: float) -> float | None:
    """metrics.quantile over counted values: between neighbours in proportion, as percentile_cont does."""
    whole = sum(counted.values())
    if not whole:
        return None
    place = share * (whole - 1)
    below = int(place)
    low, high = _value_at(counted, below), _value_at(counted, min(below + 1, whole - 1))
    return low + (high - low) * (place - below)


def _value_at(counted: Mapping[int, int], place: int) -> int:
    """The value at a place of the ordered row, counted from nought."""
    passed = 0
    for value, n in sorted(counted.items()):
        passed += n
        if place < passed:
            return value
    raise IndexError(place)


def response_of(counted: Mapping[int, int]) -> Response:
    """Median and 90th percentile in working hours, from counts by tenths of an hour. Pooled, never a mean of means."""
    median, p90 = quantile_of(counted, 0.5), quantile_of(counted, 0.9)
    return Response(_hours(median), _hours(p90), sum(counted.values()))


def _hours(value: float | None) -> float | None:
    return None if value is None else value / TENTHS


def pooled(parts: Iterable[Mapping[int, int]]) -> Counter[int]:
    """Several people's counted responses as one."""
    together: Counter[int] = Counter()
    for part in parts:
        together.update(part)
    return together


# --- The weekly contract of a border ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Promise:
    """What was agreed for a week: so many accepted, of this acceptance, answered within so many hours at the median."""

    volume: int
    acceptance: float
    response_hours: int


@dataclass(frozen=True, slots=True)
class Week:
    """A week of the organisation at one border, against what was agreed for it. None: nothing to judge.

    The sender owes volume and acceptance, the receiver the response. A running week can keep its volume, not miss it.
    """

    begins_on: date
    accepted: int
    acceptance: Rate
    response: Response
    promise: Promise | None = None
    is_running: bool = False

    @property
    def keeps_volume(self) -> bool | None:
        if self.promise is None or (self.is_running and self.accepted < self.promise.volume):
            return None
        return self.accepted >= self.promise.volume

    @property
    def keeps_acceptance(self) -> bool | None:
        if self.promise is None or self.acceptance.share is None:
            return None
        return self.acceptance.share >= self.promise.acceptance

    @property
    def keeps_response(self) -> bool | None:
        if self.promise is None or self.response.median is None:
            return None
        return self.response.median <= self.promise.response_hours


def monday_of(day: date) -> date:
    """The first day of its ISO week."""
    return day - timedelta(days=day.weekday())


def first_monday(day: date) -> date:
    """That day if it is a Monday, else the next one: a weekly contract begins and ends with a week."""
    return day + timedelta(days=-day.weekday() % 7)


def last_weeks(day: date, count: int = WEEKS) -> list[date]:
    """The Mondays of the running week and of those before it, oldest first."""
    monday = monday_of(day)
    return [monday - timedelta(weeks=back) for back in range(count - 1, -1, -1)]


def promise_on(monday: date, terms: Sequence[tuple[date, date | None, Promise]]) -> Promise | None:
    """What was in force when a week began; `terms`: from, until (half-open) and what was agreed."""
    return next((one for since, until, one in terms if since <= monday and (until is None or monday < until)), None)
