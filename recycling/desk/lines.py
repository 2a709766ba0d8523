"""Why somebody is on the desk, in one line each: a fixed number of queries for a whole page of cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import EvidenceState, SkillEvidence
from recruiting.core import words
from recruiting.core.days import day_of
from recruiting.skills.models import Field
from recycling.models import Proposal

ICONS = {
    "skill": "graduation-cap",
    "decider": "user-round-check",
    "date": "calendar-check",
    "opening": "door-open",
    "by_hand": "user-round-plus",
}


@dataclass(frozen=True)
class Why:
    """The icon of the kind, and one line: what came true."""

    icon: str
    said: str


def whys(cards: Sequence[Proposal], at: datetime) -> dict[int, Why]:
    """One line for each card, by its key. Cards come with condition and job."""
    evidence = _evidence([card.fact for card in cards if card.kind == "skill"])
    deciders = User.objects.in_bulk([card.fact for card in cards if card.kind == "decider"])
    return {card.pk: _why(card, evidence, deciders, at) for card in cards}


def _evidence(keys: Sequence[int]) -> dict[int, SkillEvidence]:
    if not keys:
        return {}
    rows = SkillEvidence.objects.filter(pk__in=keys).select_related("skill", "confirmed_by", "recorded_by")
    return {row.pk: row for row in rows}


def _why(card: Proposal, evidence: dict[int, SkillEvidence], deciders: dict[int, User], at: datetime) -> Why:
    icon = ICONS.get(card.kind, "eddy")
    if card.kind == "skill":
        return _skill(card, evidence.get(card.fact), icon)
    if card.kind == "decider":
        decider = deciders.get(card.fact)
        said = _("Decision-maker changed to %(name)s") if is_own(card) else _("Another decides here: %(name)s")
        return Why(icon, said % {"name": decider.name if decider else "–"})
    if card.kind == "date" and card.condition and card.condition.due_on:
        return Why(icon, _date(card, at))
    if card.kind == "opening":
        return Why(icon, _opening(card))
    return Why(icon, card.why or _("Thought of by %(name)s") % {"name": card.desk.name if card.desk else "–"})


def is_own(card: Proposal) -> bool:
    """The card is for the job they left."""
    return card.condition is not None and card.condition.left_job_id == card.job_id


def _skill(card: Proposal, evidence: SkillEvidence | None, icon: str) -> Why:
    gained = bool(evidence and card.condition and evidence.recorded_at > card.condition.entered_at)
    if evidence is None or evidence.skill is None or not gained:
        return Why("list-x", _("Meets every must-have of this job now"))
    if evidence.skill.field == Field.LANGUAGE:
        icon = "languages"
    terms = {"skill": evidence.skill, "level": evidence.skill.level_label(evidence.level)}
    if evidence.state == EvidenceState.CONFIRMED:
        said = _("%(skill)s confirmed: %(level)s") if evidence.level else _("%(skill)s confirmed")
    else:
        said = _("Says %(skill)s, %(level)s; check first") if evidence.level else _("Says %(skill)s; check first")
    return Why(icon, said % terms)


def _date(card: Proposal, at: datetime) -> str:
    due_on = card.condition.due_on if card.condition else None
    if due_on is None:
        return ""
    terms = {"day": words.short_day(due_on, day_of(at), get_language() or "en")}
    days = (due_on - day_of(at)).days
    if days <= 0:
        return _("The day they named, %(day)s, has come") % terms
    said = ngettext("Named %(day)s: %(days)s day away", "Named %(day)s: %(days)s days away", days)
    return said % {**terms, "days": days}


def _opening(card: Proposal) -> str:
    if is_own(card):
        return _("A seat at the job they left")
    condition, rank = card.condition, card.job.level_id
    if condition is not None and condition.rank is not None and rank is not None and rank > condition.rank:
        return _("Opening, same family, a higher level")
    return _("Opening, same family and level")
