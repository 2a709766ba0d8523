"""Finding people again: evaluate() for events and sweep alike, and the sweep that stands behind the events."""

from __future__ import annotations

from recycling.engine.evaluation import Outcome, evaluate
from recycling.engine.scope import Scope
from recycling.engine.sweeping import sweep

__all__ = ["Outcome", "Scope", "evaluate", "sweep"]
