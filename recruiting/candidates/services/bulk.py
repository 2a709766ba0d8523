"""Many people at once: the set-based twins of people, contact_points, sources, consent and evidence.

A `Person` is somebody as they are to be: new, or known and filled up. Nothing known is overwritten. A test writes the
same people one by one and compares.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from recruiting.accounts.models import User
from recruiting.candidates.models import (
    Candidate,
    ContactKind,
    ContactPoint,
    EvidenceState,
    LawfulBasis,
    Purpose,
    SkillEvidence,
    Source,
)
from recruiting.candidates.models.contact_points import REACHABLE
from recruiting.candidates.models.evidence import EvidenceSource
from recruiting.candidates.normal import search_text, searched_phone
from recruiting.candidates.services.consent import use_months
from recruiting.candidates.services.sources import SourceTerms
from recruiting.core import bulk
from recruiting.core.days import day_of, plus_months
from recruiting.core.models import Event

PLAIN = (
    *("family_name", "given_name", "family_kana", "given_kana", "name_lang", "language", "country", "location"),
    *("employer", "title", "employer_since_on", "links", "available_on", "external_source", "external_id", "extra"),
)
KEPT = (*PLAIN, "use_until", "keep_until", "employed_on", "departed_on", "skills_changed_at")


@dataclass(frozen=True, slots=True)
class Skilled:
    """Something that speaks for a skill: the skill's key, or the word alone where the list does not know it."""

    skill: int | None
    term: str
    level: int | None
    seen_on: date


@dataclass(slots=True)
class Person:
    """Somebody as they are to be. `key` is 0 while they are new; `changed` names what has to be written."""

    columns: dict[str, Any] = field(default_factory=dict)
    key: int = 0
    points: dict[tuple[str, str], str] = field(default_factory=dict)  # (kind, normal) → as written
    reach: tuple[int, str] | None = None  # key and kind of the contact point that is offered first
    has_origin: bool = False
    bases: set[tuple[str, date, date | None]] = field(default_factory=set)
    withdrawn_on: date | None = None
    skills: set[tuple[int | None, str, int | None]] = field(default_factory=set)
    new_points: list[tuple[str, str]] = field(default_factory=list)
    new_sources: list[SourceTerms] = field(default_factory=list)
    new_bases: list[tuple[str, date, date | None]] = field(default_factory=list)
    new_skills: list[Skilled] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)  # keys of the new ones, once written
    changed: set[str] = field(default_factory=set)

    @property
    def is_new(self) -> bool:
        return not self.key

    @property
    def is_touched(self) -> bool:
        return bool(self.changed or self.new_points or self.new_sources or self.new_bases or self.new_skills)

    @property
    def facts(self) -> int:
        """How much is known of them: it grows by whatever is added."""
        kept = sum(1 for value in self.columns.values() if value) + len(self.columns.get("extra") or ())
        return kept + len(self.points) + len(self.bases) + len(self.skills) + len(self.columns.get("links") or ())

    def fill(self, **values: Any) -> list[str]:
        """Take what is missing; return the columns that hold something else already."""
        differing = []
        for name, value in values.items():
            if not value:
                continue
            held = self.columns.get(name)
            if not held:
                self.columns[name] = value
                self.changed.add(name)
            elif held != value:
                differing.append(name)
        return differing

    def rename(self, family: str, given: str, name_lang: str) -> None:
        """A name instead of what stood for it."""
        self.columns |= {"family_name": family, "given_name": given, "name_lang": name_lang}
        self.changed |= {"family_name", "given_name", "name_lang"}

    def link(self, addresses: Iterable[str]) -> None:
        links = self.columns.get("links") or []
        new = [address for address in addresses if address not in links]
        if new:
            self.columns["links"] = [*links, *new]
            self.changed.add("links")

    def keep(self, extra: dict[str, str]) -> None:
        """Extra fields stand beside one another; one that is there already with the same value stays one."""
        held = self.columns.get("extra") or {}
        new = {name: value for name, value in extra.items() if held.get(name) != value}
        if new:
            self.columns["extra"] = {**held, **new}
            self.changed.add("extra")

    def reachable_by(self, kind: str, value: str, normal: str) -> None:
        if (kind, normal) not in self.points:
            self.points[(kind, normal)] = value
            self.new_points.append((kind, normal))

    def came(self, terms: SourceTerms) -> None:
        self.new_sources.append(terms)

    def rests_on(self, kind: str, given_on: date, until: date | None) -> date:
        """A basis for future roles; the same one twice is one. What was given before a withdrawal is no news.

        Returns its end.
        """
        end = until or plus_months(given_on, use_months(self.columns.get("country", "")))
        is_old = self.withdrawn_on is not None and given_on <= self.withdrawn_on
        if (kind, given_on, end) not in self.bases and not is_old:
            self.bases.add((kind, given_on, end))
            self.new_bases.append((kind, given_on, end))
            for name in ("use_until", "keep_until"):
                held = self.columns.get(name)
                if held is None or held < end:
                    self.columns[name] = end
                    self.changed.add(name)
        return end

    def can(self, skilled: Skilled) -> None:
        said = (skilled.skill, "" if skilled.skill else skilled.term, skilled.level)
        if said not in self.skills:
            self.skills.add(said)
            self.new_skills.append(skilled)

    def works_here(self, since: date) -> None:
        """Hired: nobody proposes them. An earlier day that we know stays, and so does a departure."""
        if self.columns.get("employed_on") is None and self.columns.get("departed_on") is None:
            self.columns["employed_on"] = since
            self.changed.add("employed_on")


