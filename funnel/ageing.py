"""How old a card looks: its days as a share of its column's own limit. Pure."""

from __future__ import annotations

from datetime import datetime

# Fresh, normal, due, late, stale: up to this share of the limit.
BORDERS = (0.25, 0.65, 1.0, 1.5)


def whole_days(since: datetime | None, now: datetime) -> int | None:
    """Elapsed whole days; None where nobody knows since when."""
    return None if since is None else max(0, (now - since).days)


def age(days: int | None, limit: int) -> int:
    """0 fresh … 4 stale. Nothing known looks normal; a limit of nought is met by today only."""
    if days is None:
        return 1
    share = days / limit if limit else (0.0 if days == 0 else 2.0)
    return next((place for place, border in enumerate(BORDERS) if share <= border), len(BORDERS))


def tide(days: int | None, limit: int) -> int:
    """The line under a card: hundredths of the limit, from a first trace to full."""
    if days is None or not limit:
        return 100 if days else 8
    return max(8, min(100, round(100 * days / limit)))
