"""Why now: what a card rests on, as facts for a page. The page words the block; the sentences here are whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruiting.candidates.models import EvidenceState, SkillEvidence, Source
from recruiting.core.days import day_of, plus_months
from recruiting.core.words import full_day, listed
from recruiting.jobs.models import Job, Requirement
from recruiting.skills.selectors import narrower_of
from recycling.conditions.decider import who_refused
from recycling.conditions.skill import in_words
from recycling.engine.matching import holding, speaking
from recycling.engine.stages import PASSED
from recycling.explain.single import Look, explain, look
from recycling.models import Condition, Proposal
from recycling.models.pools import STANDING


@dataclass(frozen=True)
class Shown:
    """A must-have of the job beside the evidence that speaks for it; without any, nobody knows."""

    requirement: Requirement
    evidence: SkillEvidence | None

    @property
    def is_confirmed(self) -> bool:
        return self.evidence is not None and self.evidence.state == EvidenceState.CONFIRMED


@dataclass(frozen=True)
class StillValid:
    """An evaluation they passed, and how long it still counts."""

    stage: str
    label: str
    passed_on: date | None
    until: date | None


@dataclass(frozen=True)
class WhyNow:
    """The facts of one card: then, now and asked are one sentence or phrase each."""

    kind: str
    then: str
    now: str
    asked: str
    since: datetime | None
    is_confirmed: bool
    holds: bool
    evidence: list[Shown]
    others: Look
    still_valid: list[StillValid]
    check_again: list[str]
    through: Source | None  # an agency that owns the introduction is asked instead of the person
    why_not_sooner: str
    other_jobs: list[Job]

    @property
    def check_first(self) -> bool:
        """Something rests on their own word alone."""
        return not self.is_confirmed


def why_now(proposal: Proposal, at: datetime) -> WhyNow:
    """Everything a person needs to decide a card: a fixed number of queries, whatever the card."""
    condition, job, person = proposal.condition, proposal.job, proposal.candidate
    found = explain(condition, job, at) if condition else None
    evidence = evidence_for(person.pk, job)
    others = look(person, job, at, but=condition)
    valid, expired = _evaluations(proposal, at)
    return WhyNow(
        kind=proposal.kind,
        then=_then(condition) if condition else "",
        now=found.text if found else proposal.why,
        asked=_asked(job, condition),
        since=proposal.since,
        is_confirmed=proposal.is_confirmed,
        holds=found.is_met and not others.in_the_way if found else True,
        evidence=evidence,
        others=others,
        still_valid=valid,
        check_again=_check_again(evidence, others, expired),
        through=owning_agency(person.pk, at),
        why_not_sooner=_why_not_sooner(proposal, at),
        other_jobs=other_jobs(proposal, at),
    )


def evidence_for(candidate: int, job: Job) -> list[Shown]:
    """Each must-have of a job with the best that speaks for it: confirmed first, then the highest level, the newest."""
    asked = list(job.requirements.filter(is_must=True).select_related("skill"))
    meets = narrower_of([row.skill_id for row in asked if row.skill_id])
    counting = (
        SkillEvidence.objects.filter(
            candidate=candidate, skill__in={skill for group in meets.values() for skill in group}
        )
        .exclude(state=EvidenceState.REFUTED)
        .select_related("skill", "recorded_by", "confirmed_by")
    )  # evidence_that_counts_of_person
    rows = sorted(counting, key=lambda row: (row.state == EvidenceState.CONFIRMED, row.level or 0, row.seen_on, row.pk))
    shown = []
    for requirement in asked:
        group = meets.get(requirement.skill_id or 0, set())
        speaks = [row for row in rows if row.skill_id in group and (row.level or 0) >= (requirement.level or 0)]
        shown.append(Shown(requirement, speaks[-1] if speaks else None))
    return shown


def _then(condition: Condition) -> str:
    """What stood in the way when they left, in a phrase."""
    if condition.kind == "skill":
        gaps = listed(map(in_words, condition.skills.select_related("skill")), get_language() or "en")
        return _("missing: %(skills)s") % {"skills": gaps} if gaps else str(condition.reason)
    if condition.kind == "date" and condition.due_on:
        return _("not before %(date)s") % {"date": _day(condition.due_on)}
    if condition.kind == "decider":
        names = listed(who_refused(condition.candidate_id), get_language() or "en")
        return _("%(names)s said no") % {"names": names} if names else str(condition.reason)
    return str(condition.reason)


def _asked(job: Job, condition: Condition | None) -> str:
    """What the job asks for, in a phrase; for a decision, who decides."""
    if condition is not None and condition.kind == "decider" and job.decider:
        return _("decides now: %(name)s") % {"name": job.decider}
    asked = job.requirements.filter(is_must=True).select_related("skill")
    words = [
        f"{row.skill}, {row.skill.level_label(row.level)}" if row.skill and row.level else str(row) for row in asked
    ]
    return "; ".join(words)


def _evaluations(proposal: Proposal, at: datetime) -> tuple[list[StillValid], list[StillValid]]:
    """Stages passed in the application they left: those that still count, and those that have run out."""
    left = proposal.entry.left
    valid: list[StillValid] = []
    expired: list[StillValid] = []
    if left is None:
        return [], []
    for visit in left.visits.filter(ended_as__in=PASSED, is_voided=False).exclude(stage="sourcing"):
        passed_on = day_of(visit.left_at) if visit.left_at else None
        until = plus_months(passed_on, settings.EVALUATION_VALID_MONTHS) if passed_on else None
        row = StillValid(visit.stage, visit.get_stage_display(), passed_on, until)
        (valid if until and until > day_of(at) else expired).append(row)
    return valid, expired


def _check_again(evidence: list[Shown], others: Look, expired: list[StillValid]) -> list[str]:
    """What nobody knows, what only they say, and what was judged too long ago."""
    words = [
        _("%(skill)s: nothing recorded") % {"skill": row.requirement}
        if row.evidence is None
        else _("%(skill)s: says so; check first") % {"skill": row.requirement}
        for row in evidence
        if not row.is_confirmed
    ]
    words += [_("%(reason)s: must be re-checked") % {"reason": condition.reason} for condition in others.unknown]
    words += [_("%(stage)s: passed too long ago") % {"stage": row.label} for row in expired]
    return words


def owning_agency(candidate: int, at: datetime) -> Source | None:
    """The agency that still owns the introduction, where one does."""
    owned = Source.objects.filter(candidate=candidate, agency__isnull=False, owned_until__gt=day_of(at))
    return owned.select_related("agency").order_by("-owned_until").first()


def _why_not_sooner(proposal: Proposal, at: datetime) -> str:
    """Which came last: the fact, the end of the cool-down, or the end of a silence."""
    condition = proposal.condition
    if condition is None or proposal.since is None:
        return ""
    if condition.kind == "date" and condition.due_on:
        lead = {"date": _day(condition.due_on), "days": settings.DATE_LEAD_DAYS}
        return _("They are asked from %(days)s days before %(date)s.") % lead
    since = day_of(proposal.since)
    if condition.cool_until > since:
        return _("The cool-down ended on %(date)s.") % {"date": _day(condition.cool_until)}
    return _("True since %(date)s.") % {"date": _day(since)}


def other_jobs(proposal: Proposal, at: datetime) -> list[Job]:
    """Open jobs that would hold for this person as well: an event ranks only what it sees."""
    theirs = speaking(Condition.objects.filter(candidate=proposal.candidate_id, entry__state__in=STANDING))
    ways = holding(theirs, Q(candidate=proposal.candidate_id), at)
    found = {row[3] for way in ways for row in way}
    return list(Job.objects.filter(pk__in=found - {proposal.job_id}).order_by("-opened_at"))


def _day(day: date) -> str:
    return full_day(day, get_language() or "en")
