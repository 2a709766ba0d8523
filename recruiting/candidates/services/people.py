"""Adding a person, changing what we know of them, and the days they worked here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.candidates.normal import web_address
from recruiting.candidates.services.contact_points import add_contact_point
from recruiting.candidates.services.searched import refresh_search_text, search_text_of
from recruiting.candidates.services.sources import SourceTerms, add_source
from recruiting.candidates.services.tell import change, tell
from recruiting.core.refused import Refused

_NAMES = {"family_name", "given_name", "family_kana", "given_kana"}
_SEARCHED = _NAMES | {"employer", "title"}
EDITABLE = frozenset(
    _SEARCHED
    | {"name_lang", "language", "country", "location", "employer_since_on", "links"}
    | {"pay_floor", "pay_currency", "pay_period", "pay_said_on"}
    | {"wanted_places", "wanted_remote", "wanted_forms", "available_on", "owner"}
)


@transaction.atomic
def add_candidate(
    *,
    family_name: str,
    given_name: str = "",
    name_lang: str = "en",
    language: str = "en",
    contact_points: Iterable[tuple[str, str]] = (),
    source: SourceTerms | None,
    by: User | None,
    at: datetime,
    **fields: Any,
) -> Candidate:
    """One new person. Nothing is looked up: whether they are here already is asked before, never decided here."""
    if not (family_name.strip() or given_name.strip()):
        raise Refused(_("A person needs a name."), code="invalid")
    candidate = Candidate(
        family_name=family_name.strip(),
        given_name=given_name.strip(),
        name_lang=name_lang,
        language=language,
        **{"country": settings.COUNTRY, **fields},
        created_at=at,
        created_by=by,
        changed_at=at,
    )
    candidate.search_text = search_text_of(candidate, [])
    candidate.save()
    tell("added", candidate, by=by, at=at)
    for kind, value in contact_points:
        add_contact_point(candidate=candidate, kind=kind, value=value, by=by, at=at)
    if source is not None:
        add_source(candidate=candidate, terms=source, by=by, at=at)
    return candidate


@transaction.atomic
def edit_candidate(*, candidate: Candidate, changes: dict[str, Any], by: User | None, at: datetime) -> Candidate:
    """Change plain columns; what is equal is left alone, and an edit that changes nothing tells nobody."""
    foreign = set(changes) - EDITABLE
    if foreign:
        raise Refused(_("These are not changed here: %(names)s.") % {"names": ", ".join(sorted(foreign))})
    new = {name: value for name, value in changes.items() if getattr(candidate, name) != value}
    if not new:
        return candidate
    if "links" in new and any(web_address(link) != link for link in new["links"]):
        raise Refused(_("A link must be an address of the web."), code="invalid")
    if new.keys() & _NAMES and not (new.get("family_name", candidate.family_name) or candidate.given_name):
        raise Refused(_("A person needs a name."), code="invalid")
    change(candidate, at=at, **new)
    if new.keys() & _SEARCHED:
        refresh_search_text(candidate=candidate)
    tell("edited", candidate, by=by, at=at, data={"changed": sorted(new)})
    return candidate


@transaction.atomic
def set_next_action(
    *, candidate: Candidate, text: str, on: date | None = None, by: User | None, at: datetime
) -> Candidate:
    """What is to be done next, and when; an empty text says that nothing is."""
    if text.strip() and on is None:
        raise Refused(_("A next action needs a day."), code="invalid")
    change(candidate, at=at, next_action=text.strip(), next_action_on=on if text.strip() else None)
    tell("next_action_set", candidate, by=by, at=at, why=text.strip(), data={"on": on.isoformat() if on else None})
    return candidate


@transaction.atomic
def set_employed(*, candidate: Candidate, employed_on: date | None, by: User | None, at: datetime) -> Candidate:
    """They work here from that day, which may lie ahead; None takes it back (did not start)."""
    change(candidate, at=at, employed_on=employed_on, departed_on=None)
    tell("employed", candidate, by=by, at=at, data={"on": employed_on.isoformat() if employed_on else None})
    return candidate


@transaction.atomic
def set_departed(*, candidate: Candidate, departed_on: date, by: User | None, at: datetime) -> Candidate:
    """They left us on that day. The door into the pool Alumni is recycling's."""
    if candidate.departed_on is not None:
        raise Refused(_("%(name)s has left already.") % {"name": candidate.name})
    if candidate.employed_on is not None and departed_on < candidate.employed_on:
        raise Refused(_("Nobody leaves before the day they start."), code="invalid")
    change(candidate, at=at, departed_on=departed_on)
    tell("departed", candidate, by=by, at=at, data={"on": departed_on.isoformat()})
    return candidate
