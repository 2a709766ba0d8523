"""Which pairs hold: every kind in one query per way, blocks and everything else in the way included."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    DateTimeField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from recycling import blocks
from recycling.conditions import BY_KEY, KINDS
from recycling.conditions.pairs import beside_fits, beside_outer, beside_own, yes
from recycling.conditions.terms import all_suit
from recycling.models import Condition, Proposal, ProposalState
from recycling.sql import columns_of

RANKS = {kind.key: place for place, kind in enumerate(KINDS)}


def speaking(conditions: QuerySet[Condition]) -> QuerySet[Condition]:
    """Conditions that may propose by themselves: the decisive reason, of a kind that is built, not said to be over."""
    return conditions.filter(is_decisive=True, resolved_at=None, kind__in=BY_KEY)


def waiting() -> QuerySet[Condition]:
    return speaking(Condition.objects.filter(is_waiting=True))


def being_asked(people: Q) -> QuerySet[Condition]:
    """Conditions whose proposal was accepted: they wait no more, yet are marked when they stop holding."""
    accepted = Proposal.objects.filter(condition=OuterRef("pk"), state=ProposalState.ACCEPTED)
    return speaking(Condition.objects.filter(Exists(accepted)).filter(people))


def pairs(conditions: QuerySet[Condition], at: datetime) -> tuple[QuerySet[Condition], QuerySet[Condition]]:
    """Both ways to a job, narrowed to the pairs whose condition passes; blocks and other obstacles not yet asked."""
    passes = Q()
    for kind in KINDS:
        passes |= Q(kind=kind.key) & kind.passes(at)
    return beside_own(conditions).filter(passes), beside_fits(conditions).filter(passes)


def unobstructed(bound: QuerySet[Condition], at: datetime, *, itself: bool = False) -> QuerySet[Condition]:
    """Everything in the way counts: no other reason of theirs is known unmet for this job, and no term they named.

    With `itself` the pair's own condition may not be known unmet either.
    """
    unmet = Q()
    for kind in KINDS:
        unmet |= Q(kind=kind.key) & kind.unmet(at)
    others = Condition.objects.filter(candidate=OuterRef("candidate"), is_waiting=True, resolved_at=None)
    if not itself:
        others = others.exclude(pk=OuterRef("pk"))
    in_the_way = beside_outer(others).filter(unmet)  # conditions_of_a_person
    return bound.filter(all_suit(at)).filter(~Exists(in_the_way))


def holding(conditions: QuerySet[Condition], scope: Q, at: datetime) -> list[QuerySet[Any, Any]]:
    """The rows of the working table Holding, one queryset per way."""
    may = blocks.undelayed("candidate__", at) & blocks.has_rested("entry__", at)
    rows = []
    for bound in pairs(conditions, at):
        free = unobstructed(bound.filter(scope).filter(blocks.allowed("candidate__", at)), at)
        rows.append(
            columns_of(
                free,
                condition=F("pk"),
                entry=F("entry"),
                candidate=F("candidate"),
                job=F("job"),
                kind=F("kind"),
                rank=_by_kind({key: Value(rank) for key, rank in RANKS.items()}, IntegerField()),
                fact=Coalesce(_by_kind({kind.key: kind.fact for kind in KINDS}, BigIntegerField()), 0),
                since=Coalesce(
                    _by_kind({kind.key: kind.since for kind in KINDS}, DateTimeField()), Value(at, DateTimeField())
                ),
                is_confirmed=F("fit_confirmed"),
                is_own=F("is_own"),
                may=yes(may),
            )
        )
    return rows


def _by_kind(expressions: dict[str, Any], output: Any) -> Case:
    return Case(*(When(kind=key, then=expression) for key, expression in expressions.items()), output_field=output)
