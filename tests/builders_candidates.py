"""Builders of people: each reaches its state through the services."""

from __future__ import annotations

import itertools
from datetime import date, datetime
from typing import Any

from django.core.files.base import ContentFile

from recruiting.accounts.models import User
from recruiting.candidates import services
from recruiting.candidates.models import Agency, Candidate, Document, Purpose
from recruiting.candidates.models.consent import BasisKind
from recruiting.core.days import day_of
from tests import builders

_count = itertools.count(1)


def a_candidate(
    *,
    family_name: str = "",
    given_name: str = "Mei",
    email: str | None = None,
    agreed_on: date | None = None,
    until: date | None = None,
    is_usable: bool = True,
    at: datetime = builders.MONDAY,
    by: User | None = None,
    **fields: Any,
) -> Candidate:
    """A person with an e-mail address, a source, and (unless told otherwise) their agreement for future roles."""
    number = next(_count)
    candidate = services.add_candidate(
        family_name=family_name or f"Person{number}",
        given_name=given_name,
        contact_points=[("email", email or f"person{number}@example.test")] if email != "" else [],
        source=fields.pop("source", services.SourceTerms(channel="applied", came_on=day_of(at))),
        by=by,
        at=at,
        **fields,
    )
    if is_usable:
        services.record_basis(
            candidate=candidate,
            purpose=Purpose.FUTURE_ROLES,
            kind=BasisKind.AGREED,
            given_on=agreed_on or day_of(at),
            until=until,
            by=by,
            at=at,
        )
    return candidate


def an_agency(name: str = "") -> Agency:
    return Agency.objects.create(name=name or f"Agency {next(_count)}")


def a_document(
    candidate: Candidate, *, name: str = "cv.pdf", content: bytes = b"%PDF-1.7 words", **more: Any
) -> Document:
    return services.add_document(
        candidate=candidate,
        file=ContentFile(content, name=name),
        by=more.pop("by", None),
        at=more.pop("at", builders.MONDAY),
        **more,
    )
