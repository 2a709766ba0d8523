"""An exit was undone: what it wrote about the person is taken back, by the very moment it was written at."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Case, Value, When

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, EvidenceState, LawfulBasis, SkillEvidence
from recruiting.candidates.models.evidence import EvidenceSource
from recruiting.candidates.services.consent import compute_ends
from recruiting.candidates.services.tell import change, tell

JUDGED = (EvidenceSource.SCREENING, EvidenceSource.INTERVIEW)


@transaction.atomic
def take_back_evidence(*, candidate: Candidate, recorded_at: datetime, by: User | None, at: datetime) -> int:
    """What was judged at that moment goes; what it had refuted counts again. Returns how many rows changed."""
    theirs = SkillEvidence.objects.filter(candidate=candidate)
    gone, _detail = theirs.filter(recorded_at=recorded_at, source__in=JUDGED).delete()
    back = theirs.filter(refuted_at=recorded_at).update(
        state=Case(
            When(confirmed_at__isnull=False, then=Value(EvidenceState.CONFIRMED.value)),
            default=Value(EvidenceState.DECLARED.value),
        ),
        refuted_at=None,
    )
    if gone or back:
        change(candidate, at=at, skills_changed_at=at)
        tell("skills_changed", candidate, by=by, at=at, data={"taken_back": recorded_at.isoformat()})
    return gone + back


@transaction.atomic
def restore_bases(
    *, candidate: Candidate, purposes: Collection[str], withdrawn_at: datetime, by: User | None, at: datetime
) -> int:
    """The withdrawal at that moment was a mistake: those bases stand again."""
    bases = LawfulBasis.objects.filter(candidate=candidate, purpose__in=purposes, withdrawn_at=withdrawn_at)
    restored = bases.update(withdrawn_at=None)
    if restored:
        compute_ends(candidate, at)
        tell("consent_changed", candidate, by=by, at=at, data={"restored": restored})
    return restored
