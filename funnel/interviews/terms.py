"""What an interview is made of, as a form or an API hands it in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from recruiting.accounts.models import User
from recruiting.candidates.models import ContactPoint
from recruiting.jobs.models import Step


@dataclass(frozen=True)
class Letter:
    """A text for the candidate that somebody read and approved, and where it goes. It leaves word by word."""

    subject: str
    text: str
    to: ContactPoint


@dataclass(frozen=True)
class Terms:
    """When, how long, who asks, and where. An empty title means: called as its step is called."""

    starts_at: datetime
    minutes: int
    interviewers: tuple[User, ...]
    place: str = ""
    video_url: str = ""
    title: str = ""
    note: str = ""
    step: Step | None = None
    letter: Letter | None = None

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)
