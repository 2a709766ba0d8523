"""The numbers of the funnel: one definition each, pure. A rate over nothing is no data (None), never 0 %."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from funnel.elapsed import days_between
from funnel.stages import INDEX


@dataclass(frozen=True, slots=True)
class Rate:
    """A share never stands without what it is a share of."""

    passed: int
    n: int

    @property
    def share(self) -> float | None:
        return self.passed / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Reach:
    """reach_rate with its maturity: how much of the cohort is finished."""

    rate: Rate
    maturity: Rate


@dataclass(frozen=True, slots=True)
class Way:
    """`n` applications of a cohort: how far they came by the day we look, and whether they are finished."""

    furthest_stage: str
    is_finished: bool
    n: int = 1


def reach_rate(cohort: Sequence[Way], to: str) -> Reach:
    """Of those who entered the cohort's first stage in the window, the share whose furthest stage is at least `to`.

    Skips count as passed, because only the furthest stage is asked.
    """
    whole = sum(way.n for way in cohort)
    reached = sum(way.n for way in cohort if INDEX[way.furthest_stage] >= INDEX[to])
    return Reach(Rate(reached, whole), maturity=Rate(sum(way.n for way in cohort if way.is_finished), whole))


def reach_rate_finished(cohort: Sequence[Way], to: str) -> Rate:
    """The same among the finished only: nobody who may still get there stands below the line."""
    return reach_rate([way for way in cohort if way.is_finished], to).rate


def decided_rate(advanced: int, ended: int) -> Rate:
    """Of the visits that ended in the window, the share that advanced. The default for planning."""
    return Rate(advanced, ended)


def flow_ratio(entered_next: int, entered: int) -> float | None:
    """Entered k+1 / entered k in one window. May exceed 100 %, and is never called conversion."""
    return entered_next / entered if entered else None


def quantile(values: Sequence[float], share: float) -> float | None:
    """The value at a share of the ordered row, between neighbours in proportion (as percentile_cont does)."""
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and third quartile of elapsed days, and of how many stays. Pooled, never a mean of means."""

    median: float | None
    p75: float | None
    n: int


def spread(days: Sequence[float]) -> Spread:
    return Spread(quantile(days, 0.5), quantile(days, 0.75), len(days))


@dataclass(frozen=True, slots=True)
class TimeInStage:
    """Of visits that ended in the window, advanced and exited apart; and how many are still waiting."""

    advanced: Spread
    exited: Spread
    waiting: int


@dataclass(frozen=True, slots=True)
class Balance:
    """start + in − out = end. All four are counted by themselves, so that a difference shows."""

    start: int
    entered: int
    left: int
    end: int

    @property
    def difference(self) -> int:
        return self.start + self.entered - self.left - self.end


@dataclass(frozen=True, slots=True)
class OfferAcceptance:
    """offer_acceptance, and what stands apart from it."""

    rate: Rate
    rescinded: int
    did_not_start: int


def offer_acceptance(
    *, accepted: int, declined: int, expired: int, rescinded: int = 0, did_not_start: int = 0
) -> OfferAcceptance:
    """Accepted / (accepted + declined + expired). Taken back, or accepted and never started: beside it, in no rate."""
    return OfferAcceptance(Rate(accepted, accepted + declined + expired), rescinded, did_not_start)


def time_to_hire(entered_at: datetime, accepted_at: datetime) -> float:
    """From the first entry of this cycle to the offer accepted; what lay between cycles is not in it."""
    return days_between(entered_at, accepted_at)


def time_to_fill(approved_at: datetime, accepted_at: datetime, held_days: float = 0) -> float:
    """From the opening approved to the offer accepted, less the days the job was on hold."""
    return max(0.0, days_between(approved_at, accepted_at) - held_days)