def known_people(keys: Collection[int]) -> dict[int, Person]:
    """These people as they are, in five queries however many."""
    rows = Candidate.objects.filter(pk__in=keys).values("pk", *KEPT)
    people = {row.pop("pk"): Person(columns=row) for row in rows}
    for key, person in people.items():
        person.key = key
    points = ContactPoint.objects.filter(candidate__in=people).order_by("-is_preferred", "pk")
    for owner, pk, kind, normal, value, state in points.values_list(
        "candidate", "pk", "kind", "normal", "value", "state"
    ):
        people[owner].points[(kind, normal)] = value
        if people[owner].reach is None and state in REACHABLE:
            people[owner].reach = (pk, kind)
    for owner in Source.objects.filter(candidate__in=people, is_origin=True).values_list("candidate", flat=True):
        people[owner].has_origin = True
    bases = LawfulBasis.objects.filter(candidate__in=people, purpose=Purpose.FUTURE_ROLES).order_by("withdrawn_at")
    for owner, kind, given_on, until, withdrawn_at in bases.values_list(
        "candidate", "kind", "given_on", "until", "withdrawn_at"
    ):
        people[owner].bases.add((kind, given_on, until))
        if withdrawn_at is not None:
            people[owner].withdrawn_on = day_of(withdrawn_at)
    skills = SkillEvidence.objects.filter(candidate__in=people, source=EvidenceSource.IMPORT)
    for owner, skill, term, level in skills.values_list("candidate", "skill", "term", "level"):
        people[owner].skills.add((skill, "" if skill else term, level))
    return people


@transaction.atomic
def write_people(*, people: Collection[Person], by: User | None, at: datetime, data: dict[str, Any]) -> None:
    """Write new people and what is new about the known ones, in a fixed number of statements. Keys are set.

    Each leaves one event with `data`; the one outbox message for all of them is the caller's.
    """
    touched = [person for person in people if person.is_new or person.is_touched]
    for person in touched:
        if person.new_skills:
            person.columns["skills_changed_at"] = at
            person.changed.add("skills_changed_at")
    added = [person for person in touched if person.is_new]
    known = [person for person in touched if not person.is_new]
    _insert(added, by, at)
    _update(known, at)
    _write_points(touched, at)
    _write_sources(touched)
    _write_bases(touched, by, at)
    _write_skills(touched, by, at)
    for verb, theirs in (("candidate.added", added), ("candidate.edited", known)):
        rows = [(person.key, person.key) for person in theirs]
        told = {"at": at, "verb": verb, "subject": "candidate", "data": data, "by_id": by and by.pk}
        bulk.insert(Event, ("subject_key", "person"), rows, **told)


