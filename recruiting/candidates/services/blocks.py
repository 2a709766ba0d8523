"""What forbids contact or a return: each is set by a person, says why, and can be lifted by name."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.candidates.services.tell import change, tell
from recruiting.core.days import day_of
from recruiting.core.refused import Refused


@transaction.atomic
def set_do_not_contact(*, candidate: Candidate, why: str, by: User | None, at: datetime) -> Candidate:
    """They want no contact, or must not be contacted."""
    if not why.strip():
        raise Refused(_("Say why they may not be contacted."), code="invalid")
    change(candidate, at=at, do_not_contact_at=at, do_not_contact_why=why.strip())
    tell("blocked", candidate, by=by, at=at, why=why.strip(), data={"block": "do_not_contact"})
    return candidate


@transaction.atomic
def lift_do_not_contact(*, candidate: Candidate, by: User | None, at: datetime) -> Candidate:
    if candidate.do_not_contact_at is None:
        return candidate
    change(candidate, at=at, do_not_contact_at=None, do_not_contact_why="")
    tell("unblocked", candidate, by=by, at=at, data={"block": "do_not_contact"})
    return candidate


@transaction.atomic
def set_do_not_hire(*, candidate: Candidate, why: str, review_on: date, by: User, at: datetime) -> Candidate:
    """A hard word: an authorised person says it, with a reason, and says when it is looked at again."""
    if not why.strip():
        raise Refused(_("Say why they may not be hired."), code="invalid")
    if review_on <= day_of(at):
        raise Refused(_("The review must lie ahead."), code="invalid")
    change(
        candidate,
        at=at,
        do_not_hire_at=at,
        do_not_hire_why=why.strip(),
        do_not_hire_by=by,
        do_not_hire_review_on=review_on,
    )
    tell("blocked", candidate, by=by, at=at, why=why.strip(), data={"block": "do_not_hire"})
    return candidate


@transaction.atomic
def lift_do_not_hire(*, candidate: Candidate, by: User | None, at: datetime) -> Candidate:
    if candidate.do_not_hire_at is None:
        return candidate
    change(
        candidate,
        at=at,
        do_not_hire_at=None,
        do_not_hire_why="",
        do_not_hire_by=None,
        do_not_hire_review_on=None,
    )
    tell("unblocked", candidate, by=by, at=at, data={"block": "do_not_hire"})
    return candidate


@transaction.atomic
def mark_never(*, candidate: Candidate, by: User | None, at: datetime) -> Candidate:
    """An exit of class X ended one of their ways; from now on nobody is asked to bring them back."""
    if candidate.never_at is None:
        change(candidate, at=at, never_at=at)
        tell("blocked", candidate, by=by, at=at, data={"block": "never"})
    return candidate


@transaction.atomic
def unmark_never(*, candidate: Candidate, by: User | None, at: datetime) -> Candidate:
    """Only with the undoing of that exit."""
    if candidate.never_at is not None:
        change(candidate, at=at, never_at=None)
        tell("unblocked", candidate, by=by, at=at, data={"block": "never"})
    return candidate


@transaction.atomic
def object_to_use(*, candidate: Candidate, by: User | None, at: datetime) -> Candidate:
    """They object to being considered again. Only their own agreement takes that back (record_basis)."""
    if candidate.objected_at is None:
        change(candidate, at=at, objected_at=at)
        tell("blocked", candidate, by=by, at=at, data={"block": "objected"})
    return candidate
