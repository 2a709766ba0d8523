"""The sentences of "why now": the kind, what was and what is now, and why the system did not say so sooner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import EvidenceState, SkillEvidence
from recruiting.core import words
from recruiting.core.days import day_of
from recycling.desk.lines import is_own
from recycling.models import Condition, ConditionSkill, Proposal


@dataclass(frozen=True)
class Said:
    kind: str
    now: str
    not_sooner: str


def say(
    card: Proposal,
    condition: Condition | None,
    gap: ConditionSkill | None,
    evidence: SkillEvidence | None,
    refusers: Sequence[User],
    decider: User | None,
    at: datetime,
) -> Said:
    """Kind, sentence and history of one card, in the reader's language."""
    day = words.short_day(day_of(card.since or card.created_at), day_of(at), get_language() or "en")
    if card.kind == "skill":
        return _skill(card, gap, evidence, day)
    if card.kind == "decider":
        return _decider(card, refusers, decider, day)
    if card.kind == "date" and condition is not None:
        return _date(condition, day, at)
    if card.kind == "opening":
        return _opening(card, day)
    by = card.desk.name if card.desk else "–"
    left = _("Left because: %(reason)s.") % {"reason": card.entry.reason}
    thought = _("%(name)s thinks of them for this job.") % {"name": by}
    return Said(
        _("thought of by a person"), f"{left} {card.why or thought}", _("Nothing had come true by itself until today.")
    )


def _skill(card: Proposal, gap: ConditionSkill | None, evidence: SkillEvidence | None, day: str) -> Said:
    name = str(gap) if gap else _("a must-have")
    if gap and gap.skill and gap.held_level:
        was = _("Left because %(skill)s was at: %(level)s.") % {
            "skill": name,
            "level": gap.skill.level_label(gap.held_level),
        }
    else:
        was = _("Left because nothing spoke for %(skill)s.") % {"skill": name}
    if evidence is None or evidence.skill is None:
        now = _("This job does not ask for it, and they meet everything it does ask for.")
        sooner = _("Until %(day)s no job in reach was content with what they have.") % {"day": day}
        return Said(_("must-haves met"), f"{was} {now}", sooner)
    terms = {"skill": evidence.skill, "level": evidence.skill.level_label(evidence.level)}
    if evidence.state == EvidenceState.CONFIRMED:
        now = _("%(skill)s is now confirmed, %(level)s, and every must-have of this job is met.") % terms
    else:
        now = _("They now say: %(skill)s, %(level)s. With that, every must-have of this job is met.") % terms
    sooner = _("Until %(day)s nothing on record spoke for %(skill)s.") % {"day": day, "skill": evidence.skill}
    return Said(_("skill held at level"), f"{was} {now}", sooner)


def _decider(card: Proposal, refusers: Sequence[User], decider: User | None, day: str) -> Said:
    names = words.listed((user.name for user in refusers), get_language() or "en") or _("Whoever decided")
    terms = {"names": names, "decider": decider.name if decider else "–", "job": card.job, "day": day}
    if is_own(card):
        return Said(
            _("decision-maker changed"),
            _("%(names)s said no. %(decider)s decides about this job now.") % terms,
            _("Until %(day)s %(names)s decided.") % terms,
        )
    return Said(
        _("another team’s decision"),
        _("%(names)s said no to another job. Here %(decider)s decides, and nobody who refused.") % terms,
        _("Until %(day)s every job in reach had the same decision-maker, or they did not fit it.") % terms,
    )


def _date(condition: Condition, day: str, at: datetime) -> Said:
    due_on = condition.due_on or day_of(at)
    days = (due_on - day_of(at)).days
    terms = {"day": words.full_day(due_on, get_language() or "en"), "days": days, "lead": settings.DATE_LEAD_DAYS}
    if days <= 0:
        now = _("They could not before %(day)s. That day has come.") % terms
    else:
        text = ngettext(
            "They could not before %(day)s. That is %(days)s day away.",
            "They could not before %(day)s. That is %(days)s days away.",
            days,
        )
        now = text % terms
    sooner = _("Before %(since)s the day was more than %(lead)s days away.") % {**terms, "since": day}
    return Said(_("date reached"), now, sooner)


def _opening(card: Proposal, day: str) -> Said:
    left = _("Left because: %(reason)s.") % {"reason": card.entry.reason}
    terms = {"job": card.job, "day": day}
    if is_own(card):
        now = _("A seat is open again at the job they left, %(job)s.") % terms
    else:
        now = _("%(job)s has an opening in the same family, and they fit it.") % terms
    return Said(_("opening"), f"{left} {now}", _("Until %(day)s no seat in reach was open.") % terms)
