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
    BooleanField,
    Case,
    Count,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    Max,
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
from recycling.sql import columns_of, create_temporary, drop_temporary, insert_select

KEPT_FOR = (JobState.OPEN, JobState.ON_HOLD)
People = Collection[int] | QuerySet[Any, Any]


@transaction.atomic
def refresh_fits_of_job(job: Job, at: datetime) -> int:
    """Bring the fits of one job up to date; how many began or ended."""
    return _refresh(Q(pk=job.pk), _holders_of_all(job), at, kept=Q(job=job))


@transaction.atomic
def refresh_fits_of_jobs(jobs: Collection[int], at: datetime) -> int:
    """The same for several jobs at once: after the vocabulary changed, say."""
    return _refresh(Q(pk__in=jobs), Q(), at, kept=Q(job__in=jobs))


@transaction.atomic
def refresh_fits_of_people(people: People, at: datetime) -> int:
    """Bring the fits of these people (keys, or a queryset of keys) up to date, over all jobs."""
    chosen = Q(candidate__in=people)
    return _refresh(Q(), chosen, at, kept=chosen)


@transaction.atomic
def refresh_fits_between(after: int, upto: int, at: datetime) -> int:
    """The same for everybody whose key lies in a slice."""
    chosen = Q(candidate__gt=after, candidate__lte=upto)
    return _refresh(Q(), chosen, at, kept=chosen)


def _refresh(jobs: Q, people: Q, at: datetime, *, kept: Q) -> int:
    """`jobs` and `people` say what is computed, `kept` which fits it replaces."""
    create_temporary(Fitting, _fitting(Job.objects.filter(jobs, state__in=KEPT_FOR), people))
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


def _fitting(jobs: QuerySet[Job], people: Q) -> QuerySet[Any, Any]:
    """(candidate, job, fact, is_confirmed) of everybody in scope who meets every must-have of a job in scope.

    Each row before grouping is one piece of evidence that meets one must-have; all must-haves have to appear.
    evidence_that_counts_of_person, evidence_that_counts_by_skill
    """
    evidence = (
        SkillEvidence.objects.filter(people)
        .exclude(state=EvidenceState.REFUTED)
        .annotate(
            must=F("skill__above__broad__requirements"),
            asked=F("skill__above__broad__requirements__level"),
            is_must=F("skill__above__broad__requirements__is_must"),
            fit_job=F("skill__above__broad__requirements__job"),
        )
        .filter(Q(asked=None) | Q(level__gte=F("asked")), is_must=True, fit_job__in=jobs.values("pk"))
    )
    all_asked = (
        Requirement.objects.filter(job=OuterRef("fit_job"), is_must=True)
        .order_by()
        .values("job")
        .annotate(n=Count("pk"))
        .values("n")
    )
    grouped = (
        evidence.order_by()
        .values("candidate", "fit_job")
        .annotate(
            newest=Max("pk"),
            met=Count("must", distinct=True),
            confirmed=Count("must", distinct=True, filter=Q(state=EvidenceState.CONFIRMED)),
        )
        .filter(met=Subquery(all_asked, output_field=IntegerField()))
    )
    return columns_of(
        grouped,
        candidate=F("candidate"),
        job=F("fit_job"),
        fact=F("newest"),
        is_confirmed=Case(
            When(confirmed=F("met"), then=Value(True)), default=Value(False), output_field=BooleanField()
        ),
    )
