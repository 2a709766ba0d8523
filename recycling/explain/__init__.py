"""Why now, why not, until when: the same rules as the engine's, for one person, in words."""

from __future__ import annotations

from recycling.explain.asking import WorthAsking, worth_asking
from recycling.explain.lines import Line, block_lines, why_not
from recycling.explain.now import Shown, StillValid, WhyNow, why_now
from recycling.explain.single import Look, explain, holds, look

__all__ = [
    "Line",
    "Look",
    "Shown",
    "StillValid",
    "WhyNow",
    "WorthAsking",
    "block_lines",
    "explain",
    "holds",
    "look",
    "why_not",
    "why_now",
    "worth_asking",
]
