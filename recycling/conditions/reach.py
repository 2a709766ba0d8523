"""Reach: how far from the job left an entry looks. A plain predicate on the pair, and its twin."""

from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from recruiting.jobs.models import Job
from recycling.models import Condition, ConditionFamily


class Reach(models.TextChoices):
    OWN = "own", _("the job left")
    NEAR = "near", _("the same family, at most one level away")
    SAME = "same", _("the same family and level")
    LOWER = "lower", _("a lower level of the same family")
    HIGHER = "higher", _("a higher level of the same family")
    NAMED = "named", _("the families they named")


NO_LEVELS = Q(rank=None, j_rank=None)  # where nobody keeps levels, the family alone decides


def in_reach() -> Q:
    """Jobs other than the one left that a condition looks at. One without a family is looked at by nobody else."""
    family = Q(family=F("j_family"))
    named = ConditionFamily.objects.filter(condition=OuterRef("pk"), family=OuterRef("j_family"))
    return (
        family
        & (
            Q(reach=Reach.NEAR) & (Q(j_rank__gte=F("rank") - 1, j_rank__lte=F("rank") + 1) | NO_LEVELS)
            | Q(reach=Reach.SAME) & (Q(j_rank=F("rank")) | NO_LEVELS)
            | Q(reach=Reach.LOWER, j_rank__lt=F("rank"))
            | Q(reach=Reach.HIGHER, j_rank__gt=F("rank"))
        )
    ) | Q(reach=Reach.NAMED) & Q(Exists(named))


def reaches(condition: Condition, job: Job) -> bool:
    """The twin of in_reach(), and the job left itself."""
    if condition.left_job_id == job.pk:
        return True
    if condition.reach == Reach.NAMED:
        return condition.families.filter(family=job.family_id).exists()
    if condition.reach == Reach.OWN or job.family_id is None or condition.family_id != job.family_id:
        return False
    here, there = condition.rank, job.level_id
    if here is None or there is None:
        return here is there and condition.reach in (Reach.NEAR, Reach.SAME)
    return {
        Reach.NEAR.value: abs(here - there) <= 1,
        Reach.SAME.value: here == there,
        Reach.LOWER.value: there < here,
        Reach.HIGHER.value: there > here,
    }.get(condition.reach, False)
