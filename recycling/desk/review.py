"""One stay on the day somebody looks at it: why they rest, what stands between, and what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from recruiting.accounts.models import User
from recycling.blocks import Block, blocks_of
from recycling.explain import Line, why_not
from recycling.models import Exit, PoolEntry


@dataclass(frozen=True)
class Review:
    lines: list[Line]
    exit: Exit | None
    blocks: list[Block]
    shows_words: bool  # what was written in an evaluation is for those who may see evaluations


def review_of(entry: PoolEntry, user: User, at: datetime) -> Review:
    exit = None
    if entry.left_id is not None:
        exits = Exit.objects.filter(application=entry.left_id, undone_at=None)
        exit = exits.select_related("reason", "exited_by").first()
    return Review(
        lines=why_not(entry, at),
        exit=exit,
        blocks=blocks_of(entry.candidate, at),
        shows_words=user.has_perm("candidates.view_evaluations"),
    )
