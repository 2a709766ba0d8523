"""Kinds of conditions: one module each, all of one shape. A kind joins by being listed in `KINDS`."""

from __future__ import annotations

from recycling.conditions.base import Finding, Kind
from recycling.conditions.date import DateReached
from recycling.conditions.decider import DeciderDiffers
from recycling.conditions.opening import OpeningApproved
from recycling.conditions.skill import SkillGained

# In the order of their rank: of two reasons to propose the same person, the earlier kind speaks.
KINDS: tuple[Kind, ...] = (SkillGained(), DeciderDiffers(), OpeningApproved(), DateReached())
BY_KEY: dict[str, Kind] = {kind.key: kind for kind in KINDS}

__all__ = ["BY_KEY", "KINDS", "Finding", "Kind"]
