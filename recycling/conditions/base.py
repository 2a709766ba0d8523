"""The shape of a kind of condition: a handful of expressions over a pair, and one twin in plain Python with the words.

A *pair* is a condition bound beside an open job (recycling.conditions.pairs): its own columns by their names, the
job's as `j_...`, `is_own` for the job left and, where it came through a fit, the fit's as `fit_...`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import ClassVar

from django.db.models import DateTimeField, F, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest

from recruiting.core.days import day_of
from recruiting.jobs.models import Job
from recycling.models import Condition

LONG_AGO = Value(datetime(1970, 1, 1, tzinfo=UTC), DateTimeField())


@dataclass(frozen=True)
class Finding:
    """What one condition says beside one job. `text` is a whole sentence; `until` is the day the clock may turn it."""

    is_met: bool
    text: str
    fact: int = 0
    since: datetime | None = None
    is_confirmed: bool = True
    until: date | None = None


class Kind(ABC):
    """One kind. `test` is what must be true beside a job; `news` is a fact after the exit, which lifts the cool-down.

    Both have to hold where a value is missing: a NULL never passes. `unmet` says when a condition of this kind, met
    or not, stands in the way of *another* one for the same job. `explain` is the twin of `passes`.
    """

    key: ClassVar[str]
    fact: ClassVar[Combinable]
    since: ClassVar[Combinable]

    @abstractmethod
    def test(self, at: datetime) -> Q: ...

    @abstractmethod
    def news(self) -> Q: ...

    @abstractmethod
    def unmet(self, at: datetime) -> Q: ...

    @abstractmethod
    def explain(self, condition: Condition, job: Job, at: datetime) -> Finding: ...

    @abstractmethod
    def waits_for(self, condition: Condition, at: datetime) -> tuple[str, date | None]:
        """What this condition waits for, as a sentence that needs no job, and the day the clock may turn it."""

    @abstractmethod
    def stands_in_way(self, condition: Condition, job: Job, at: datetime) -> str:
        """The twin of `unmet`: what still stands in the way for this job, in words; empty where nothing known does."""

    def passes(self, at: datetime) -> Q:
        """The whole condition: the test, and either news or a cool-down that is over."""
        return self.test(at) & (self.news() | Q(cool_until__lte=day_of(at)))


def latest(*moments: datetime | None) -> datetime | None:
    known = [moment for moment in moments if moment is not None]
    return max(known) if known else None


def latest_of(*names: str) -> Greatest:
    """The bulk twin of latest(): a missing moment counts as long ago."""
    return Greatest(*(Coalesce(F(name), LONG_AGO) for name in names))


def is_after(moment: datetime | None, then: datetime) -> bool:
    return moment is not None and moment > then
