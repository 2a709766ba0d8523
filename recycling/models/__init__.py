"""Why people left, where they rest, and what brings them back."""

from __future__ import annotations

from recycling.models.conditions import Condition, ConditionFamily, ConditionSkill, Fit, Refusal
from recycling.models.exits import Exit, ExitReason, FurtherReason
from recycling.models.pools import Origin, Pool, PoolEntry, Rest
from recycling.models.proposals import Proposal, ProposalState, SweepRun
from recycling.models.workings import Chosen, Fitting, Holding, Pending, Standing

__all__ = [
    "Chosen",
    "Condition",
    "ConditionFamily",
    "ConditionSkill",
    "Exit",
    "ExitReason",
    "Fit",
    "Fitting",
    "FurtherReason",
    "Holding",
    "Origin",
    "Pending",
    "Pool",
    "PoolEntry",
    "Proposal",
    "ProposalState",
    "Refusal",
    "Rest",
    "Standing",
    "SweepRun",
]
