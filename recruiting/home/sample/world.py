"""Simulated time: lives are generators that yield how long they wait; the world runs whoever is next."""

from __future__ import annotations

import heapq
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from recruiting.accounts.calendars import Hours, after, minutes_between
from recruiting.accounts.hours import hours_of
from recruiting.accounts.models import User
from recruiting.core.days import day_of, organisation_zone
from recruiting.core.refused import Refused
from recruiting.jobs.gates import GateToday, attributes_of, gates_of
from recruiting.jobs.models import Attribute, Job, JobSeat, Seat
from recruiting.skills.models import Skill
from recycling.models import ExitReason

Life = Iterator[timedelta | datetime]  # how long they wait, or until which very moment


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
    booked: set[tuple[int, datetime]] = field(default_factory=set)  # who sits in an interview, and when
    refused: list[str] = field(default_factory=list)
    now: datetime = field(init=False)
    _queue: list[tuple[datetime, int, Life]] = field(default_factory=list)
    _count: int = 0
    _hours: dict[int, Hours] = field(default_factory=dict)
    _gates: dict[int, dict[str, GateToday]] = field(default_factory=dict)
    _attributes: dict[int, list[Attribute]] = field(default_factory=dict)

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
            wait = self._live(life)
            if isinstance(wait, datetime):
                self.begin(max(wait, at), life)
            elif wait is not None:
                self.begin(self.in_office(at + wait), life)
        self.now = self.end

    def _live(self, life: Life) -> timedelta | datetime | None:
        """On to their next wait; None at the end. Where somebody else was first, theirs ends there, as in any house."""
        try:
            return next(life, None)
        except Refused as refused:
            self.refused.append(refused.message)
            return None

    # --- Time ---------------------------------------------------------------------------------------------------------

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

    def is_ending(self, days: float) -> bool:
        """Whether today is so near that what begins now may still wait when the visitor comes."""
        return self.now > self.end - timedelta(days=days)

    def hours(self, user: User) -> Hours:
        if user.pk not in self._hours:
            self._hours[user.pk] = hours_of(user, self.start)
        return self._hours[user.pk]

    def calendars_changed(self) -> None:
        self._hours.clear()

    def working(self, user: User, minutes: int) -> datetime:
        """The moment at which they have worked so many minutes from now on."""
        return after(self.hours(user), self.now, minutes)

    def soon(self, user: User, hours: float = 2.5) -> datetime:
        """When somebody gets round to something: mostly within some of their working hours, now and then much later."""
        return self.working(user, int(self.rng.lognormvariate(0, 0.75) * hours * 60))

    def ago(self, user: User, minutes: int, until: datetime | None = None) -> datetime:
        """The last moment from which they have worked so many minutes until then, or until today."""
        hours, until = self.hours(user), until or self.end
        low, high = until - timedelta(days=35), until
        while high - low > timedelta(seconds=30):
            middle = low + (high - low) / 2
            if minutes_between(hours, middle, until) >= minutes:
                low = middle
            else:
                high = middle
        return low

    # --- What is there ------------------------------------------------------------------------------------------------

    def gate(self, job: Job, to_stage: str) -> GateToday:
        if job.pk not in self._gates:
            self._gates[job.pk] = gates_of(job)
        return self._gates[job.pk][to_stage]

    def attributes(self, job: Job) -> list[Attribute]:
        if job.pk not in self._attributes:
            self._attributes[job.pk] = attributes_of(job)
        return self._attributes[job.pk]

    def decider(self, job: Job) -> User:
        """Who holds the hiring manager's seat now, in their own name."""
        seats = JobSeat.objects.filter(job=job, seat=Seat.HIRING_MANAGER, until=None, deputy_for=None)
        return seats.select_related("user").order_by("pk")[0].user

    def chance(self, share: float) -> bool:
        return self.rng.random() < share
