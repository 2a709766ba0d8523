"""What a person said about terms travels with them: pay, place, form of work, the day they can start.

Known and unmet for a job means no proposal for it; what nobody knows never stands in the way, it is re-checked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, F, Func, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recruiting.candidates.models import Candidate
from recruiting.core.days import day_of, plus_months
from recruiting.jobs.models import Job
from recruiting.terms import Remote
from recycling.conditions.date import last_due

PAY_VALID_MONTHS = 12
REMOTE_RANK = {Remote.ONSITE: 0, Remote.HYBRID: 1, Remote.REMOTE: 2}


class ListsMeet(Func):
    """Two JSON lists of words share one, whatever the case; an empty list says nothing and meets everything."""

    output_field = BooleanField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        return self._written(
            compiler,
            "({a} = '[]' OR {b} = '[]' OR EXISTS (SELECT 1 FROM json_each({a}) x JOIN json_each({b}) y"
            " ON lower(x.value) = lower(y.value)))",
        )

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        return self._written(
            compiler,
            "({a} = '[]'::jsonb OR {b} = '[]'::jsonb OR EXISTS (SELECT 1 FROM jsonb_array_elements_text({a}) x(v)"
            " JOIN jsonb_array_elements_text({b}) y(v) ON lower(x.v) = lower(y.v)))",
        )

    def _written(self, compiler: Any, template: str) -> tuple[str, tuple[Any, ...]]:
        (a, a_params), (b, b_params) = (compiler.compile(each) for each in self.get_source_expressions())
        return template.format(a=a, b=b), (*a_params, *b_params, *a_params, *b_params)


class ListHolds(Func):
    """A JSON list of words contains one; an empty list says nothing and holds everything."""

    output_field = BooleanField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        return self._written(compiler, "({a} = '[]' OR EXISTS (SELECT 1 FROM json_each({a}) x WHERE x.value = {b}))")

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        return self._written(compiler, "({a} = '[]'::jsonb OR jsonb_exists({a}, {b}))")

    def _written(self, compiler: Any, template: str) -> tuple[str, tuple[Any, ...]]:
        (a, a_params), (b, b_params) = (compiler.compile(each) for each in self.get_source_expressions())
        return template.format(a=a, b=b), (*a_params, *a_params, *b_params)


@dataclass(frozen=True)
class Term:
    """One thing said: `suits` is the expression over a pair, `is_unmet` its twin, `is_said` whether it is known."""

    key: str
    label: Promise
    reasons: tuple[str, ...]  # exit reasons that are about this
    suits: Callable[[datetime], Q]
    is_unmet: Callable[[Candidate, Job, datetime], bool]
    is_said: Callable[[Candidate, datetime], bool]


def _pay_said_after(at: datetime) -> date:
    return plus_months(day_of(at), -PAY_VALID_MONTHS)


def _pay_suits(at: datetime) -> Q:
    said = "candidate__pay"
    return (
        Q(**{f"{said}_floor": None})
        | Q(**{f"{said}_said_on": None})
        | Q(**{f"{said}_said_on__lte": _pay_said_after(at)})
        | ~Q(**{f"{said}_currency": F("j_currency")})
        | ~Q(**{f"{said}_period": F("j_period")})
        | Q(j_band_max=None)
        | Q(**{f"{said}_floor__lte": F("j_band_max")})
    )


def _pay_is_known(person: Candidate, at: datetime) -> bool:
    return person.pay_floor is not None and person.pay_said_on is not None and person.pay_said_on > _pay_said_after(at)


def _pay_is_unmet(person: Candidate, job: Job, at: datetime) -> bool:
    if not _pay_is_known(person, at) or job.band_max is None or person.pay_floor is None:
        return False
    if (person.pay_currency, person.pay_period) != (job.currency, job.period):
        return False
    return person.pay_floor > job.band_max


def _place_suits(at: datetime) -> Q:
    return Q(j_remote=Remote.REMOTE) | Q(ListsMeet(F("candidate__wanted_places"), F("j_places")))


def _place_is_unmet(person: Candidate, job: Job, at: datetime) -> bool:
    if job.remote == Remote.REMOTE or not person.wanted_places or not job.places:
        return False
    return {str(place).lower() for place in person.wanted_places}.isdisjoint(str(place).lower() for place in job.places)


def _remote_suits(at: datetime) -> Q:
    return (
        Q(candidate__wanted_remote__in=["", Remote.ONSITE])
        | Q(j_remote=Remote.REMOTE)
        | Q(candidate__wanted_remote=Remote.HYBRID, j_remote=Remote.HYBRID)
    )


def _remote_is_unmet(person: Candidate, job: Job, at: datetime) -> bool:
    if not person.wanted_remote:
        return False
    return REMOTE_RANK[Remote(job.remote)] < REMOTE_RANK[Remote(person.wanted_remote)]


TERMS: tuple[Term, ...] = (
    Term("pay", _("pay"), ("terms.pay",), _pay_suits, _pay_is_unmet, _pay_is_known),
    Term("place", _("place"), ("terms.place",), _place_suits, _place_is_unmet, lambda p, at: bool(p.wanted_places)),
    Term(
        "remote",
        _("remote work"),
        ("terms.place",),
        _remote_suits,
        _remote_is_unmet,
        lambda person, at: bool(person.wanted_remote),
    ),
    Term(
        "form",
        _("form of work"),
        ("terms.hours",),
        lambda at: Q(ListHolds(F("candidate__wanted_forms"), F("j_form"))),
        lambda person, job, at: bool(person.wanted_forms) and job.form not in person.wanted_forms,
        lambda person, at: bool(person.wanted_forms),
    ),
    Term(
        "available",
        _("start date"),
        (),
        lambda at: Q(candidate__available_on=None) | Q(candidate__available_on__lte=last_due(at)),
        lambda person, job, at: person.available_on is not None and person.available_on > last_due(at),
        lambda person, at: person.available_on is not None,
    ),
)


def all_suit(at: datetime) -> Q:
    """No term that is known stands in the way of the pair."""
    suits = Q()
    for term in TERMS:
        suits &= term.suits(at)
    return suits


def unmet_terms(person: Candidate, job: Job, at: datetime) -> list[Term]:
    """The twin of all_suit(): which known terms do."""
    return [term for term in TERMS if term.is_unmet(person, job, at)]
