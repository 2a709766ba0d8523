"""skill: the missing must-have was gained, or a job in reach does not ask for it, or the requirement was dropped.

All three are one question, whether they fit the job; only for the job left it must have come true after the exit.
"""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruiting.candidates.models import EvidenceState, SkillEvidence
from recruiting.core import words
from recruiting.core.days import day_of
from recruiting.jobs.models import Job, Requirement
from recruiting.skills.models import SkillClosure
from recycling.conditions.base import Finding, Kind, is_after, latest, latest_of
from recycling.conditions.reach import reaches
from recycling.models import Condition, ConditionSkill, Fit


def _still_asked() -> QuerySet[Requirement]:
    """Must-haves of the pair's job that the pair's condition names as failed and no evidence meets."""
    named = ConditionSkill.objects.filter(condition=OuterRef(OuterRef("pk"))).filter(
        Q(skill=OuterRef("skill")) | Q(skill=None, term=OuterRef("term"))
    )
    # Who has no level recorded stands at 0, and who asks for no level asks for 0.
    meets = (
        SkillEvidence.objects.filter(candidate=OuterRef(OuterRef("candidate")), skill__above__broad=OuterRef("skill"))
        .exclude(state=EvidenceState.REFUTED)
        .alias(held=Coalesce("level", 0))
        .filter(held__gte=Coalesce(OuterRef("level"), 0))
    )
    return Requirement.objects.filter(Exists(named), ~Exists(meets), job=OuterRef("job"), is_must=True)


class SkillGained(Kind):
    """The fact is the newest evidence when the fit began: a second proof of the same speaks no second time."""

    key = "skill"
    fact = F("fit_fact")
    since = latest_of("fit_evidence_at", "j_asks_changed_at", "j_opened_at")

    def test(self, at: datetime) -> Q:
        asks_changed = Q(j_asks_changed_at__gt=F("entered_at"))
        asks = Requirement.objects.filter(job=OuterRef("job"), is_must=True)
        return (Q(is_fit=True) & (Q(is_own=False) | Q(fit_evidence_at__gt=F("entered_at")) | asks_changed)) | (
            Q(is_fit=False) & asks_changed & ~Q(Exists(asks))
        )

    def news(self) -> Q:
        return (
            Q(fit_evidence_at__gt=F("entered_at"))
            | Q(j_asks_changed_at__gt=F("entered_at"))
            | Q(is_own=False, j_opened_at__gt=F("entered_at"))
        )

    def unmet(self, at: datetime) -> Q:
        """Within reach, a job that still asks for what failed, while nothing meets it."""
        return Q(is_within=True) & Q(Exists(_still_asked()))

    def explain(self, condition: Condition, job: Job, at: datetime) -> Finding:
        is_own = condition.left_job_id == job.pk
        fit = Fit.objects.filter(candidate=condition.candidate_id, job=job).first()
        asks_changed = is_after(job.asks_changed_at, condition.entered_at)
        if fit is None:
            asks_nothing = is_own and asks_changed and not job.requirements.filter(is_must=True).exists()
            if asks_nothing:
                return Finding(
                    True,
                    _("%(job)s asks for no must-have any more.") % {"job": job},
                    since=latest(job.asks_changed_at, job.opened_at),
                )
            return Finding(False, missing_in_words(condition, job) or _("Not every must-have is met by evidence."))
        gained = is_after(fit.evidence_at, condition.entered_at)
        is_news = gained or asks_changed or (not is_own and is_after(job.opened_at, condition.entered_at))
        is_cool = condition.cool_until <= day_of(at)
        if is_own and not (gained or asks_changed):
            return Finding(False, _("Nothing new speaks for them since they left."))
        return Finding(
            is_news or is_cool,
            _("Every must-have of %(job)s is met by evidence.") % {"job": job},
            fact=fit.fact,
            since=latest(fit.evidence_at, job.asks_changed_at, job.opened_at),
            is_confirmed=fit.is_confirmed,
            until=None if is_news or is_cool else condition.cool_until,
        )

    def waits_for(self, condition: Condition, at: datetime) -> tuple[str, date | None]:
        wanted = words.listed(map(in_words, condition.skills.select_related("skill")), get_language() or "en")
        text = (
            _("Waits for evidence of %(skills)s, or a job in reach that does not ask for it.") % {"skills": wanted}
            if wanted
            else _("Waits for a job in reach whose must-haves they meet.")
        )
        if condition.cool_until <= day_of(at):
            return text, None
        return _("%(text)s Without news not before %(date)s.") % {
            "text": text,
            "date": words.full_day(condition.cool_until, get_language() or "en"),
        }, None

    def stands_in_way(self, condition: Condition, job: Job, at: datetime) -> str:
        return missing_in_words(condition, job) if reaches(condition, job) else ""


def in_words(gap: ConditionSkill) -> str:
    """The asked skill with its level and how near they were: "Kubernetes, Working (had: Basic)"."""
    if gap.skill is None:
        return gap.term
    asked = f"{gap.skill}, {gap.skill.level_label(gap.level)}" if gap.level else str(gap.skill)
    if gap.held_level is None:
        return asked
    return _("%(asked)s (had: %(held)s)") % {"asked": asked, "held": gap.skill.level_label(gap.held_level)}


def missing_in_words(condition: Condition, job: Job) -> str:
    """What failed, is still asked by this job and met by nothing; empty where nothing of the kind is known."""
    asked = {row.skill_id or row.term: row for row in job.requirements.filter(is_must=True).select_related("skill")}
    missing = []
    for gap in condition.skills.select_related("skill"):
        row = asked.get(gap.skill_id or gap.term)
        if row is not None and not is_met(condition.candidate_id, row):
            missing.append(in_words(gap))
    return (
        _("Still missing: %(skills)s.") % {"skills": words.listed(missing, get_language() or "en")} if missing else ""
    )


def is_met(candidate: int, requirement: Requirement) -> bool:
    """Evidence of the same or a narrower skill, at the level asked; what has no level recorded is unknown."""
    if requirement.skill_id is None:
        return False
    narrower = SkillClosure.objects.filter(broad=requirement.skill_id).values("narrow")
    evidence = SkillEvidence.objects.filter(candidate=candidate, skill__in=narrower).exclude(
        state=EvidenceState.REFUTED
    )
    if requirement.level is not None:
        evidence = evidence.filter(level__gte=requirement.level)
    return evidence.exists()
