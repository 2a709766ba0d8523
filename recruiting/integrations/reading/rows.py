"""A row of a table becomes an Arrival, by the mapping."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha1

from recruiting.candidates.models import ContactKind
from recruiting.candidates.normal import web_address
from recruiting.candidates.services import normal_of
from recruiting.core.refused import Refused
from recruiting.integrations.reading import histories
from recruiting.integrations.reading.arrivals import LONG, NAME, PLACE, Arrival, Basis
from recruiting.integrations.reading.cells import Cells, Layout
from recruiting.integrations.reading.mapping import Mapping
from recruiting.integrations.reading.stages import NOTHING, basis_of, channel_of
from recruiting.integrations.reading.values import parts_of, split_name

LONGEST_ID = 120
POINTS = {"email": ContactKind.EMAIL, "phone": ContactKind.PHONE, "linkedin": ContactKind.LINKEDIN}


class RowReader:
    """Reads rows of one file. `basis` is the answer given once for the file: it holds where no column says more."""

    def __init__(self, columns: Sequence[str], mapping: Mapping, *, basis: Basis | None, country: str) -> None:
        self.layout = Layout(columns, mapping)
        self.basis, self.country = basis, country

    def read(self, number: int, cells: Sequence[str]) -> Arrival:
        layout = self.layout
        row = Cells(layout, cells)
        arrival = Arrival(number, row.text("external_id")[:LONGEST_ID] or fingerprint(cells), headers=layout.headers)
        row.arrival = arrival
        if len(cells) > layout.width:
            arrival.say("too_many_cells", count=len(cells) - layout.width)
        arrival.extra = {name: cells[at] for at, name in layout.extras if at < len(cells) and cells[at]}
        _read_person(row)
        _read_points(row, self.country)
        _read_origin(row)
        arrival.basis = _read_basis(row, self.basis)
        arrival.past = histories.read(row)
        _name_nameless(arrival, row.text("external_id"))
        return arrival


def fingerprint(cells: Sequence[str]) -> str:
    """What stands for a number where a row has none: equal rows are one row."""
    return "row:" + sha1("\x1f".join(cells).encode(), usedforsecurity=False).hexdigest()[:24]


def _read_person(row: Cells) -> None:
    arrival = row.arrival
    family, given = row.text("family_name"), row.text("given_name")
    if not (family or given):
        family, given = split_name(row.text("full_name"))
    arrival.family, arrival.given = family[:NAME], given[:NAME]
    kana = (row.text("family_kana"), row.text("given_kana"))
    if not any(kana):
        kana = split_name(row.text("full_kana"))
    arrival.kana = (kana[0][:NAME], kana[1][:NAME])
    arrival.location, arrival.employer = row.fit("location", PLACE), row.fit("employer", LONG)
    arrival.title = row.fit("title", LONG)
    arrival.since, arrival.available_on = row.day("employer_since_on"), row.day("available_on")
    country = row.text("country")
    if len(country) == 2 and country.isascii() and country.isalpha():
        arrival.country = country.upper()
    elif country:
        row.keep("country", country)
    arrival.skills = [(term[:LONGEST_ID], "") for text in row.texts("skills") for term in parts_of(text)]


def _read_points(row: Cells, country: str) -> None:
    arrival = row.arrival
    seen = set()
    for target, kind in POINTS.items():
        for text in row.texts(target):
            for value in parts_of(text) if target != "linkedin" else [text]:
                try:
                    normal = normal_of(kind, value, arrival.country or country)
                except Refused:
                    arrival.say(f"bad_{target}", value=value)
                    row.keep(target, text)
                    continue
                if (kind, normal) not in seen and len(value) <= 254 and len(normal) <= 254:
                    seen.add((kind, normal))
                    arrival.points.append((kind, value, normal))
    for text in row.texts("links"):
        for value in parts_of(text):
            link = web_address(value)
            if not link:
                arrival.say("bad_link", value=value)
                row.keep("links", text)
            elif link not in arrival.links:
                arrival.links.append(link)


def _read_origin(row: Cells) -> None:
    arrival = row.arrival
    arrival.came_on = row.day("sourcing_on")
    source = row.text("source")
    if source:
        arrival.channel, arrival.campaign = channel_of(source), source[:LONGEST_ID]


def _read_basis(row: Cells, answer: Basis | None) -> Basis | None:
    """The column's word, where there is one; else the answer for the whole file. None is nothing."""
    arrival = row.arrival
    if not row.has("basis"):
        return answer and Basis(answer.kind, answer.since or arrival.came_on, answer.until, answer.months)
    said = row.text("basis")
    kind = basis_of(said) if said else NOTHING
    if not kind:
        arrival.say("unknown_basis", value=said)
        row.keep("basis", said)
    if kind in ("", NOTHING):
        return None
    since = row.day("basis_on") or arrival.came_on or (answer.since if answer else None)
    return Basis(kind, since, row.day("basis_until"), answer.months if answer else None)


def _name_nameless(arrival: Arrival, number: str) -> None:
    if arrival.family or arrival.given:
        return
    email = next((normal for kind, _value, normal in arrival.points if kind == ContactKind.EMAIL), "")
    arrival.shown = (number or email.partition("@")[0] or f"#{arrival.number}")[:NAME]
    arrival.say("no_name", shown=arrival.shown)
