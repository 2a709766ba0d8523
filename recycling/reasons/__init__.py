"""Why people leave: the built-in list as data, and the arithmetic of how long a reason holds. PURE."""

from __future__ import annotations

from recycling.reasons.arithmetic import (
    cool_months,
    cool_until,
    due_on,
    first_expired,
    re_entry_stage,
    review_on,
)
from recycling.reasons.rows import BUILT_IN, BY_KEY, POOLS, Need, Row, needs_of

__all__ = [
    "BUILT_IN",
    "BY_KEY",
    "POOLS",
    "Need",
    "Row",
    "cool_months",
    "cool_until",
    "due_on",
    "first_expired",
    "needs_of",
    "re_entry_stage",
    "review_on",
]
