"""The house's first families, levels and pipelines with their gates and scorecards.

It only adds: what is there belongs to its keepers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import transaction

from recruiting.jobs.models import Attribute, Criterion, Gate, JobFamily, Level, PipelineTemplate, TemplateStep

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
    templates = {template.key: template for template in PipelineTemplate.objects.all()}
    _seed_attributes(templates)
    _seed_gates(templates)
    return _count() - before


def _seed_attributes(templates: dict[str, PipelineTemplate]) -> None:
    """What a pipeline's scorecard asks about, for every pipeline that asks nothing yet."""
    known = set(Attribute.objects.filter(pipeline__isnull=False).values_list("pipeline_id", flat=True))
    Attribute.objects.bulk_create(
        Attribute(
            pipeline=templates[row["pipeline"]],
            name_en=row["name_en"],
            name_ja=row["name_ja"],
            asks_en=row["asks_en"],
            asks_ja=row["asks_ja"],
            anchors={score: {"en": row[f"{score}_en"], "ja": row[f"{score}_ja"]} for score in "1234"},
            needs_note=row["needs_note"] == "yes",
            position=position,
        )
        for position, row in enumerate(_rows("attributes"), start=1)
        if templates[row["pipeline"]].pk not in known
    )


def _seed_gates(templates: dict[str, PipelineTemplate]) -> None:
    """The three borders of every pipeline, each with its checklist; a border that is there keeps its own."""
    known = set(Gate.objects.filter(pipeline__isnull=False).values_list("pipeline__key", "to_stage"))
    missing = [row for row in _rows("gates") if (row["pipeline"], row["to_stage"]) not in known]
    if not missing:
        return
    gates = {
        (row["pipeline"], row["to_stage"]): Gate(
            pipeline=templates[row["pipeline"]],
            to_stage=row["to_stage"],
            sender=row["sender"],
            receiver=row["receiver"],
            warn_hours=int(row["warn_hours"]),
            miss_hours=int(row["miss_hours"]),
        )
        for row in missing
    }
    Gate.objects.bulk_create(gates.values())
    asked = [row for row in _rows("criteria") if (row["pipeline"], row["to_stage"]) in gates]
    attributes = _attributes_by_reference()
    Criterion.objects.bulk_create(
        Criterion(
            gate=gates[row["pipeline"], row["to_stage"]],
            text_en=row["text_en"],
            text_ja=row["text_ja"],
            weight=row["weight"],
            proof=row["proof"],
            attribute=attributes.get((row["pipeline"], row["attribute"])),
            is_about_pay=row["is_about_pay"] == "yes",
            position=position,
        )
        for position, row in enumerate(asked, start=1)
        if not row["attribute"] or (row["pipeline"], row["attribute"]) in attributes
    )


def _attributes_by_reference() -> dict[tuple[str, str], Attribute]:
    """The pipelines' attributes by the name that criteria.csv calls them; one since renamed is not found."""
    written = {(row["pipeline"], row["name_en"]): row["attribute"] for row in _rows("attributes")}
    rows = Attribute.objects.filter(pipeline__isnull=False, is_retired=False).select_related("pipeline")
    named = ((row.pipeline.key, row.name_en, row) for row in rows if row.pipeline)
    return {(key, written[key, name]): row for key, name, row in named if (key, name) in written}


def _count() -> int:
    return sum(model.objects.count() for model in (JobFamily, Level, PipelineTemplate, Gate, Criterion, Attribute))


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _pipelines() -> dict[str, list[dict[str, str]]]:
    pipelines: dict[str, list[dict[str, str]]] = {}
    for row in _rows("pipelines"):
        pipelines.setdefault(row["template"], []).append(row)
    return pipelines
