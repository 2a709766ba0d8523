"""Who is here already, asked once for a batch: by another system's number, by e-mail, by phone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from recruiting.candidates.models import Candidate, ContactKind, ContactPoint
from recruiting.candidates.models.people import FAMILY_NAME_FIRST
from recruiting.candidates.services.bulk import Person, known_people
from recruiting.integrations.models import Import, ImportKey, KnownAs
from recruiting.integrations.reading.arrivals import Arrival


@dataclass(slots=True, frozen=True)
class Seen:
    """Somebody in the index: stored, new, or (in a dry run) of an earlier batch and known by name alone."""

    family: str
    given: str
    shown: str
    person: Person | None
    row: int = 0  # of this file; 0: somebody we had before


class Known:
    """The index of one batch."""

    def __init__(self) -> None:
        self.by_number: dict[str, Seen] = {}
        self.by_email: dict[str, list[Seen]] = {}
        self.by_phone: dict[str, list[Seen]] = {}
        self.erased: set[str] = set()

    def load(self, arrivals: Sequence[Arrival], system: str) -> None:
        """Fetch everybody whom these rows could mean, in a fixed number of queries."""
        numbers = [arrival.external_id for arrival in arrivals if arrival.external_id]
        owners = _owners(system, numbers)
        emails, phones = _points(arrivals, ContactKind.EMAIL), _points(arrivals, ContactKind.PHONE)
        mailing, calling = _owning(ContactKind.EMAIL, emails), _owning(ContactKind.PHONE, phones)
        keys = {key for key, _number in owners} | {key for key, _normal in mailing}
        people = known_people(keys)
        erased = set(Candidate.objects.filter(pk__in=keys, erased_at__isnull=False).values_list("pk", flat=True))
        seen = {key: _seen(person) for key, person in people.items()}
        self.erased |= {number for key, number in owners if key in erased}
        for key, number in owners:
            self.by_number.setdefault(number, seen[key])
        for key, normal in mailing:
            _append(self.by_email, normal, seen[key])
        named = _names({key for key, _normal in calling} - seen.keys())
        for key, normal in calling:
            _append(self.by_phone, normal, seen.get(key) or named[key])

    def note(self, arrival: Arrival, person: Person, *, row: int) -> None:
        """This row's person stands for later rows of the file."""
        seen = _seen(person, row)
        self.by_number.setdefault(arrival.external_id, seen)
        for kind, _value, normal in arrival.points:
            if kind == ContactKind.EMAIL:
                _append(self.by_email, normal, seen)
            elif kind == ContactKind.PHONE:
                _append(self.by_phone, normal, seen)

    def load_earlier(self, arrivals: Sequence[Arrival], table: Import) -> set[str]:
        """A dry run stores nobody, so earlier rows of the file are known by their keys. Returns the ways among them."""
        wanted = [key for arrival in arrivals for key in keys_of(arrival)]
        ways = set()
        rows = ImportKey.objects.filter(of=table, key__in=wanted).order_by("row")
        for key, row, (family, given, shown) in rows.values_list("key", "row", "name"):
            seen = Seen(family, given, shown, None, row)
            kind, _colon, rest = key.partition(":")
            if kind == "number":
                self.by_number.setdefault(rest, seen)
            elif kind == "way":
                ways.add(rest)
            else:
                _append(self.by_email if kind == "email" else self.by_phone, rest, seen)
        return ways


def keys_of(arrival: Arrival) -> list[str]:
    """What a row may be recognised by, and what a later one can recognise it by."""
    keys = [f"number:{arrival.external_id}"]
    keys += [f"{kind}:{normal}" for kind, _value, normal in arrival.points if kind in ("email", "phone")]
    return [*keys, f"way:{arrival.way}"] if arrival.way else keys


def _append(index: dict[str, list[Seen]], normal: str, seen: Seen) -> None:
    there = index.setdefault(normal, [])
    if not there or not any(one.person is seen.person and one.row == seen.row for one in there):
        there.append(seen)


def _seen(person: Person, row: int = 0) -> Seen:
    columns = person.columns
    family, given = columns["family_name"], columns["given_name"]
    return Seen(family, given, _shown(family, given, columns["name_lang"]), person, row)


def _shown(family: str, given: str, lang: str) -> str:
    parts = (family, given) if lang in FAMILY_NAME_FIRST else (given, family)
    return " ".join(part for part in parts if part)


def _owners(system: str, numbers: Sequence[str]) -> list[tuple[int, str]]:
    # "Not empty" is said aloud so that the partial index an_imported_person_comes_once is used.
    own = Candidate.objects.filter(external_source=system, external_id__in=numbers).exclude(external_id="")
    others = KnownAs.objects.filter(system=system, external_id__in=numbers)
    return [*own.values_list("pk", "external_id"), *others.values_list("candidate", "external_id")]


def _points(arrivals: Iterable[Arrival], kind: str) -> set[str]:
    return {normal for arrival in arrivals for one, _value, normal in arrival.points if one == kind}


def _owning(kind: str, normals: set[str]) -> list[tuple[int, str]]:
    """(person, address), the oldest record first; nobody who was erased."""
    found = ContactPoint.objects.filter(kind=kind, normal__in=normals, candidate__erased_at=None)
    return list(found.order_by("candidate").values_list("candidate", "normal"))


def _names(keys: set[int]) -> dict[int, Seen]:
    rows = Candidate.objects.filter(pk__in=keys).values_list("pk", "family_name", "given_name", "name_lang")
    return {key: Seen(family, given, _shown(family, given, lang), None) for key, family, given, lang in rows}
