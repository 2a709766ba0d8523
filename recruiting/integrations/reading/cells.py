"""The cells of one row, asked by what they mean."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from recruiting.integrations.reading.arrivals import Arrival
from recruiting.integrations.reading.fields import EXTRA
from recruiting.integrations.reading.mapping import Mapping
from recruiting.integrations.reading.values import day_from


class Layout:
    """Which column means what, worked out once for a file."""

    def __init__(self, columns: Sequence[str], mapping: Mapping) -> None:
        place = {name: number for number, name in enumerate(columns)}
        targets = mapping.targets()
        self.mapping, self.width = mapping, len(columns)
        self.places = {target: [place[name] for name in names] for target, names in targets.items()}
        self.headers = {target: names[0] for target, names in targets.items()}
        self.extras = [
            (number, name) for number, name in enumerate(columns) if mapping.columns.get(name, EXTRA) == EXTRA
        ]
        self.has = frozenset(self.places)


class Cells:
    """One row, and the Arrival that is read from it."""

    arrival: Arrival

    def __init__(self, layout: Layout, cells: Sequence[str]) -> None:
        self.layout, self.cells = layout, cells

    def text(self, target: str) -> str:
        places = self.layout.places.get(target)
        return self.cells[places[0]] if places and places[0] < len(self.cells) else ""

    def texts(self, target: str) -> list[str]:
        found = [self.cells[at] for at in self.layout.places.get(target, ()) if at < len(self.cells)]
        return [text for text in found if text]

    def has(self, target: str) -> bool:
        return target in self.layout.has

    def fit(self, target: str, most: int) -> str:
        """A text that our column holds; what is longer is kept whole as an extra field."""
        text = self.text(target)
        if len(text) > most:
            self.keep(target, text)
        return text[:most]

    def keep(self, target: str, text: str) -> None:
        """It could not be read as what it should be: it stays as an extra field."""
        self.arrival.extra[self.layout.headers[target]] = text

    def day(self, target: str) -> date | None:
        text = self.text(target)
        if not text:
            return None
        found = day_from(text, self.layout.mapping.date_order)
        if found is None:
            self.arrival.say("bad_date", value=text, column=self.layout.headers[target])
            self.keep(target, text)
        return found
