"""What can be written about a person, each as one short form: a dialog, and a page for whoever comes without script."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from recruiting.accounts.models import User
from recruiting.candidates import forms as asked
from recruiting.candidates import services
from recruiting.candidates.models import Candidate, EvidenceState

Terms = dict[str, Any]
Write = Callable[[Candidate, Terms, User, datetime], object]


@dataclass(frozen=True)
class Section:
    """One form: its heading, what its button says, who may fill it in, and the service behind it."""

    form: Callable[..., forms.BaseForm]
    title: str | Promise
    verb: str | Promise
    write: Write
    permission: str = "candidates.change_candidate"
    rows: tuple[str, ...] = ()  # fields that begin a row of two
    tab: str = ""

    def groups(self, form: forms.BaseForm) -> list[list[forms.BoundField]]:
        """The fields as they stand: alone, or two in a row."""
        fields, groups = list(form), []
        while fields:
            taken = 2 if fields[0].name in self.rows else 1
            groups.append(fields[:taken])
            fields = fields[taken:]
        return groups


def _edit(candidate: Candidate, terms: Terms, by: User, at: datetime) -> object:
    return services.edit_candidate(candidate=candidate, changes=terms, by=by, at=at)


def _add_evidence(candidate: Candidate, terms: Terms, by: User, at: datetime) -> object:
    state = EvidenceState.CONFIRMED if terms.pop("is_confirmed", False) else EvidenceState.DECLARED
    return services.add_evidence(candidate=candidate, **terms, state=state, by=by, at=at)


SECTIONS: dict[str, Section] = {
    "person": Section(
        asked.PersonForm, _("Who they are"), _("Keep"), _edit,
        rows=("family_name", "family_kana", "name_lang", "country", "employer", "employer_since_on"),
    ),
    "expectations": Section(
        asked.ExpectationsForm, _("What they expect"), _("Keep"), _edit,
        rows=("pay_floor", "pay_period", "available_on"),
    ),
    "contact": Section(
        asked.ContactPointForm, _("Another way to reach them"), _("Add"),
        lambda candidate, terms, by, at: services.add_contact_point(candidate=candidate, **terms, by=by, at=at),
        rows=("kind",),
    ),
    "skill": Section(
        asked.EvidenceForm, _("What speaks for a skill"), _("Add"), _add_evidence, rows=("term", "years", "seen_on")
    ),
    "basis": Section(
        asked.BasisForm, _("What use of their data rests on"), _("Record"),
        lambda candidate, terms, by, at: services.record_basis(candidate=candidate, **terms, by=by, at=at),
        permission="candidates.view_consent", rows=("purpose", "given_on", "text_version"), tab="history",
    ),
    "keep": Section(
        asked.KeepForm, _("How long the record is kept"), _("Keep"),
        lambda candidate, terms, by, at: services.set_keep_until(candidate=candidate, **terms, by=by, at=at),
        permission="candidates.view_consent", tab="history",
    ),
    "source": Section(
        asked.SourceForm, _("Where they came from"), _("Add"),
        lambda candidate, terms, by, at: services.add_source(candidate=candidate, **terms, by=by, at=at),
        rows=("channel", "agency", "campaign"), tab="history",
    ),
    "document": Section(
        asked.DocumentForm, _("Add a document"), _("Add"),
        lambda candidate, terms, by, at: services.add_document(candidate=candidate, **terms, by=by, at=at),
        tab="documents",
    ),
    "tag": Section(
        asked.TagForm, _("Put on a list"), _("Tag"),
        lambda candidate, terms, by, at: services.tag(candidate=candidate, **terms, by=by, at=at),
    ),
    "next": Section(
        asked.NextActionForm, _("Next action"), _("Keep"),
        lambda candidate, terms, by, at: services.set_next_action(candidate=candidate, **terms, by=by, at=at),
        rows=("text",),
    ),
    "note": Section(
        asked.NoteForm, _("Note"), _("Keep"),
        lambda candidate, terms, by, at: services.add_note(candidate=candidate, **terms, by=by, at=at),
    ),
    "do-not-contact": Section(
        asked.ReasonForm, _("Do not contact"), _("Forbid contact"),
        lambda candidate, terms, by, at: services.set_do_not_contact(candidate=candidate, **terms, by=by, at=at),
        permission="candidates.set_do_not_contact",
    ),
    "do-not-hire": Section(
        asked.ReviewedReasonForm, _("Do not hire"), _("Forbid hiring"),
        lambda candidate, terms, by, at: services.set_do_not_hire(candidate=candidate, **terms, by=by, at=at),
        permission="candidates.set_do_not_hire",
    ),
}  # fmt: skip
