"""Icons as SVG text: Lucide's by their own names, and the shapes that are ours."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import escape
from lucide.templatetags.lucide import lucide

SIZES = {"s": 13, "m": 16, "l": 20}

# The line with an eddy is the mark of all that comes back; a gate is a dashed post across the line; still water rests.
OURS = {
    "eddy": '<path d="M2.5 6h19"/><path d="M17.5 6c4.2 5.2 1.6 13-5 13-4.9 0-7.6-3.4-6.7-8"/>'
    '<path d="M2.6 13.6l3.3-3 3.2 3"/>',
    "gate": '<path d="M2.5 12h6.5"/><path d="M15 12h6.5"/><path d="M12 4v16" stroke-dasharray="2.5 2.8"/>'
    '<path d="M18.8 9.2l2.8 2.8-2.8 2.8"/>',
    "still-water": '<path d="M2.5 7h19"/><path d="M6 12.5h12"/><path d="M9.5 18h5"/>',
}


@lru_cache(maxsize=512)
def svg(name: str, size: str = "m", label: str = "", extra: str = "") -> str:
    """One icon. Without a label it is hidden from screen readers, so it must stand beside its word."""
    classes = " ".join(part for part in ("i", "" if size == "m" else f"i--{size}", extra) if part)
    spoken = {"role": "img", "aria-label": label} if label else {"aria-hidden": "true"}
    if name not in OURS:
        drawn = lucide(name, size=SIZES[size], **{"class": classes, **spoken})
        return "".join(line.strip() for line in drawn.splitlines())
    attributes = " ".join(f'{key}="{escape(value)}"' for key, value in {"class": classes, **spoken}.items())
    side = SIZES[size]
    return f'<svg width="{side}" height="{side}" viewBox="0 0 24 24" {attributes}>{OURS[name]}</svg>'
