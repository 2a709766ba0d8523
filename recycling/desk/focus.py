"""One card, whole: why now, what was and what is, what still counts, what has to be checked, and why not sooner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from funnel.models import Visit
from recruiting.accounts.models import User
from recruiting.candidates.models import EvidenceState, SkillEvidence
from recruiting.core import words
from recruiting.core.days import day_of
from recruiting.jobs.models import Job
from recruiting.jobs.stages import Stage
from recruiting.skills.levels import TOP
from recruiting.skills.models import Skill
from recruiting.skills.selectors import narrower_of
from recycling.desk.checks import Check, checks_of
from recycling.desk.drawings import Course, Drawing, river
from recycling.desk.says import Said, say
from recycling.explain import look
from recycling.explain.now import other_jobs
from recycling.models import Condition, ConditionSkill, PoolEntry, Proposal, Refusal

GAUGE = 5  # blocks, whatever the scale
OTHERS = 5  # jobs named beside this one


@dataclass(frozen=True)
class Step:
    """Then or now: on the gauge where it is a level, and in words."""

    when: str
    said: str
    held: int | None = None
    asked: int | None = None
    is_declared: bool = False
    tone: str = ""
    has_gauge: bool = False


@dataclass
class Focus:
    """What the middle pane says about one card."""

    said: Said
    steps: list[Step] = field(default_factory=list)
    evidence: SkillEvidence | None = None
    valid: list[Check] = field(default_factory=list)
    again: list[Check] = field(default_factory=list)
    others: list[Job] = field(default_factory=list)
    drawing: Drawing | None = None
    open_questions: int = 0


@dataclass(frozen=True)
class Facts:
    """What the sentences rest on, read once."""

    condition: Condition | None
    gap: ConditionSkill | None
    evidence: SkillEvidence | None
    refusers: Sequence[User]
    decider: User | None


def focus_of(card: Proposal, user: User, at: datetime) -> Focus:
    facts = _facts(card)
    found = Focus(said=say(card, facts.condition, facts.gap, facts.evidence, facts.refusers, facts.decider, at))
    found.steps = _steps(card, facts, at)
    found.evidence = facts.evidence if facts.evidence and _may_read(facts.evidence, user) else None
    unsettled = look(card.candidate, card.job, at, but=card.condition).unknown
    found.open_questions = len(unsettled)
    found.valid, found.again = checks_of(card, facts.gap, unsettled, user, at)
    found.others = other_jobs(card, at)[:OTHERS]
    found.drawing = river(_course(card, at))
    return found


def _facts(card: Proposal) -> Facts:
    condition = card.condition or decisive(card.entry)
    gaps = list(condition.skills.select_related("skill")) if condition else []
    evidence = None
    if card.kind == "skill":
        rows = SkillEvidence.objects.select_related("skill", "confirmed_by", "recorded_by", "candidate")
        evidence = rows.filter(pk=card.fact).first()
        if evidence and condition and evidence.recorded_at <= condition.entered_at:
            evidence = None  # what they had when they left is no news: the job has changed
    gap = _gap_met_by(gaps, evidence)
    refusers: Sequence[User] = ()
    if card.kind == "decider":
        said_no = Refusal.objects.filter(candidate=card.candidate_id).select_related("decider")
        refusers = [refusal.decider for refusal in said_no]
    decider = User.objects.filter(pk=card.fact).first() if card.kind == "decider" else None
    return Facts(condition, gap, evidence, refusers, decider)


def decisive(entry: PoolEntry) -> Condition | None:
    standing = entry.conditions.filter(resolved_at=None).select_related("reason")
    return standing.order_by("-is_decisive", "pk").first()


def _gap_met_by(gaps: Sequence[ConditionSkill], evidence: SkillEvidence | None) -> ConditionSkill | None:
    """The missing requirement that this evidence speaks for; else the first one."""
    if evidence is not None:
        meets = narrower_of([gap.skill_id for gap in gaps if gap.skill_id])
        for gap in gaps:
            if gap.skill_id and evidence.skill_id in meets[gap.skill_id] | {gap.skill_id}:
                return gap
    return gaps[0] if gaps else None


def _steps(card: Proposal, facts: Facts, at: datetime) -> list[Step]:
    """Before and after, on one gauge where the condition is a skill."""
    language, gap, evidence = get_language() or "en", facts.gap, facts.evidence
    then = words.short_day(day_of(card.entry.entered_at), day_of(at), language)
    if card.kind != "skill" or gap is None or gap.skill is None:
        return [Step(then, facts_then(card, facts)), Step(_("Now"), facts_now(card, facts, at))]
    asked = _asked(card.job, gap)
    was = gap.skill.level_label(gap.held_level) if gap.held_level else _("Nothing spoke for it")
    before = Step(then, was, _on_gauge(gap.skill, gap.held_level), _on_gauge(gap.skill, gap.level), False, "was", True)
    if evidence is None:
        return [before, Step(_("Now"), _("This job does not ask for it"))]
    level = gap.skill.level_label(evidence.level)
    if evidence.state == EvidenceState.CONFIRMED:
        by = evidence.confirmed_by.name if evidence.confirmed_by else "–"
        terms = {"level": level, "name": by, "source": evidence.get_source_display()}
        said = _("%(level)s, confirmed by %(name)s (%(source)s)") % terms
    else:
        said = _("%(level)s, in their own words") % {"level": level}
    when = words.short_day(evidence.seen_on, day_of(at), language)
    is_declared = evidence.state != EvidenceState.CONFIRMED
    return [before, Step(when, said, _on_gauge(gap.skill, evidence.level), asked, is_declared, "return", True)]


def facts_then(card: Proposal, facts: Facts) -> str:
    """What stood in the way when they left."""
    if facts.refusers:
        return _("%(names)s said no") % {
            "names": words.listed((user.name for user in facts.refusers), get_language() or "en")
        }
    return str(card.entry.reason)


def facts_now(card: Proposal, facts: Facts, at: datetime) -> str:
    if card.kind == "decider" and facts.decider:
        return _("%(name)s decides") % {"name": facts.decider.name}
    if card.kind == "date" and facts.condition and facts.condition.due_on:
        return _("Free from %(day)s") % {"day": words.full_day(facts.condition.due_on, get_language() or "en")}
    if card.kind == "opening":
        return _("A seat is open at %(job)s") % {"job": card.job}
    return card.why or _("Thought of for %(job)s") % {"job": card.job}


def _asked(job: Job, gap: ConditionSkill) -> int | None:
    asked = job.requirements.filter(skill=gap.skill_id).values_list("level", flat=True).first() if gap.skill else None
    return _on_gauge(gap.skill, asked) if gap.skill else None


def _on_gauge(skill: Skill, level: int | None) -> int | None:
    return None if level is None else min(GAUGE, level) if TOP[skill.scale] > GAUGE else level


def _may_read(evidence: SkillEvidence, user: User) -> bool:
    judged = evidence.source in ("screening", "interview", "assessment")
    return user.has_perm("candidates.view_evaluations") or not judged


def _course(card: Proposal, at: datetime) -> Course:
    entry, language, today = card.entry, get_language() or "en", day_of(at)
    stays: list[tuple[str, float | None]] = []
    began = ""
    if entry.left is not None:
        visits = Visit.objects.filter(application=entry.left, is_voided=False).order_by("pk")
        stays = [(visit.stage, visit.days) for visit in visits]
        began = words.short_day(day_of(entry.left.entered_at), today, language) if entry.left.entered_at else ""
    days = (today - day_of(entry.entered_at)).days
    left_on = words.short_day(day_of(entry.entered_at), today, language)
    return Course(
        stays=stays,
        began=began,
        left=f"{left_on}: {entry.reason}",
        rested=ngettext("%(days)s day in %(pool)s", "%(days)s days in %(pool)s", days)
        % {"days": days, "pool": entry.pool},
        back=card.stage,
        now=_("today: %(stage)s") % {"stage": Stage(card.stage).label},
    )
