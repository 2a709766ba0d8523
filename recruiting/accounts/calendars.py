"""Working time: minutes of somebody's working hours between two moments, and the moment so many of them later. Pure.

A working day has whatever hours its calendar says; eight of them make the day of a clock (model: "eight to a day").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MOST_DAYS = 732  # a calendar without a working day in two years has none
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
        """Their working spans from a moment on, as moments; ends after MOST_DAYS days."""
        day = since.astimezone(self.zone).date()
        for _number in range(MOST_DAYS):
            if self.works_on(day):
                for first, last in self.week[day.weekday()]:
                    begins = datetime.combine(day, first, tzinfo=self.zone)
                    ends = datetime.combine(day, last, tzinfo=self.zone)
                    if ends > since:
                        yield max(begins, since), ends
            day += timedelta(days=1)


def after(hours: Hours, since: datetime, minutes: int) -> datetime:
    """The moment at which so many working minutes have passed. Whoever never works gets plain time.

    A clock that runs out with the working day ends then, not on the next morning.
    """
    left = timedelta(minutes=minutes)
    for begins, ends in hours.spans(since):
        span = ends.timestamp() - begins.timestamp()  # by the clock on the wall two spans may differ: summer time
        if left <= timedelta(seconds=span):
            return datetime.fromtimestamp(begins.timestamp() + left.total_seconds(), tz=since.tzinfo)
        left -= timedelta(seconds=span)
    return since + timedelta(minutes=minutes)


def minutes_between(hours: Hours, since: datetime, until: datetime) -> int:
    """Working minutes from one moment to another, rounded down; 0 when the second is not later."""
    seconds = 0.0
    for begins, ends in hours.spans(since):
        if begins >= until:
            break
        seconds += min(ends, until).timestamp() - begins.timestamp()
    return int(seconds // 60)
