"""How a file's columns and words are read: guessed, corrected, remembered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from recruiting.core.refused import Refused
from recruiting.integrations.reading.fields import DATES, EXTRA, MANY, SAYS_WHO, SKIP, TARGETS, guess, plain_header
from recruiting.integrations.reading.stages import OUTCOMES
from recruiting.integrations.reading.values import date_order
from recruiting.jobs.stages import Stage


@dataclass
class Mapping:
    """`columns`: header → target. `stages`: a stage's or status's name there → a stage or outcome of ours."""

    columns: dict[str, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    date_order: str = ""  # dmy or mdy, where days are written as numbers

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, given: dict[str, Any]) -> Mapping:
        """A stored or written mapping; a plain {header: target} is taken as its columns."""
        if "columns" not in given and all(isinstance(target, str) for target in given.values()):
            given = {"columns": given}
        known = {name: given[name] for name in ("columns", "stages", "date_order") if name in given}
        return cls(**known)

    def targets(self) -> dict[str, list[str]]:
        """Target → the columns that are read for it."""
        found: dict[str, list[str]] = {}
        for column, target in self.columns.items():
            if target not in (EXTRA, SKIP):
                found.setdefault(target, []).append(column)
        return found


def guessed(columns: Sequence[str], samples: dict[str, list[str]]) -> Mapping:
    targets = guess(columns, samples)
    days = [value for column, target in targets.items() if target in DATES for value in samples.get(column, [])]
    return Mapping(columns=targets, date_order=date_order(days))


def check(mapping: Mapping, columns: Iterable[str]) -> None:
    """Refuse what cannot be read: unknown columns or targets, a target read twice, a table that names no person."""
    there = set(columns)
    for column, target in mapping.columns.items():
        if column not in there:
            raise Refused(_("The file has no column “%(column)s”.") % {"column": column}, "mapping")
        if target not in TARGETS and target not in (EXTRA, SKIP):
            terms = {"column": column, "target": target}
            raise Refused(_("“%(column)s” cannot be read as “%(target)s”: there is no such field.") % terms, "mapping")
    targets = mapping.targets()
    for target, read in targets.items():
        if len(read) > 1 and target not in MANY:
            terms = {"columns": ", ".join(read), "target": str(TARGETS[target][0])}
            raise Refused(_("%(target)s is read from several columns (%(columns)s). Choose one.") % terms, "mapping")
    for name, meaning in mapping.stages.items():
        if meaning and meaning not in (*Stage.values, *OUTCOMES):
            raise Refused(_("“%(name)s” is mapped to no stage or outcome of ours.") % {"name": name}, "mapping")
    if not targets.keys() & set(SAYS_WHO):
        raise Refused(no_people(), "no_people")


def no_people() -> str:
    return _(
        "No column holds a name, an e-mail address or a person's number, so this does not look like a list of people. "
        "If it is one, say which column holds the name."
    )


def fingerprint(columns: Iterable[str]) -> str:
    """Of the headers, whatever their order and dressing: the next export of the same system has the same."""
    return sha256("\n".join(sorted(plain_header(column) for column in columns)).encode()).hexdigest()
