"""Every write about a person. Keyword-only, atomic, `by=` and `at=`; each leaves an event with `person=`."""

from __future__ import annotations

from recruiting.candidates.services.blocks import (
    lift_do_not_contact,
    lift_do_not_hire,
    mark_never,
    object_to_use,
    set_do_not_contact,
    set_do_not_hire,
    unmark_never,
)
from recruiting.candidates.services.consent import (
    record_basis,
    set_keep_until,
    use_months,
    withdraw_basis,
    withdraw_purposes,
)
from recruiting.candidates.services.contact_points import (
    add_contact_point,
    normal_of,
    prefer_contact_point,
    remove_contact_point,
    set_contact_state,
)
from recruiting.candidates.services.documents import add_document, remove_document, restore_document
from recruiting.candidates.services.evidence import add_evidence, confirm_evidence, refute_skill
from recruiting.candidates.services.notes import add_note, pin_note, remove_note, say_two_people, tag, tag_many, untag
from recruiting.candidates.services.people import (
    add_candidate,
    edit_candidate,
    set_departed,
    set_employed,
    set_next_action,
)
from recruiting.candidates.services.searched import settle_search
from recruiting.candidates.services.sources import SourceTerms, add_source
from recruiting.candidates.services.undoing import restore_bases, take_back_evidence

__all__ = [
    "SourceTerms",
    "add_candidate",
    "add_contact_point",
    "add_document",
    "add_evidence",
    "add_note",
    "add_source",
    "confirm_evidence",
    "edit_candidate",
    "lift_do_not_contact",
    "lift_do_not_hire",
    "mark_never",
    "normal_of",
    "object_to_use",
    "pin_note",
    "prefer_contact_point",
    "record_basis",
    "refute_skill",
    "remove_contact_point",
    "remove_document",
    "remove_note",
    "restore_bases",
    "restore_document",
    "say_two_people",
    "set_contact_state",
    "set_departed",
    "set_do_not_contact",
    "set_do_not_hire",
    "set_employed",
    "set_keep_until",
    "set_next_action",
    "settle_search",
    "tag",
    "tag_many",
    "take_back_evidence",
    "unmark_never",
    "untag",
    "use_months",
    "withdraw_basis",
    "withdraw_purposes",
]
