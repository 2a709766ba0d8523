"""What the engine makes of the world: news that arrives, and people whose reason came true."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from recruiting.candidates import services as people
from recruiting.candidates.models import Candidate, SkillEvidence
from recruiting.core import outbox
from recruiting.core.models import OutboxMessage
from recruiting.skills.models import Skill
from recycling.engine import Outcome, Scope, evaluate
from recycling.fits import refresh_fits_of_people
from recycling.models import PoolEntry, Proposal
from recycling.models.proposals import LIVE_PROPOSAL
from recycling.pending import evaluate_pending


def let_news_arrive(at: datetime) -> int:
    """Deliver every message that waits, whatever its moment, and evaluate whom they named."""
    OutboxMessage.objects.filter(sent_at=None).update(due_at="2000-01-01T00:00:00Z")
    while outbox.relay():
        pass
    return evaluate_pending(at)


def evaluated(candidate: Candidate, at: datetime) -> Outcome:
    """The person looked at anew, their fits first."""
    refresh_fits_of_people([candidate.pk], at)
    return evaluate(Scope(people=[candidate.pk]), at)


def the_card_of(candidate: Candidate) -> Proposal | None:
    cards = Proposal.objects.select_related("entry", "condition", "job", "desk", "candidate")
    return cards.filter(candidate=candidate, state__in=LIVE_PROPOSAL).first()


def fresh(entry: PoolEntry) -> PoolEntry:
    return PoolEntry.objects.select_related("candidate", "left").get(pk=entry.pk)


def a_skill(key: str) -> Skill:
    return Skill.objects.get(key=key)


def an_evidence(
    candidate: Candidate, skill: str, level: int | None = None, *, at: datetime, state: str = "confirmed", **more: Any
) -> SkillEvidence:
    """Somebody saw it: confirmed unless told otherwise."""
    return people.add_evidence(
        candidate=candidate,
        skill=a_skill(skill),
        level=level,
        source=more.pop("source", "interview"),
        seen_on=at.date(),
        by=more.pop("by", None),
        at=at,
        state=state,
        **more,
    )
