"""Why this person and not the others who rest for the same kind of reason: counted, not told apart by name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Case, Count, Q, Value, When

from recycling.blocks import allowed
from recycling.models import Condition, Proposal
from recycling.models.proposals import LIVE_PROPOSAL

MOST = 2000  # of one kind and family; more are not looked at one by one


@dataclass(frozen=True)
class Others:
    """How many more rest so, and what keeps them: a block, their own card, or the condition itself."""

    total: int
    blocked: int
    proposed: int
    is_cut: bool

    @property
    def not_yet(self) -> int:
        return self.total - self.blocked - self.proposed


def why_not_others(card: Proposal, at: datetime) -> Others:
    """Waiting conditions of the same kind, in the job's family or of the job itself. One query."""
    near = Q(left_job=card.job_id)
    if card.job.family_id is not None:
        near |= Q(family=card.job.family_id)
    kind = card.kind if card.condition_id else "review"
    same = Condition.objects.filter(near, kind=kind, is_waiting=True, resolved_at=None)
    some = same.exclude(candidate=card.candidate_id).order_by("-pk").values("pk")[: MOST + 1]
    live = Proposal.objects.filter(state__in=LIVE_PROPOSAL).values("candidate")
    is_free = Case(When(allowed("candidate__", at), then=Value(True)), default=False, output_field=BooleanField())
    has_card = Case(When(candidate__in=live, then=Value(True)), default=False, output_field=BooleanField())
    looked = Condition.objects.filter(pk__in=some).annotate(is_free=is_free, has_card=has_card)
    found = looked.aggregate(
        total=Count("candidate", distinct=True),
        blocked=Count("candidate", distinct=True, filter=Q(is_free=False, has_card=False)),
        proposed=Count("candidate", distinct=True, filter=Q(has_card=True)),
    )
    return Others(found["total"], found["blocked"], found["proposed"], found["total"] > MOST)
