"""Binding a condition beside a job. There are only two ways: the job left, or a job the person fits.

The path is bound once, by alias, and everything after it filters names: a second walk over a to-many path would be a
second join, and would mix the rows of different jobs.
"""

from __future__ import annotations

from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    DateTimeField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from recruiting.jobs.models import Job, JobState
from recycling.conditions.reach import in_reach
from recycling.models import Condition

# What the kinds and the terms ask of a job. The level's key is its rank.
JOB_COLUMNS = {
    "state": "state",
    "family": "family",
    "rank": "level",
    "decider": "decider",
    "decider_since": "decider_since",
    "opening": "current_opening",
    "opened_at": "opened_at",
    "asks_changed_at": "asks_changed_at",
    "band_max": "band_max",
    "currency": "currency",
    "period": "period",
    "remote": "remote",
    "places": "places",
    "form": "form",
}
OWN, FITS = "left_job", "candidate__fits__job"


def _bound(conditions: QuerySet[Condition], path: str) -> QuerySet[Condition]:
    columns = {f"j_{name}": F(f"{path}__{column}") for name, column in JOB_COLUMNS.items()}
    return conditions.alias(job=F(f"{path}__pk"), **columns).filter(Q(j_state=JobState.OPEN))


def beside_own(conditions: QuerySet[Condition]) -> QuerySet[Condition]:
    """Way one: the job left, while it is open. No fit is asked."""
    return _bound(conditions, OWN).alias(
        is_own=Value(True),
        is_fit=Value(False),
        fit_fact=Value(0, BigIntegerField()),
        fit_evidence_at=Value(None, DateTimeField()),
        fit_confirmed=Value(True),
    )


def beside_fits(conditions: QuerySet[Condition]) -> QuerySet[Condition]:
    """Way two: the jobs the person fits, within reach; the job left comes here too, for the kind that asks a fit."""
    pairs = _bound(conditions, FITS).alias(
        is_own=yes(Q(left_job=F("job"))),
        is_fit=Value(True),
        fit_fact=F("candidate__fits__fact"),
        fit_evidence_at=F("candidate__fits__evidence_at"),
        fit_confirmed=F("candidate__fits__is_confirmed"),
    )
    return pairs.filter(Q(is_own=True, kind="skill") | Q(is_own=False) & in_reach())


def beside_one(conditions: QuerySet[Condition], job: Job) -> QuerySet[Condition]:
    """Every condition that looks at one given job, whether its person fits it or not."""
    columns: dict[str, Any] = {}
    for name, column in JOB_COLUMNS.items():
        field: Any = Job._meta.get_field(column)
        columns[f"j_{name}"] = Value(field.value_from_object(job), _plain(field))
    bound = conditions.alias(job=Value(job.pk, BigIntegerField()), **columns)
    return bound.alias(is_own=yes(Q(left_job=job))).filter(Q(left_job=job) | in_reach())


def beside_outer(conditions: QuerySet[Condition]) -> QuerySet[Condition]:
    """The other conditions of the person beside the job of an outer pair: what else has to be out of the way."""
    columns = {
        f"j_{name}": ExpressionWrapper(OuterRef(f"j_{name}"), _plain(Job._meta.get_field(column)))
        for name, column in JOB_COLUMNS.items()
    }
    return conditions.alias(job=ExpressionWrapper(OuterRef("job"), BigIntegerField()), **columns).alias(
        is_own=yes(Q(left_job=F("job"))), is_within=yes(Q(left_job=F("job")) | in_reach())
    )


def _plain(field: Any) -> Any:
    """The field that a column is compared as: for a relation, the key it holds."""
    while field.is_relation:
        field = field.target_field
    return BigIntegerField() if field.get_internal_type() == "BigAutoField" else field.clone()


def yes(test: Q) -> Case:
    """The test as a column that is never NULL: what is unknown is False, so that it can be denied safely."""
    return Case(When(test, then=Value(True)), default=Value(False), output_field=BooleanField())


def no(test: Q) -> Q:
    """The denial of a test in which a NULL counts as False."""
    return ~Q(yes(test))
