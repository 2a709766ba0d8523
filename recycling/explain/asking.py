"""Worth asking: who is in reach of a job with must-haves nobody knows, but none known unmet. Listed, never proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from recruiting.candidates.models import Candidate, EvidenceState, SkillEvidence
from recruiting.jobs.models import Job, Requirement
from recycling import blocks
from recycling.conditions.pairs import beside_one
from recycling.engine.matching import unobstructed
from recycling.explain.now import evidence_for
from recycling.models import Condition, Fit, Proposal
from recycling.models.proposals import LIVE_PROPOSAL

PAGE = 50


@dataclass(frozen=True)
class WorthAsking:
    """One person, the condition that reaches the job, and which must-haves nobody knows."""

    candidate: Candidate
    condition: Condition
    unknown: list[Requirement]


def worth_asking(job: Job, at: datetime, *, before: int | None = None, limit: int = PAGE) -> list[WorthAsking]:
    """A page of people, the newest first; `before` is the last person's key of the page above."""
    fits = Fit.objects.filter(candidate=OuterRef("candidate"), job=job)
    card = Proposal.objects.filter(candidate=OuterRef("candidate"), state__in=LIVE_PROPOSAL)
    waiting = Condition.objects.filter(is_waiting=True, is_decisive=True, resolved_at=None)
    bound = beside_one(waiting, job).filter(blocks.allowed("candidate__", at))
    reached = unobstructed(bound, at, itself=True).filter(~Exists(fits), ~Exists(card), ~Exists(_known_unmet(job)))
    if before is not None:
        reached = reached.filter(candidate__lt=before)
    page = reached.order_by("-candidate").values("candidate").annotate(newest=Max("pk"))[:limit]
    keys = [row["newest"] for row in page]
    rows = Condition.objects.filter(pk__in=keys).select_related("candidate", "entry", "reason").order_by("-candidate")
    return [WorthAsking(row.candidate, row, _unknown(row.candidate_id, job)) for row in rows]


def _unknown(candidate: int, job: Job) -> list[Requirement]:
    return [shown.requirement for shown in evidence_for(candidate, job) if shown.evidence is None]


def _known_unmet(job: Job) -> QuerySet[Any, Any]:
    """Must-haves that something is known about, and nothing meets: a lower level, or one that was not met."""
    theirs = SkillEvidence.objects.filter(
        candidate=OuterRef(OuterRef("candidate")), skill__above__broad=OuterRef("skill")
    ).alias(stands_at=Coalesce("level", 0), asked=Coalesce(OuterRef("level"), 0))
    counting = theirs.exclude(state=EvidenceState.REFUTED)
    refuted = theirs.filter(state=EvidenceState.REFUTED).filter(Q(level=None) | Q(level__lte=F("asked")))
    return (
        Requirement.objects.filter(job=job, is_must=True)
        .filter(~Exists(counting.filter(stands_at__gte=F("asked"))))
        .filter(Exists(refuted) | Exists(counting.filter(level__isnull=False)))
    )
