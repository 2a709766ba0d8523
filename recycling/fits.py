"""Fits: every must-have of a job is met by evidence. The one derived table, and the only skill question a sweep asks.

A fit is inserted when it begins and deleted when it ends; in between only `is_confirmed` changes. Fits are kept for
open and held jobs, so that a day on hold makes nothing new. A job without must-haves fits nobody, and a must-have that
is a word the list does not know is met by nobody.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import (
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from recruiting.candidates.models import EvidenceState, SkillEvidence
from recruiting.jobs.models import Job, JobState, Requirement
from recruiting.skills.selectors import narrower_of
from recycling.models import Fit, Fitting
from recycling.sql import compiled, create_temporary_from, drop_temporary, insert_select, plan_simply

KEPT_FOR = (JobState.OPEN, JobState.ON_HOLD)
People = Collection[int] | QuerySet[Any, Any]


@transaction.atomic
def refresh_fits_of_job(job: Job, at: datetime) -> int:
    """Bring the fits of one job up to date; how many began or ended."""
    return _refresh(Q(pk=job.pk), _holders_of_all(job), at, kept=Q(job=job))


@transaction.atomic
def refresh_fits_of_jobs(jobs: Collection[int], at: datetime) -> int:
    """The same for several jobs at once: after the vocabulary changed, say."""
    return _refresh(Q(pk__in=jobs), Q(), at, kept=Q(job__in=jobs)) if jobs else 0


@transaction.atomic
def refresh_fits_of_people(people: People, at: datetime) -> int:
    """Bring the fits of these people (keys, or a queryset of keys) up to date, over all jobs."""
    if not isinstance(people, QuerySet) and not people:
        return 0
    chosen = Q(candidate__in=people)
    return _refresh(Q(), chosen, at, kept=chosen)


@transaction.atomic
def refresh_fits_between(after: int, upto: int, at: datetime) -> int:
    """The same for everybody whose key lies in a slice."""
    chosen = Q(candidate__gt=after, candidate__lte=upto)
    return _refresh(Q(), chosen, at, kept=chosen)


def _refresh(jobs: Q, people: Q, at: datetime, *, kept: Q) -> int:
    """`jobs` and `people` say what is computed, `kept` which fits it replaces."""
    plan_simply()
    create_temporary_from(Fitting, *_fitting(Job.objects.filter(jobs, state__in=KEPT_FOR), people))
    now = Fitting.objects.filter(candidate=OuterRef("candidate"), job=OuterRef("job"))
    known = Fit.objects.filter(kept)
    ended = known.filter(~Exists(now)).delete()[0]
    known.filter(Exists(now.exclude(is_confirmed=OuterRef("is_confirmed")))).update(
        is_confirmed=Case(When(is_confirmed=True, then=Value(False)), default=Value(True))
    )
    begun = insert_select(
        Fit,
        Fitting.objects.filter(~Exists(Fit.objects.filter(candidate=OuterRef("candidate"), job=OuterRef("job")))),
        order_by="candidate_id",
        candidate=F("candidate"),
        job=F("job"),
        fact=F("fact"),
        evidence_at=Subquery(SkillEvidence.objects.filter(pk=OuterRef("fact")).values("recorded_at")[:1]),
        gained_at=Value(at, DateTimeField()),
        is_confirmed=F("is_confirmed"),
    )
    drop_temporary(Fitting)
    return begun + ended


def _holders_of_all(job: Job) -> Q:
    """Whoever holds each must-have at all: lets the database begin with the rarest. evidence_that_counts_by_skill"""
    everybody = Q()
    asked = Requirement.objects.filter(job=job, is_must=True, skill__isnull=False)
    meets = narrower_of(list(asked.values_list("skill", flat=True)))
    for skill in sorted(meets):
        holders = SkillEvidence.objects.filter(skill__in=meets[skill]).exclude(state=EvidenceState.REFUTED)
        everybody &= Q(candidate__in=holders.order_by().values("candidate"))
    return everybody


def _fitting(jobs: QuerySet[Job], people: Q) -> tuple[str, tuple[Any, ...]]:
    """(candidate, job, fact, is_confirmed) of everybody in scope who meets every must-have of a job in scope.

    Grouped twice, first by must-have and then by job: a COUNT(DISTINCT) would sort where this hashes.
    evidence_that_counts_of_person, evidence_that_counts_by_skill
    """
    counting = SkillEvidence.objects.filter(people).exclude(state=EvidenceState.REFUTED).order_by()
    seen = counting.annotate(confirmed=_as_number(state=EvidenceState.CONFIRMED))
    columns = ("id", "candidate_id", "skill_id", "level", "confirmed")
    evidence, evidence_params = compiled(seen.values_list(*columns))
    asked, asked_params = compiled(_asked_by(jobs))
    musts, musts_params = compiled(_musts_of_each_job())
    statement = f"""
        SELECT met.candidate_id AS candidate, met.job_id AS job, MAX(met.newest) AS fact,
               MIN(met.confirmed) = 1 AS is_confirmed
        FROM (SELECT seen.candidate_id, asked.job_id, asked.id AS must, musts.n,
                     MAX(seen.id) AS newest, MAX(seen.confirmed) AS confirmed
              FROM ({evidence}) seen
              JOIN ({asked}) asked ON asked.narrow = seen.skill_id
               AND (asked.level IS NULL OR seen.level >= asked.level)
              JOIN ({musts}) musts ON musts.job_id = asked.job_id
              GROUP BY seen.candidate_id, asked.job_id, asked.id, musts.n) met
        GROUP BY met.candidate_id, met.job_id, met.n HAVING COUNT(*) = met.n
    """  # noqa: S608
    return statement, (*evidence_params, *asked_params, *musts_params)


def _as_number(**test: Any) -> Case:
    return Case(When(**test, then=Value(1)), default=Value(0), output_field=IntegerField())


def _asked_by(jobs: QuerySet[Job]) -> QuerySet[Any, Any]:
    """Each must-have with each skill that meets it."""
    rows = Requirement.objects.filter(is_must=True, job__in=jobs.values("pk")).order_by()
    return rows.annotate(narrow=F("skill__below__narrow")).values_list("id", "job_id", "level", "narrow")


def _musts_of_each_job() -> QuerySet[Any, Any]:
    """How many must-haves a job has, words that nobody can meet included."""
    return Requirement.objects.filter(is_must=True).order_by().values("job_id").annotate(n=Count("pk"))
