"""The blocks, asked again at the moment of a decision: between two evaluations a consent can end."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from recruiting.candidates.models import Candidate
from recruiting.core.refused import Refused
from recycling.blocks import blocks_of

OUR_OWN = frozenset({"being_asked"})  # this very card: it must not stand in its own way
SAME_APPROACH = OUR_OWN | {"touched"}  # the second message of one approach uses no budget
# What their own yes answers: they have been in contact, and want to be considered.
THEIR_WORD = OUR_OWN | {"no_basis", "use_over", "opted_out", "unreachable", "in_process", "double", "touched"}


def check_allowed(candidate: Candidate, at: datetime, *, but: Collection[str] = ()) -> None:
    """Refused (code "blocked") with the first block that holds, apart from those named."""
    for block in blocks_of(candidate, at):
        if block.key not in but:
            said = _("%(name)s may not be asked: %(block)s.")
            raise Refused(said % {"name": candidate.name, "block": block.label}, "blocked")
