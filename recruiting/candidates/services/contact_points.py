"""The ways to reach a person. Equality is judged on the normal form; the same address twice is one contact point."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, ContactKind, ContactPoint, ContactState
from recruiting.candidates.normal import is_plain_email, normal_account, normal_email, normal_phone
from recruiting.candidates.services.searched import refresh_search_text
from recruiting.candidates.services.tell import tell
from recruiting.core.refused import Refused


def normal_of(kind: str, value: str, country: str = "") -> str:
    """The form that equality is judged on; Refused where it cannot be an address or a number."""
    if kind == ContactKind.EMAIL:
        normal = normal_email(value)
        try:
            if not is_plain_email(normal):
                validate_email(normal)
        except ValidationError:
            raise Refused(_("“%(value)s” is not an e-mail address.") % {"value": value}, code="invalid") from None
        return normal
    if kind == ContactKind.PHONE:
        normal = normal_phone(value, country or settings.COUNTRY)
        if not normal:
            raise Refused(_("“%(value)s” is not a phone number.") % {"value": value}, code="invalid")
        return normal
    normal = normal_account(value)
    if not normal:
        raise Refused(_("An address is missing."), code="invalid")
    return normal


@transaction.atomic
def add_contact_point(
    *,
    candidate: Candidate,
    kind: str,
    value: str,
    by: User | None,
    at: datetime,
    state: str = ContactState.UNCHECKED,
    is_preferred: bool = False,
) -> ContactPoint:
    """One more way to reach them; an address they have already is returned as it is."""
    normal = normal_of(kind, value, candidate.country)
    point, is_new = ContactPoint.objects.get_or_create(
        candidate=candidate,
        kind=kind,
        normal=normal,
        defaults={"value": value.strip(), "state": state, "added_at": at},
    )
    if is_preferred:
        _prefer(point)
    if is_new:
        refresh_search_text(candidate=candidate)
        tell("contact_changed", candidate, by=by, at=at, data={"kind": kind, "added": point.pk})
    return point


@transaction.atomic
def set_contact_state(*, contact_point: ContactPoint, state: str, by: User | None, at: datetime) -> ContactPoint:
    """Say whether it still reaches them."""
    if contact_point.state == state:
        return contact_point
    came_from, contact_point.state = contact_point.state, ContactState(state)
    contact_point.save(update_fields=["state"])
    data = {"kind": contact_point.kind, "from": came_from, "to": state}
    tell("contact_changed", contact_point.candidate, by=by, at=at, data=data)
    return contact_point


@transaction.atomic
def prefer_contact_point(*, contact_point: ContactPoint, by: User | None, at: datetime) -> ContactPoint:
    """The one that is offered first; a person has at most one."""
    _prefer(contact_point)
    data = {"kind": contact_point.kind, "preferred": contact_point.pk}
    tell("contact_changed", contact_point.candidate, by=by, at=at, data=data)
    return contact_point


@transaction.atomic
def remove_contact_point(*, contact_point: ContactPoint, by: User | None, at: datetime) -> Candidate:
    """It was written down by mistake. What bounced or belongs to somebody else keeps its state instead."""
    candidate, kind = contact_point.candidate, contact_point.kind
    contact_point.delete()
    refresh_search_text(candidate=candidate)
    tell("contact_changed", candidate, by=by, at=at, data={"kind": kind, "removed": True})
    return candidate


def _prefer(point: ContactPoint) -> None:
    ContactPoint.objects.filter(candidate=point.candidate_id, is_preferred=True).update(is_preferred=False)
    point.is_preferred = True
    point.save(update_fields=["is_preferred"])