EMPTY: dict[str, Any] = {
    **dict.fromkeys(KEPT, ""),
    **dict.fromkeys(("employer_since_on", "available_on", "use_until", "keep_until", "employed_on", "departed_on")),
    "skills_changed_at": None,
    "links": [],
    "extra": {},
    "name_lang": "en",
    "language": "en",
}


def _insert(people: list[Person], by: User | None, at: datetime) -> None:
    """Columns that are empty for everybody are left to their default: most of a usual table."""
    for person in people:
        person.columns = EMPTY | person.columns
    names = [name for name in KEPT if any(person.columns[name] != EMPTY[name] for person in people)]
    rows = [(*[person.columns[name] for name in names], uuid.uuid4(), _searched(person)) for person in people]
    shared = {"created_at": at, "changed_at": at, "created_by_id": by.pk if by else None}
    keys = bulk.insert_keyed(Candidate, (*names, "public_id", "search_text"), rows, **shared)
    for person, key in zip(people, keys, strict=True):
        person.key = key


def _update(people: list[Person], at: datetime) -> None:
    """The columns of the known, with the text that search looks in."""
    changed = [person for person in people if person.changed or person.new_points]
    rows = [(person.key, *(person.columns[name] for name in KEPT), _searched(person), at) for person in changed]
    bulk.update(Candidate, (*KEPT, "search_text", "changed_at"), rows)


def _searched(person: Person) -> str:
    columns = person.columns
    addresses = [
        searched_phone(normal) if kind == ContactKind.PHONE else normal
        for kind, normal in person.points
        if kind in (ContactKind.EMAIL, ContactKind.PHONE)
    ]
    return search_text(
        family=columns["family_name"],
        given=columns["given_name"],
        kana=(columns["family_kana"], columns["given_kana"]),
        others=[*addresses, columns["employer"], columns["title"]],
    )


def _write_points(people: list[Person], at: datetime) -> None:
    rows = [
        (person.key, kind, person.points[(kind, normal)], normal)
        for person in people
        for kind, normal in person.new_points
    ]
    keys = iter(bulk.insert_keyed(ContactPoint, ("candidate_id", "kind", "value", "normal"), rows, added_at=at))
    for person in people:
        for kind, _normal in person.new_points:
            key = next(keys)
            person.reach = person.reach or (key, kind)


def _write_sources(people: list[Person]) -> None:
    rows = []
    for person in people:
        for terms in person.new_sources:
            rows.append((person.key, terms.channel, terms.campaign, terms.medium, terms.came_on, not person.has_origin))
            person.has_origin = True
    columns = ("candidate_id", "channel", "campaign", "medium", "came_on", "is_origin")
    keys = iter(bulk.insert_keyed(Source, columns, rows))
    for person in people:
        person.sources = [next(keys) for _terms in person.new_sources]


def _write_bases(people: list[Person], by: User | None, at: datetime) -> None:
    rows = [(person.key, kind, given_on, until) for person in people for kind, given_on, until in person.new_bases]
    shared = {"purpose": Purpose.FUTURE_ROLES.value, "recorded_at": at, "recorded_by_id": by and by.pk}
    bulk.insert(LawfulBasis, ("candidate_id", "kind", "given_on", "until"), rows, **shared)


def _write_skills(people: list[Person], by: User | None, at: datetime) -> None:
    rows = [
        (person.key, said.skill, said.term, said.level, said.seen_on) for person in people for said in person.new_skills
    ]
    shared: dict[str, Any] = {"state": EvidenceState.DECLARED.value, "source": EvidenceSource.IMPORT.value}
    shared |= {"recorded_at": at, "recorded_by_id": by and by.pk}
    bulk.insert(SkillEvidence, ("candidate_id", "skill_id", "term", "level", "seen_on"), rows, **shared)
