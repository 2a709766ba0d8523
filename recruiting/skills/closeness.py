"""How near a held skill is to an asked one (a table of four numbers). From MET_FROM on it meets a must-have.

MET_FROM is a constant on purpose: at 0.8 only the same or a narrower skill can meet a must-have, so that meeting is
membership in the closure and the engine needs no arithmetic. The smaller numbers only rank near misses.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

SAME_OR_NARROWER = 1.0
BROADER = 0.5
SIBLING = 0.3
UNRELATED = 0.0
MET_FROM = 0.8


@dataclass(frozen=True)
class Neighbourhood:
    """The skills around one asked skill, by id."""

    met_by: frozenset[int]  # itself and everything narrower
    broader: frozenset[int]
    siblings: frozenset[int]  # share a direct broader one


def closeness(held: Collection[int], asked: int, around: Mapping[int, Neighbourhood]) -> float:
    """The best that any held skill can say for the asked one. Who holds nothing is near nothing."""
    near = around[asked]
    if not near.met_by.isdisjoint(held):
        return SAME_OR_NARROWER
    if not near.broader.isdisjoint(held):
        return BROADER
    return UNRELATED if near.siblings.isdisjoint(held) else SIBLING


def is_met(value: float) -> bool:
    return value >= MET_FROM


def nearness(held: Collection[int], asked: Collection[int], around: Mapping[int, Neighbourhood]) -> float:
    """The mean closeness over all must-haves of a job, 0 to 1; ranks near misses. Nothing asked is nothing near."""
    return sum(closeness(held, skill, around) for skill in asked) / len(asked) if asked else UNRELATED
