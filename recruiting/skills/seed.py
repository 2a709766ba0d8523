"""The house's first vocabulary. It only adds: a skill that is already there belongs to whoever keeps it now."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction

from recruiting.core import events
from recruiting.skills.models import Skill, SkillAlias, SkillBroader, SkillRelated
from recruiting.skills.normalise import normal_form
from recruiting.skills.services import rebuild_closure

FOLDER = Path(__file__).parent / "seed_data"
FILES = ("engineering.csv", "business.csv", "languages.csv")


@dataclass(frozen=True)
class SeedRow:
    key: str
    name_en: str
    name_ja: str
    field: str
    scale: str
    aliases: tuple[str, ...]
    broader: tuple[str, ...]
    related: tuple[str, ...]

    def spellings(self) -> dict[str, str]:
        """Normal form → text, the names first."""
        spellings: dict[str, str] = {}
        for text in (self.name_en, self.name_ja, *self.aliases):
            spellings.setdefault(normal_form(text), text)
        return spellings

    def names(self) -> set[str]:
        return {normal_form(self.name_en), normal_form(self.name_ja)}


def read_rows() -> Iterator[SeedRow]:
    """Every row of the three files; many values in one cell are parted by a bar."""
    for name in FILES:
        with (FOLDER / name).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield SeedRow(
                    key=row["key"],
                    name_en=row["name_en"],
                    name_ja=row["name_ja"],
                    field=row["field"],
                    scale=row["scale"],
                    aliases=_many(row["aliases"]),
                    broader=_many(row["broader"]),
                    related=_many(row["related"]),
                )


def _many(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


@transaction.atomic
def seed_skills(*, at: datetime) -> int:
    """Add the skills that are missing, with their aliases and edges; return how many. Nothing missing: one query.

    A key or a name that somebody here already uses is left to them; so is an alias.
    """
    known = set(Skill.objects.values_list("key", flat=True))
    rows = [row for row in read_rows() if row.key not in known]
    if not rows:
        return 0
    taken = set(SkillAlias.objects.values_list("normal", flat=True))
    rows = [row for row in rows if taken.isdisjoint(row.names())]
    Skill.objects.bulk_create(
        Skill(key=row.key, name_en=row.name_en, name_ja=row.name_ja, field=row.field, scale=row.scale) for row in rows
    )
    _connect(rows, taken)
    if rows:
        first = Skill.objects.get(key=rows[0].key)
        events.record("skills.seeded", first, by=None, at=at, data={"skills": len(rows)})
        rebuild_closure(by=None, at=at)
    return len(rows)


def _connect(rows: Iterable[SeedRow], taken: set[str]) -> None:
    """Aliases, broader and related of the new rows, to skills old or new."""
    ids = dict(Skill.objects.values_list("key", "pk"))
    aliases, edges, pairs = [], set(), set()
    for row in rows:
        own, names = ids[row.key], row.names()
        for normal, text in row.spellings().items():
            if normal not in taken:
                aliases.append(SkillAlias(skill_id=own, text=text, normal=normal, is_name=normal in names))
                taken.add(normal)
        edges |= {(own, ids[key]) for key in row.broader if key in ids}
        pairs |= {(min(own, ids[key]), max(own, ids[key])) for key in row.related if key in ids}
    SkillAlias.objects.bulk_create(aliases, batch_size=1000)
    SkillBroader.objects.bulk_create(SkillBroader(narrow_id=n, broad_id=b) for n, b in sorted(edges))
    SkillRelated.objects.bulk_create(SkillRelated(low_id=low, high_id=high) for low, high in sorted(pairs))
