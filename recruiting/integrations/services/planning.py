"""What is to become of each row: whose it is, and what it adds. The dry run and the import plan alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from recruiting.candidates.models import ContactKind
from recruiting.candidates.models.sources import Channel
from recruiting.candidates.services import SourceTerms
from recruiting.candidates.services.bulk import Person, Skilled
from recruiting.core.days import plus_months
from recruiting.integrations.models import Import, Result
from recruiting.integrations.reading.arrivals import Arrival
from recruiting.integrations.reading.values import compatible, fluency
from recruiting.integrations.services.known import Known, Seen
from recruiting.skills.levels import TOP, level_from
from recruiting.skills.models import Field, Skill
from recruiting.skills.selectors import resolve_terms


@dataclass(slots=True)
class Planned:
    """One row with its person and what becomes of it. `is_joined`: the number has to be remembered beside theirs."""

    arrival: Arrival
    result: str
    person: Person | None = None
    is_joined: bool = False
    is_first: bool = False  # the first this person is heard of under this number
    counts: list[str] = field(default_factory=list)


class Planner:
    """Plans the rows of one file, batch by batch."""

    def __init__(self, table: Import, today: date, *, is_dry: bool) -> None:
        self.table, self.system, self.today, self.is_dry = table, table.system, today, is_dry
        self.earlier_ways: set[str] = set()

    def plan(self, arrivals: Sequence[Arrival]) -> list[Planned]:
        """Decide each row in turn: a later one may mean the person of an earlier one."""
        self.known = Known()
        self.known.load(arrivals, self.system)
        if self.is_dry:
            self.earlier_ways = self.known.load_earlier(arrivals, self.table)
        self.skills = resolve_terms({term for arrival in arrivals for term, _level in arrival.skills})
        return [self._plan(arrival) for arrival in arrivals]

    def _plan(self, arrival: Arrival) -> Planned:
        if arrival.is_refused:
            return Planned(arrival, Result.REFUSED)
        planned = self._known_by_number(arrival) or self._known_by_email(arrival) or self._unknown(arrival)
        person = planned.person
        if planned.result != Result.REFUSED and person is not None:
            known_before = person.facts
            self._add(planned, person)
            if planned.result == Result.KNOWN and person.facts > known_before:
                planned.result = Result.ADDED
            self.known.note(arrival, person, row=arrival.number)
        return planned

    def _known_by_number(self, arrival: Arrival) -> Planned | None:
        seen = self.known.by_number.get(arrival.external_id)
        if seen is None:
            return None
        if arrival.external_id in self.known.erased:
            arrival.say("erased")
            return Planned(arrival, Result.REFUSED)
        if not self._may_be(arrival, seen):
            arrival.say("foreign_number", number=arrival.external_id, name=seen.shown)
            return Planned(arrival, Result.REFUSED)
        if seen.row and arrival.external_id.startswith(("row:", "resume:")):
            arrival.say("same_row", row=seen.row)
        elif seen.row:
            arrival.say("joined_number", name=seen.shown)
        return Planned(arrival, Result.KNOWN, seen.person)

    def _may_be(self, arrival: Arrival, seen: Seen) -> bool:
        """One number, one person: unless both the names and the addresses say otherwise."""
        if (
            arrival.shown
            or _is_stand_in(seen)
            or compatible((arrival.family, arrival.given), (seen.family, seen.given))
        ):
            return True
        mine = {(kind, normal) for kind, _value, normal in arrival.points}
        return seen.person is None or bool(mine & seen.person.points.keys())

    def _known_by_email(self, arrival: Arrival) -> Planned | None:
        """Equal e-mail and compatible name: the same person, the oldest record of them."""
        others = []
        for kind, _value, normal in arrival.points:
            if kind != ContactKind.EMAIL:
                continue
            for seen in self.known.by_email.get(normal, ()):
                stands_in = arrival.shown or _is_stand_in(seen)
                if stands_in or compatible((arrival.family, arrival.given), (seen.family, seen.given)):
                    arrival.say("joined_email", name=seen.shown)
                    return Planned(arrival, Result.JOINED, seen.person, is_joined=True, is_first=True)
                others.append(seen.shown)
        if others:
            arrival.say("family_email", name=others[0])
        return None

    def _unknown(self, arrival: Arrival) -> Planned:
        is_double = any(code == "family_email" for code, _terms in arrival.notes)
        for kind, _value, normal in arrival.points:
            if kind == ContactKind.PHONE and (others := self.known.by_phone.get(normal)):
                arrival.say("same_phone", name=others[0].shown)
                is_double = True
        language = arrival.language
        names = {
            "family_name": arrival.family or ("" if arrival.given else arrival.shown),
            "given_name": arrival.given,
            "family_kana": arrival.kana[0],
            "given_kana": arrival.kana[1],
            "name_lang": language,
            "language": "ja" if language == "ja" else "en",
            "country": arrival.country,
            "external_source": self.system,
            "external_id": arrival.external_id,
        }
        return Planned(arrival, Result.DUPLICATE if is_double else Result.NEW, Person(columns=names), is_first=True)

    def _add(self, planned: Planned, person: Person) -> None:
        """What the row says is added; what stands is not overwritten."""
        arrival = planned.arrival
        if person.is_new:
            person.columns.setdefault("employer", "")
            person.columns.setdefault("title", "")
        self._fill(arrival, person)
        for kind, value, normal in arrival.points:
            person.reachable_by(kind, value, normal)
        person.link(arrival.links)
        if planned.is_first:
            came_on = arrival.came_on or self.today
            person.came(SourceTerms(arrival.channel or Channel.IMPORT, came_on, campaign=arrival.campaign))
        self._add_skills(arrival, person)
        self._add_basis(planned, person)
        if not person.points:
            arrival.say("no_contact")
        if arrival.past and arrival.past.is_hired:
            person.works_here(arrival.past.starts_on or arrival.past.ended_on or self.today)

    def _fill(self, arrival: Arrival, person: Person) -> None:
        if (arrival.family or arrival.given) and _is_placeholder(person):
            person.rename(arrival.family, arrival.given, arrival.language)
        values = {
            "family_name": arrival.family,
            "given_name": arrival.given,
            "family_kana": arrival.kana[0],
            "given_kana": arrival.kana[1],
            "country": arrival.country,
            "location": arrival.location,
            "employer": arrival.employer,
            "title": arrival.title,
            "employer_since_on": arrival.since,
            "available_on": arrival.available_on,
        }
        differing = person.fill(**values)
        if not differing and not arrival.extra:
            return
        held = person.columns.get("extra") or {}
        beside = {_header(arrival, name): str(values[name]) for name in differing}
        beside |= {name: text for name, text in arrival.extra.items() if held.get(name, text) != text}
        suffix = f" ({self.system} {arrival.external_id})"[:80]
        for name, text in beside.items():
            if held.get(name + suffix) != text:
                arrival.say("kept_beside", column=name, value=text)
        person.keep({name + suffix: text for name, text in beside.items()})
        person.keep({name: text for name, text in arrival.extra.items() if name not in beside})

    def _add_skills(self, arrival: Arrival, person: Person) -> None:
        unknown = []
        for term, written in arrival.skills:
            skill = self.skills.get(term)
            if skill is None:
                unknown.append(term)
            level = _level(skill, written) if skill else None
            person.can(Skilled(skill.pk if skill else None, term, level, arrival.seen_on or self.today))
        if unknown:
            arrival.say("unknown_terms", terms=", ".join(unknown[:8]))

    def _add_basis(self, planned: Planned, person: Person) -> None:
        """Nothing is stored and blocked: without a basis nobody may use it (fails closed)."""
        arrival, basis = planned.arrival, planned.arrival.basis
        ends = person.columns.get("use_until")
        if basis is not None:
            since = basis.since or self.today
            until = basis.until or (_end_of(since, basis.months) if basis.months else None)
            if until is None or until > since:
                ends = max(filter(None, [ends, person.rests_on(basis.kind, since, until)]))
            else:
                ends = ends or until
        if ends is None:
            if "basis" in arrival.headers:
                arrival.say("no_basis")
        elif ends < self.today:
            arrival.say("basis_over", day=ends.isoformat())
        if planned.result in (Result.NEW, Result.DUPLICATE) and (ends is None or ends < self.today):
            planned.counts.append("no_basis" if ends is None else "basis_over")


@lru_cache(10_000)
def _end_of(since: date, months: int) -> date:
    return plus_months(since, months)


def _level(skill: Skill, written: str) -> int | None:
    if not written:
        return None
    found = level_from(skill.scale, written)
    return found or (fluency(written, TOP[skill.scale]) if skill.field == Field.LANGUAGE else None)


def _header(arrival: Arrival, name: str) -> str:
    """What the column was called there; our own word where a name was taken apart."""
    whole = {"family_name": "full_name", "given_name": "full_name", "employer_since_on": "employer_since_on"}
    return arrival.headers.get(name) or arrival.headers.get(whole.get(name, name)) or name


def _is_placeholder(person: Person) -> bool:
    """What stands for a missing name: a number, or the first half of an address."""
    columns = person.columns
    if columns.get("given_name") or not columns.get("family_name"):
        return not columns.get("given_name") and not columns.get("family_name")
    stand_ins = {columns.get("external_id")} | {normal.partition("@")[0] for _kind, normal in person.points}
    return columns["family_name"] in stand_ins


def _is_stand_in(seen: Seen) -> bool:
    return seen.person is not None and _is_placeholder(seen.person)
