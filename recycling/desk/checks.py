"""What of the last time still counts, until when, and what somebody has to check again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from funnel.interviews.selectors import valid_scorecards
from funnel.models import Ended, Visit
from recruiting.accounts.models import User
from recruiting.candidates.models import EvidenceState, SkillEvidence
from recruiting.core import words
from recruiting.core.days import day_of, plus_months
from recruiting.jobs.stages import Stage
from recycling.models import Condition, ConditionSkill, Proposal

PAY_IS_OLD_MONTHS = 6
SHOWN = 4


@dataclass(frozen=True)
class Check:
    """One line: what, until when (or None), and what is behind it."""

    what: str
    until: date | None
    note: str


def checks_of(
    card: Proposal, gap: ConditionSkill | None, unsettled: Sequence[Condition], user: User, at: datetime
) -> tuple[list[Check], list[Check]]:
    """Still valid, and to be checked again."""
    today = day_of(at)
    passes, expired = _passes(card, today)
    confirmed, declared = _evidence(card, user, today)
    valid = [*passes, *_scorecards(card, user, at), *confirmed[:SHOWN], *_consent(card, user)]
    again = [*_criterion(card, gap), *declared[:SHOWN], *expired, *_terms(card, user, today)]
    again += [
        Check(str(condition.reason), None, _("Nobody knows whether this reason still holds")) for condition in unsettled
    ]
    return valid, again


def _passes(card: Proposal, today: date) -> tuple[list[Check], list[Check]]:
    """Each stage they passed the last time, with the day its evaluation ends."""
    left = card.entry.left
    valid: list[Check] = []
    expired: list[Check] = []
    if left is None:
        return valid, expired
    visits = Visit.objects.filter(application=left, ended_as=Ended.ADVANCED, is_voided=False)
    for visit in visits.exclude(stage=Stage.SOURCING).order_by("pk"):
        if visit.left_at is None:
            continue  # brought in without days: nobody knows how old it is
        passed_on = day_of(visit.left_at)
        until = plus_months(passed_on, settings.EVALUATION_VALID_MONTHS)
        what = _("%(stage)s passed") % {"stage": visit.get_stage_display()}
        said = _("On %(day)s, for %(job)s") % {"day": _full(passed_on), "job": left.job}
        (valid if until > today else expired).append(Check(what, until, said))
    return valid, expired


def _scorecards(card: Proposal, user: User, at: datetime) -> list[Check]:
    """What interviewers found and need not be asked again; whose it is, is named to recruiting alone."""
    found = []
    for each in valid_scorecards(user, card.candidate, at)[:SHOWN]:
        terms = {"name": each.user.name, "job": each.application.job, "day": _full(day_of(each.interview.starts_at))}
        said = _("%(name)s, %(day)s, for %(job)s") if user.sees_everybody else _("%(day)s, for %(job)s")
        what = _("Scorecard: %(overall)s") % {"overall": each.get_overall_display()}
        found.append(Check(what, each.valid_until, said % terms))
    return found


def _evidence(card: Proposal, user: User, today: date) -> tuple[list[Check], list[Check]]:
    """What speaks for this job's must-haves: vouched for, and in their own words."""
    asked = card.job.requirements.filter(is_must=True, skill__isnull=False).values("skill")
    rows = SkillEvidence.objects.filter(candidate=card.candidate_id, skill__above__broad__in=asked).exclude(
        state=EvidenceState.REFUTED
    )
    if not user.has_perm("candidates.view_evaluations"):
        rows = rows.exclude(source__in=["screening", "interview", "assessment"])
    best: dict[int, SkillEvidence] = {}
    for row in rows.select_related("skill", "confirmed_by").order_by("skill", "level", "seen_on").distinct():
        if row.skill_id is not None:
            kept = best.get(row.skill_id)
            if kept is None or row.state == EvidenceState.CONFIRMED or kept.state != EvidenceState.CONFIRMED:
                best[row.skill_id] = row
    confirmed, declared = [], []
    for row in best.values():
        level = row.skill.level_label(row.level) if row.skill else ""
        what = pgettext("between items", ", ").join(filter(None, [str(row.skill), level]))
        if row.state == EvidenceState.CONFIRMED:
            terms = {"source": row.get_source_display(), "name": row.confirmed_by or "–", "day": _full(row.seen_on)}
            confirmed.append(Check(what, None, _("%(source)s, %(name)s, %(day)s") % terms))
        else:
            declared.append(Check(what, None, _("Their own word, %(day)s") % {"day": _full(row.seen_on)}))
    return confirmed, declared


def _consent(card: Proposal, user: User) -> list[Check]:
    person = card.candidate
    if person.use_until is None or not user.has_perm("candidates.view_consent"):
        return []
    return [Check(_("Basis for future roles"), person.use_until, _("Their data may be used until then"))]


def _criterion(card: Proposal, gap: ConditionSkill | None) -> list[Check]:
    if gap is None or card.kind != "skill":
        return []
    return [Check(str(gap), None, _("The criterion that failed"))]


def _terms(card: Proposal, user: User, today: date) -> list[Check]:
    """What they said of pay and of when, as old as it is."""
    person, found = card.candidate, []
    if person.pay_floor is not None and user.has_perm("candidates.view_pay"):
        floor = words.money(person.pay_floor, person.pay_currency, get_language() or "en")
        said_on = person.pay_said_on
        if said_on is None or plus_months(said_on, PAY_IS_OLD_MONTHS) <= today:
            said = _("Said on %(day)s") % {"day": _full(said_on)} if said_on else _("Nobody wrote down when")
            found.append(Check(_("Pay floor %(amount)s") % {"amount": floor}, None, said))
    if person.employer_since_on and person.employer_since_on > day_of(card.entry.entered_at):
        said = _("Changed employer on %(day)s") % {"day": _full(person.employer_since_on)}
        found.append(Check(_("Notice period"), None, said))
    return found


def _full(day: date) -> str:
    return words.full_day(day, get_language() or "en")
