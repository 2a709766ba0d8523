"""One thing that waits for somebody: an icon, who, what, when, and one verb."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from recruiting.candidates.models import Candidate
from recruiting.jobs.models import Job

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Line:
    """`due_on` sorts it: before today is late, until a week from now is this week. `due_at` is its clock."""

    icon: str
    said: str
    url: str
    verb: str
    due_on: date
    person: Candidate | None = None
    job: Job | None = None
    is_dialog: bool = False
    show_due: bool = True
    due_at: datetime | None = None
    starts_at: datetime | None = None
    tone: str = ""
    who: str = ""  # neither a person nor a job: several of them

    def is_late(self, today: date, now: datetime) -> bool:
        return self.due_at < now if self.due_at else self.due_on < today


@dataclass
class Waiting:
    """The lines of a desk in three parts. `is_cut` where a source had more than it was asked for."""

    late: list[Line] = field(default_factory=list)
    today: list[Line] = field(default_factory=list)
    week: list[Line] = field(default_factory=list)
    is_cut: bool = False

    @property
    def count(self) -> int:
        return len(self.late) + len(self.today) + len(self.week)


def sorted_out(sources: Iterable[Sequence[Line]], today: date, most: int, now: datetime) -> Waiting:
    """The lines of all sources by the day they are due; what lies further ahead than a week waits unseen.

    Among what is late or due today a running clock comes first: somebody else waits at its other end.
    """
    waiting = Waiting()
    for lines in sources:
        waiting.is_cut |= len(lines) >= most
        for line in lines:
            if line.is_late(today, now):
                waiting.late.append(line)
            elif line.due_on <= today:
                waiting.today.append(line)
            elif line.due_on <= today + WEEK:
                waiting.week.append(line)
    for part in (waiting.late, waiting.today):
        part.sort(key=lambda line: (line.due_at is None, line.due_on, line.due_at or now))
    waiting.week.sort(key=lambda line: (line.due_on, line.due_at is None, line.due_at or now))
    return waiting
