"""One row or file as it tells of one person: plain values, and what has to be said about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from recruiting.integrations.reading.notes import Note
from recruiting.integrations.reading.values import language_of

NAME, LONG, PLACE = 80, 160, 120  # characters that our columns hold


@dataclass(slots=True)
class Past:
    """One way through one job. `stages` are those they stood in, with the day they came, where it is known."""

    job: str
    stages: list[tuple[str, date | None]]
    is_hired: bool = False
    withdrew: bool = False
    application_id: str = ""
    came_on: date | None = None
    ended_on: date | None = None
    starts_on: date | None = None
    reason: str = ""  # as it is called there
    told: bool | None = None
    told_on: date | None = None
    is_dated: bool = False

    @property
    def furthest(self) -> str:
        return self.stages[-1][0]


@dataclass(slots=True)
class Basis:
    """What future use rests on: announced or agreed, since when, until when (None: so many months)."""

    kind: str
    since: date | None
    until: date | None = None
    months: int | None = None


@dataclass(slots=True)
class Arrival:
    """A person as a row tells of them. `points` are (kind, value, normal form); `skills` (term, level as written)."""

    number: int
    external_id: str
    family: str = ""
    given: str = ""
    kana: tuple[str, str] = ("", "")
    shown: str = ""  # what stands for a missing name
    points: list[tuple[str, str, str]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    country: str = ""
    location: str = ""
    employer: str = ""
    title: str = ""
    since: date | None = None
    available_on: date | None = None
    skills: list[tuple[str, str]] = field(default_factory=list)
    channel: str = ""
    campaign: str = ""
    came_on: date | None = None
    basis: Basis | None = None
    extra: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)  # our field → the column it was read from
    past: Past | None = None
    way: str = ""  # what tells this way through a job from another
    notes: list[Note] = field(default_factory=list)
    is_refused: bool = False
    seen_on: date | None = None  # when what it says was true

    @property
    def language(self) -> str:
        return language_of(self.family, self.given, *self.kana)

    @property
    def name(self) -> str:
        parts = (self.family, self.given) if self.language != "en" else (self.given, self.family)
        return " ".join(part for part in parts if part) or self.shown

    def say(self, code: str, **terms: object) -> None:
        self.notes.append([code, {key: str(value)[:200] for key, value in terms.items()}])
