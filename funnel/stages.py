"""The order of the stages: pure arithmetic over `recruiting.jobs.stages.Stage`."""

from __future__ import annotations

from recruiting.jobs.stages import Stage

ORDER: tuple[Stage, ...] = (Stage.SOURCING, Stage.SCREENING, Stage.INTERVIEW, Stage.HIRE)
INDEX: dict[str, int] = {stage: place for place, stage in enumerate(ORDER)}


def next_stage(stage: str) -> Stage | None:
    """The stage after this one; None after hire."""
    place = INDEX[stage] + 1
    return ORDER[place] if place < len(ORDER) else None


def earliest(*stages: str) -> Stage:
    return ORDER[min(INDEX[stage] for stage in stages)]


def furthest(*stages: str) -> Stage:
    return ORDER[max(INDEX[stage] for stage in stages)]


def is_before(one: str, other: str) -> bool:
    return INDEX[one] < INDEX[other]


def between(start: str, end: str) -> tuple[Stage, ...]:
    """The stages strictly between two: what a skip passes without a visit."""
    return ORDER[INDEX[start] + 1 : INDEX[end]]
