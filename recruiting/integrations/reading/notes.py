"""What is said about a row, in words: codes and terms are stored, sentences speak the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from recruiting.core import words
from recruiting.jobs.stages import Stage

Note = list[Any]  # [code, terms]

PROBLEMS: dict[str, str | Promise] = {
    "bad_email": _("“%(value)s” is not an e-mail address; it is kept as an extra field."),
    "bad_phone": _("“%(value)s” is not a phone number; it is kept as an extra field."),
    "bad_date": _("“%(value)s” under “%(column)s” is not a date; it is kept as an extra field."),
    "bad_link": _("“%(value)s” is not a web address; it is kept as an extra field."),
    "bad_answer": _("“%(value)s” under “%(column)s” is neither yes nor no; it is kept as an extra field."),
    "too_many_cells": _("The row has %(count)s cells more than there are columns; they were left out."),
    "unknown_stage": _("“%(value)s” is no stage or outcome we know. Map it, or only what else is known counts."),
    "unknown_reason": _("The reason “%(value)s” is not mapped; they leave with “reason not recorded”."),
    "unknown_basis": _("“%(value)s” says nothing we know about future use, so it counts as nothing."),
    "says_less": _("It says “%(value)s”, but %(stage)s is recorded as well. What went furthest counts."),
    "stage_gap": _("%(stage)s is recorded without the stage before it; no visit is made for what was passed over."),
    "says_hired_and_not": _("One column says hired, another says not. They count as hired."),
    "hired_without_offer": _("They were hired, but no offer is recorded; one is taken for granted."),
    "hired_with_reason": _("They were hired, so the reason “%(value)s” is kept as an extra field only."),
    "dates_backwards": _("The dates do not follow one another, so this way counts as undated."),
    "still_open": _("“%(value)s” reads as still in process. They are brought in as having left: reason not recorded."),
    "family_email": _("%(name)s has the same e-mail address and another name: a possible duplicate, not joined."),
    "same_phone": _("%(name)s has the same phone number: a possible duplicate, not joined."),
    "foreign_number": _(
        "The number %(number)s belongs to %(name)s already, who has another name and another address. "
        "Not imported: if this is another system, give it its own name."
    ),
    "erased": _("This person was erased. They are not brought back by an import."),
    "not_text": _("%(field)s must be text."),
    "not_list": _("%(field)s must be a list."),
    "not_group": _("%(field)s must be a group of fields."),
    "not_day": _("%(field)s must be a date like 2024, 2024-09 or 2024-09-11."),
    "invalid_field": _("%(field)s: %(why)s."),
    "no_json": _("This is not a JSON file: %(why)s."),
    "file_not_kept": _("The file itself was not kept: %(why)s"),
}
REMARKS: dict[str, str | Promise] = {
    "joined_number": _("The same person as %(name)s: the number is known."),
    "joined_email": _("The same person as %(name)s: equal e-mail address, and the names agree."),
    "same_row": _("Every cell equals row %(row)s, so it is taken as the same row."),
    "kept_beside": _("%(column)s differs from what we have and is kept beside it: “%(value)s”."),
    "no_name": _("No name: shown as %(shown)s."),
    "no_contact": _("There is no way to reach them."),
    "no_basis": _("Nothing allows future use: stored, and blocked."),
    "basis_over": _("The basis for future use ended on %(day)s."),
    "way_left": _("%(job)s, as far as %(stage)s; left: %(reason)s."),
    "way_hired": _("%(job)s: hired."),
    "application_there": _("This way through %(job)s is here already."),
    "new_job": _("%(job)s is not known here: it is made, closed."),
    "unknown_terms": _("Not in the list of skills: %(terms)s."),
}
SENTENCES = PROBLEMS | REMARKS


def sentences(notes: Sequence[Note], reasons: Mapping[str, str]) -> list[str]:
    """In the reader's language; `reasons` says what ours are called, by key. What a row became comes first."""
    ordered = sorted(notes, key=lambda note: not note[0].startswith("way_"))
    return [str(SENTENCES[code]) % _in_words(terms, reasons) for code, terms in ordered if code in SENTENCES]


def _in_words(terms: dict[str, str], reasons: Mapping[str, str]) -> dict[str, str]:
    spoken = dict(terms)
    if terms.get("stage") in Stage.values:
        spoken["stage"] = str(Stage(terms["stage"]).label)
    if "day" in terms:
        spoken["day"] = words.full_day(date.fromisoformat(terms["day"]), get_language() or "en")
    if "reason" in terms:
        spoken["reason"] = reasons.get(terms["reason"], terms["reason"])
    return spoken


def is_problem(notes: Sequence[Note]) -> bool:
    return any(code in PROBLEMS for code, _terms in notes)
