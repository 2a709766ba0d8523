"""What speaks for a skill. Rows are added and never rewritten, but for who confirmed or refuted them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, EvidenceState, SkillEvidence
from recruiting.candidates.models.evidence import EvidenceSource
from recruiting.candidates.services.tell import change, tell
from recruiting.core.days import day_of
from recruiting.core.refused import Refused
from recruiting.skills.levels import is_level
from recruiting.skills.models import Skill
from recruiting.skills.selectors import narrower_of, resolve_term


@transaction.atomic
def add_evidence(
    *,
    candidate: Candidate,
    skill: Skill | None = None,
    term: str = "",
    level: int | None = None,
    source: str = EvidenceSource.SELF,
    seen_on: date,
    by: User | None,
    at: datetime,
    state: str = EvidenceState.DECLARED,
    note: str = "",
    years: Decimal | None = None,
) -> SkillEvidence:
    """One thing that speaks for a skill. A word the list does not know is kept as it came, and shown."""
    term = term.strip()
    skill = skill or (resolve_term(term) if term else None)
    if skill is None and not term:
        raise Refused(_("Name the skill."), code="invalid")
    if skill is not None:
        _check_level(skill, level)
    evidence = SkillEvidence.objects.create(
        candidate=candidate,
        skill=skill,
        term=term,
        level=level if skill is not None else None,
        years=years,
        state=state,
        source=source,
        note=note,
        seen_on=seen_on,
        recorded_at=at,
        recorded_by=by,
        confirmed_by=by if state == EvidenceState.CONFIRMED else None,
        confirmed_at=at if state == EvidenceState.CONFIRMED else None,
        refuted_at=at if state == EvidenceState.REFUTED else None,
    )
    _tell_skills(candidate, evidence, by=by, at=at)
    return evidence


@transaction.atomic
def confirm_evidence(*, evidence: SkillEvidence, by: User, at: datetime, level: int | None = None) -> SkillEvidence:
    """A person vouches for it, at the level they saw. Another level is a new row: what was said stays said."""
    if evidence.state == EvidenceState.REFUTED:
        raise Refused(_("This was found not to be met; record new evidence instead."))
    if evidence.skill is None:
        raise Refused(_("“%(term)s” is not in the list of skills yet.") % {"term": evidence.term})
    if level is not None and level != evidence.level:
        return add_evidence(
            candidate=evidence.candidate,
            skill=evidence.skill,
            level=level,
            source=evidence.source,
            seen_on=day_of(at),
            by=by,
            at=at,
            state=EvidenceState.CONFIRMED,
            note=evidence.note,
        )
    evidence.state, evidence.confirmed_by, evidence.confirmed_at = EvidenceState.CONFIRMED, by, at
    evidence.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _tell_skills(evidence.candidate, evidence, by=by, at=at)
    return evidence


@transaction.atomic
def refute_skill(
    *,
    candidate: Candidate,
    skill: Skill,
    level: int | None = None,
    by: User | None,
    at: datetime,
    note: str = "",
    source: str = EvidenceSource.INTERVIEW,
) -> SkillEvidence:
    """A failed criterion: what spoke for the skill at that level no longer counts, and it is known to be unmet.

    A narrower skill spoke for it too. Evidence of a lower level stays: that much is still true.
    """
    _check_level(skill, level)
    speaking = SkillEvidence.objects.filter(
        candidate=candidate, skill__in=narrower_of([skill.pk])[skill.pk] | {skill.pk}
    )
    if level is not None:
        speaking = speaking.filter(Q(level__gte=level) | Q(level=None))
    speaking.exclude(state=EvidenceState.REFUTED).update(state=EvidenceState.REFUTED, refuted_at=at)
    return add_evidence(
        candidate=candidate,
        skill=skill,
        level=level,
        source=source,
        seen_on=day_of(at),
        by=by,
        at=at,
        state=EvidenceState.REFUTED,
        note=note,
    )


def _check_level(skill: Skill, level: int | None) -> None:
    if not is_level(skill.scale, level):
        raise Refused(_("%(skill)s has no level %(level)s.") % {"skill": skill, "level": level}, code="invalid")


def _tell_skills(candidate: Candidate, evidence: SkillEvidence, *, by: User | None, at: datetime) -> None:
    change(candidate, at=at, skills_changed_at=at)
    name = str(evidence.skill) if evidence.skill is not None else evidence.term
    data = {"evidence": evidence.pk, "skill": evidence.skill_id, "state": evidence.state, "name": name}
    tell("skills_changed", candidate, by=by, at=at, data=data)
