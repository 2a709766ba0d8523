"""The lawful bases and the two dates that follow from them. Nothing is overwritten: a basis is given, or withdrawn."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, LawfulBasis, Purpose
from recruiting.candidates.models.consent import BasisKind
from recruiting.candidates.services.tell import change, tell
from recruiting.core.days import plus_months
from recruiting.core.refused import Refused

_UNITED_STATES = "US"
_JAPAN = "JP"
# Where no own period is set, the strictest law we know of: the European Union's.
_ELSEWHERE = "EU"


def use_months(country: str) -> int:
    """How many months future use lasts by default where they live."""
    place = country or settings.COUNTRY
    months: int = settings.USE_MONTHS[place if place in {_JAPAN, _UNITED_STATES} else _ELSEWHERE]
    return months


@transaction.atomic
def record_basis(
    *,
    candidate: Candidate,
    purpose: str,
    kind: str,
    given_on: date,
    until: date | None = None,
    text_version: str = "",
    text_language: str = "",
    by: User | None,
    at: datetime,
) -> LawfulBasis:
    """What they agreed to or were told. Use for future roles always ends: by default after the country's period.

    Who agrees anew takes an earlier objection back.
    """
    if until is None and purpose in {Purpose.FUTURE_ROLES, Purpose.ALUMNI}:
        until = plus_months(given_on, use_months(candidate.country))
    if until is not None and until <= given_on:
        raise Refused(_("A basis must end after the day it begins."), code="invalid")
    basis = LawfulBasis.objects.create(
        candidate=candidate,
        purpose=purpose,
        kind=kind,
        given_on=given_on,
        until=until,
        text_version=text_version,
        text_language=text_language,
        recorded_at=at,
        recorded_by=by,
    )
    agreed_anew = purpose == Purpose.FUTURE_ROLES and kind == BasisKind.AGREED and candidate.objected_at is not None
    if agreed_anew:
        change(candidate, at=at, objected_at=None)
    compute_ends(candidate, at)
    tell("consent_changed", candidate, by=by, at=at, data={"purpose": purpose, "basis": basis.pk})
    if agreed_anew:
        tell("unblocked", candidate, by=by, at=at, data={"block": "objected"})
    return basis


@transaction.atomic
def withdraw_basis(*, basis: LawfulBasis, by: User | None, at: datetime) -> LawfulBasis:
    """They take it back; the row stays as proof of what was allowed until now."""
    if basis.withdrawn_at is not None:
        return basis
    basis.withdrawn_at = at
    basis.save(update_fields=["withdrawn_at"])
    candidate = basis.candidate
    compute_ends(candidate, at)
    data = {"purpose": basis.purpose, "basis": basis.pk, "withdrawn": True}
    tell("consent_changed", candidate, by=by, at=at, data=data)
    return basis


@transaction.atomic
def withdraw_purposes(
    *, candidate: Candidate, purposes: Collection[str], by: User | None, at: datetime
) -> list[LawfulBasis]:
    """Every standing basis for these purposes ends today."""
    standing = LawfulBasis.objects.filter(candidate=candidate, purpose__in=purposes, withdrawn_at=None)
    bases = list(standing)
    for basis in bases:
        basis.candidate = candidate
        withdraw_basis(basis=basis, by=by, at=at)
    return bases


@transaction.atomic
def set_keep_until(*, candidate: Candidate, keep_until: date | None, by: User | None, at: datetime) -> Candidate:
    """Until when we must or may keep the record as evidence, whatever its use."""
    change(candidate, at=at, keep_until=keep_until)
    tell("consent_changed", candidate, by=by, at=at, data={"keep_until": keep_until and keep_until.isoformat()})
    return candidate


def compute_ends(candidate: Candidate, at: datetime) -> None:
    """use_until: the last end of what stands for future roles, None without. keep_until never moves back."""
    bases = LawfulBasis.objects.filter(candidate=candidate)
    use_until = bases.filter(purpose=Purpose.FUTURE_ROLES, withdrawn_at=None).aggregate(end=Max("until"))["end"]
    ends = [end for end in (candidate.keep_until, bases.aggregate(end=Max("until"))["end"]) if end is not None]
    change(candidate, at=at, use_until=use_until, keep_until=max(ends, default=None))
