"""Working time: minutes of somebody's working hours between two moments, and the moment so many of them later. Pure.

A working day has whatever hours its calendar says; eight of them make the day of a clock (model: "eight to a day").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_DAYS = 732  # whoever does not work for two years does not work any more
Span = tuple[time, time]


def _no_holiday(day: date) -> bool:
    return False


@dataclass(frozen=True)
class Hours:
    """When one person works. `week`: spans by weekday, Monday 0; `away`: half-open ranges of days."""

    zone: ZoneInfo
    week: Mapping[int, Sequence[Span]]
    is_holiday: Callable[[date], bool] = _no_holiday
    away: Sequence[tuple[date, date]] = field(default_factory=tuple)

    def works_on(self, day: date) -> bool:
        """Whether it is one of their working days: no weekday off, no public holiday, no absence."""
        if not self.week.get(day.weekday()) or self.is_holiday(day):
            return False
        return not any(first <= day < back for first, back in self.away)

    def spans(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Their working spans from a moment on, as moments in UTC; ends where MOST_DAYS days bring no work.

        In UTC, because two moments of one zone compare by the wall's clock, which shows an hour twice in autumn.
        """
        day = since.astimezone(self.zone).date()
        reached, idle = since.astimezone(UTC), 0
        while idle < MOST_DAYS:
            idle += 1
            if self.works_on(day):
                for first, last in self.week[day.weekday()]:
                    begins = max(datetime.combine(day, first, tzinfo=self.zone).astimezone(UTC), reached)
                    ends = datetime.combine(day, last, tzinfo=self.zone).astimezone(UTC)
                    if ends > begins:
                        yield begins, ends
                        reached, idle = ends, 0
            day += timedelta(days=1)


def after(hours: Hours, since: datetime, minutes: int) -> datetime:
    """The moment at which so many working minutes have passed. Where no work comes any more, time is plain time.

    A clock that runs out with the working day ends then, not on the next morning.
    """
    left, reached = timedelta(minutes=minutes), since.astimezone(UTC)
    for begins, ends in hours.spans(since):
        if left <= ends - begins:
            return (begins + left if left else reached).astimezone(since.tzinfo)
        left -= ends - begins
        reached = ends
    return (reached + left).astimezone(since.tzinfo)


def minutes_between(hours: Hours, since: datetime, until: datetime) -> int:
    """Working minutes from one moment to another, rounded down; 0 when the second is not later."""
    passed, reached, until = timedelta(0), since.astimezone(UTC), until.astimezone(UTC)
    for begins, ends in hours.spans(since):
        if begins >= until:
            return int(passed.total_seconds() // 60)
        passed += min(ends, until) - begins
        reached = ends
    passed += max(until - reached, timedelta(0))
    return int(passed.total_seconds() // 60)


def shifted(hours: Hours, since: datetime, due: datetime, at: datetime) -> datetime:
    """When something falls due whose clock stood still between two moments. What was late by then stays late."""
    return due if due <= since else after(hours, at, minutes_between(hours, since, due))
