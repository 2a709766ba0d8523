"""Somebody new, by hand: the person, what future use rests on, and their first way or their first rest, at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from funnel.services import open_application
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, Purpose
from recruiting.candidates.services import SourceTerms, add_candidate, record_basis, say_two_people
from recruiting.core.days import day_of
from recruiting.jobs.models import Job
from recycling.leaving import rest_as_met


@transaction.atomic
def add_person(
    *,
    family_name: str,
    given_name: str,
    name_lang: str,
    contact_points: Iterable[tuple[str, str]],
    source: SourceTerms,
    job: Job | None,
    basis: str,
    until: date | None,
    not_same_as: Iterable[Candidate] = (),
    by: User,
    at: datetime,
) -> Candidate:
    """With a job they begin in its funnel, else they rest in Met. `basis` is "" where there is none yet.

    `not_same_as` have the same address and were looked at: they are remembered as other people.
    """
    candidate = add_candidate(
        family_name=family_name,
        given_name=given_name,
        name_lang=name_lang,
        language=name_lang if name_lang == "ja" else "en",
        contact_points=contact_points,
        source=source,
        owner=by,
        by=by,
        at=at,
    )
    if basis:
        record_basis(
            candidate=candidate,
            purpose=Purpose.FUTURE_ROLES,
            kind=basis,
            given_on=day_of(at),
            until=until,
            by=by,
            at=at,
        )
    for other in not_same_as:
        say_two_people(one=candidate, other=other, by=by, at=at)
    if job is not None:
        open_application(candidate=candidate, job=job, source=candidate.sources.get(), by=by, at=at)
    else:
        rest_as_met(candidate=candidate, by=by, at=at)
    return candidate
