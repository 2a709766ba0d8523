"""Simulated time: lives are generators that yield how long they wait; the world runs whoever is next."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from recruiting.accounts.models import User
from recruiting.core.days import day_of, organisation_zone
from recruiting.jobs.models import Job
from recruiting.skills.models import Skill
from recycling.models import ExitReason

Life = Iterator[timedelta]


@dataclass
class World:
    """Everything a life may ask for. `now` only runs forward, so a year happens in the order it would have."""

    rng: random.Random
    start: datetime
    end: datetime
    users: dict[str, User] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    musts: dict[int, list[tuple[Skill, int | None]]] = field(default_factory=dict)  # by job key
    skills: dict[str, Skill] = field(default_factory=dict)
    reasons: dict[str, ExitReason] = field(default_factory=dict)
    now: datetime = field(init=False)
    _queue: list[tuple[datetime, int, Life]] = field(default_factory=list)
    _count: int = 0

    def __post_init__(self) -> None:
        self.now = self.start

    @property
    def today(self) -> date:
        return day_of(self.now)

    def begin(self, at: datetime, life: Life) -> None:
        """Let a life begin at a moment."""
        self._count += 1
        heapq.heappush(self._queue, (at, self._count, life))

    def run(self, *, every: timedelta, meanwhile: Callable[[World], None]) -> None:
        """Run all lives up to the end, and `meanwhile` between them at each interval."""
        pause = self.start + every
        while self._queue and self._queue[0][0] < self.end:
            at, _number, life = heapq.heappop(self._queue)
            while pause <= at:
                self.now = pause
                meanwhile(self)
                pause += every
            self.now = at
            wait = next(life, None)
            if wait is not None:
                self.begin(self.in_office(at + wait), life)
        self.now = self.end

    def in_office(self, at: datetime) -> datetime:
        """The same moment or the next one at which somebody works: Monday to Friday, nine to six."""
        local = at.astimezone(organisation_zone())
        if not 9 <= local.hour < 18:
            local = local.replace(hour=9 + self.rng.randrange(9), minute=self.rng.randrange(60))
        while local.weekday() > 4:
            local += timedelta(days=1)
        return max(local, at)

    def days(self, low: float, high: float) -> timedelta:
        return timedelta(days=self.rng.uniform(low, high))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share
