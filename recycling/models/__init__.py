"""Why people left, where they rest, and what brings them back."""

from __future__ import annotations

from recycling.models.conditions import Condition, ConditionSkill, Fit, Refusal
from recycling.models.exits import Exit, ExitReason, FurtherReason
from recycling.models.pools import Origin, Pool, PoolEntry, Rest
from recycling.models.proposals import Proposal, ProposalState, SweepRun

__all__ = [
    "Condition",
    "ConditionSkill",
    "Exit",
    "ExitReason",
    "Fit",
    "FurtherReason",
    "Origin",
    "Pool",
    "PoolEntry",
    "Proposal",
    "ProposalState",
    "Refusal",
    "Rest",
    "SweepRun",
]
