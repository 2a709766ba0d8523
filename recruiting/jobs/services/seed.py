"""The house's first families, levels and pipeline templates. It only adds: what is there belongs to its keepers."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from recruiting.jobs.models import JobFamily, Level, PipelineTemplate, TemplateStep

FOLDER = Path(__file__).parent.parent / "seed_data"


@transaction.atomic
def seed_jobs() -> int:
    """How many were added. Harmless when run again: a family, level or template already there stays as it is."""
    before = _count()
    JobFamily.objects.bulk_create((JobFamily(**row) for row in _rows("families")), ignore_conflicts=True)
    levels = (Level(**{**row, "rank": int(row["rank"])}) for row in _rows("levels"))
    Level.objects.bulk_create(levels, ignore_conflicts=True)
    for key, rows in _pipelines().items():
        names = {"name_en": rows[0]["template_en"], "name_ja": rows[0]["template_ja"]}
        template, is_new = PipelineTemplate.objects.get_or_create(key=key, defaults=names)
        if is_new:
            TemplateStep.objects.bulk_create(
                TemplateStep(
                    template=template,
                    stage=row["stage"],
                    name_en=row["name_en"],
                    name_ja=row["name_ja"],
                    position=position,
                    limit_days=int(row["limit_days"]),
                    is_final=row["is_final"] == "yes",
                )
                for position, row in enumerate(rows, start=1)
            )
    return _count() - before


def _count() -> int:
    return sum(model.objects.count() for model in (JobFamily, Level, PipelineTemplate))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _pipelines() -> dict[str, list[dict[str, str]]]:
    pipelines: dict[str, list[dict[str, str]]] = {}
    for row in _rows("pipelines"):
        pipelines.setdefault(row["template"], []).append(row)
    return pipelines
