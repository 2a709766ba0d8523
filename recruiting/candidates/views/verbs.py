"""Verbs that need no form: each names a row of the person, or the person alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recruiting.accounts.models import User
from recruiting.candidates import services
from recruiting.candidates.models import (
    Candidate,
    ContactPoint,
    ContactState,
    Document,
    LawfulBasis,
    Note,
    SkillEvidence,
    Tag,
)


@dataclass(frozen=True)
class Verb:
    """What it acts on (None: the person alone), who may, what is said afterwards, and the verb that takes it back."""

    do: Callable[[Candidate, Any, User, datetime], object]
    said: str | Promise
    on: type[models.Model] | None = None
    permission: str = "candidates.change_candidate"
    undo: str = ""
    tab: str = ""


VERBS: dict[str, Verb] = {
    "confirm-skill": Verb(
        lambda candidate, row, by, at: services.confirm_evidence(evidence=row, by=by, at=at),
        _("You vouch for it."), SkillEvidence, "candidates.confirm_skill",
    ),
    "prefer-contact": Verb(
        lambda candidate, row, by, at: services.prefer_contact_point(contact_point=row, by=by, at=at),
        _("Offered first from now on."), ContactPoint, tab="history",
    ),
    "contact-usable": Verb(
        lambda candidate, row, by, at: services.set_contact_state(
            contact_point=row, state=ContactState.USABLE, by=by, at=at
        ),
        _("Marked as usable."), ContactPoint, tab="history",
    ),
    "contact-bounced": Verb(
        lambda candidate, row, by, at: services.set_contact_state(
            contact_point=row, state=ContactState.BOUNCED, by=by, at=at
        ),
        _("Marked as bounced."), ContactPoint, undo="contact-usable", tab="history",
    ),
    "contact-wrong": Verb(
        lambda candidate, row, by, at: services.set_contact_state(
            contact_point=row, state=ContactState.WRONG, by=by, at=at
        ),
        _("Marked as not theirs."), ContactPoint, undo="contact-usable", tab="history",
    ),
    "remove-contact": Verb(
        lambda candidate, row, by, at: services.remove_contact_point(contact_point=row, by=by, at=at),
        _("Taken away."), ContactPoint, tab="history",
    ),
    "withdraw-basis": Verb(
        lambda candidate, row, by, at: services.withdraw_basis(basis=row, by=by, at=at),
        _("Withdrawn. The record of it stays."), LawfulBasis, "candidates.view_consent", tab="history",
    ),
    "remove-document": Verb(
        lambda candidate, row, by, at: services.remove_document(document=row, by=by, at=at),
        _("Document taken away."), Document, undo="restore-document", tab="documents",
    ),
    "restore-document": Verb(
        lambda candidate, row, by, at: services.restore_document(document=row, by=by, at=at),
        _("Document is back."), Document, tab="documents",
    ),
    "pin-note": Verb(
        lambda candidate, row, by, at: services.pin_note(note=row, is_pinned=True, by=by, at=at),
        _("Kept on top."), Note, undo="unpin-note",
    ),
    "unpin-note": Verb(
        lambda candidate, row, by, at: services.pin_note(note=row, is_pinned=False, by=by, at=at),
        _("No longer on top."), Note, undo="pin-note",
    ),
    "remove-note": Verb(
        lambda candidate, row, by, at: services.remove_note(note=row, by=by, at=at), _("Note taken away."), Note
    ),
    "untag": Verb(
        lambda candidate, row, by, at: services.untag(candidate=candidate, tag=row, by=by, at=at),
        _("Off that list."), Tag,
    ),
    "two-people": Verb(
        lambda candidate, row, by, at: services.say_two_people(one=candidate, other=row, by=by, at=at),
        _("Remembered: these are two people."), Candidate,
    ),
    "lift-do-not-contact": Verb(
        lambda candidate, row, by, at: services.lift_do_not_contact(candidate=candidate, by=by, at=at),
        _("They may be contacted again."), permission="candidates.set_do_not_contact",
    ),
    "lift-do-not-hire": Verb(
        lambda candidate, row, by, at: services.lift_do_not_hire(candidate=candidate, by=by, at=at),
        _("They may be hired again."), permission="candidates.set_do_not_hire",
    ),
    "object": Verb(
        lambda candidate, row, by, at: services.object_to_use(candidate=candidate, by=by, at=at),
        _("Their objection is recorded. Nobody proposes them from now on."), permission="candidates.view_consent",
        tab="history",
    ),
}  # fmt: skip
