"""The shape of "narrower than": which skill lies below which, and that nobody lies below themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

Edge = tuple[int, int]  # narrow, broad


def closure_of(skills: Iterable[int], edges: Iterable[Edge]) -> dict[Edge, int]:
    """Every (narrow, broad) pair with the length of its shortest way up; each skill above itself at depth 0."""
    parents = _parents(edges)
    pairs: dict[Edge, int] = {}
    for skill in skills:
        depth, level = 0, {skill}
        while level:
            pairs |= {(skill, broad): depth for broad in level}
            depth += 1
            level = {up for broad in level for up in parents[broad] if (skill, up) not in pairs}
    return pairs


def closes_a_circle(narrow: int, broad: int, edges: Iterable[Edge]) -> bool:
    """Whether the new edge would put a skill below itself: the broad one already lies below the narrow one."""
    return (broad, narrow) in closure_of([broad], edges)


def _parents(edges: Iterable[Edge]) -> defaultdict[int, set[int]]:
    parents: defaultdict[int, set[int]] = defaultdict(set)
    for narrow, broad in edges:
        parents[narrow].add(broad)
    return parents
