"""What is kept beside a person: addresses, skills, bases, sources, files, notes, and what blocks them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from recruiting.accounts.models import User
from recruiting.candidates.forms.fields import LANGUAGES, DayField
from recruiting.candidates.models import Agency, Candidate, ContactKind, ContactState, Purpose, Tag
from recruiting.candidates.models.consent import BasisKind
from recruiting.candidates.models.documents import DocumentKind
from recruiting.candidates.models.evidence import EvidenceSource
from recruiting.candidates.models.sources import Channel
from recruiting.core.days import today
from recruiting.skills.levels import level_from
from recruiting.skills.selectors import resolve_term


class _RecordForm(forms.Form):
    """About one person, written by one colleague."""

    def __init__(self, data: Any = None, *, candidate: Candidate, user: User, **more: Any) -> None:
        super().__init__(data, **more)
        self.candidate, self.user = candidate, user


class ContactPointForm(_RecordForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=ContactKind.choices)
    value = forms.CharField(label=_("Address or number"), max_length=254)
    state = forms.ChoiceField(label=_("State"), choices=ContactState.choices, initial=ContactState.UNCHECKED)
    is_preferred = forms.BooleanField(label=_("Offer this one first"), required=False)


class EvidenceForm(_RecordForm):
    """A skill by any of its names, with its level as people write it."""

    term = forms.CharField(label=_("Skill"), max_length=120)
    level = forms.CharField(
        label=_("Level"), max_length=20, required=False, help_text=_("1 to 5; for languages B2 or N2. Empty: unknown.")
    )
    years = forms.DecimalField(
        label=_("Years"), required=False, min_value=0, max_value=60, max_digits=4, decimal_places=1
    )
    source = forms.ChoiceField(label=_("Said by"), choices=EvidenceSource.choices)
    seen_on = DayField(label=_("Seen on"), initial=today)
    note = forms.CharField(label=_("Evidence"), max_length=500, required=False)
    is_confirmed = forms.BooleanField(label=_("I vouch for it"), required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["term"].widget.attrs.update({"list": "skill-options", "autocomplete": "off"})
        if not self.user.has_perm("candidates.confirm_skill"):
            del self.fields["is_confirmed"]

    def clean(self) -> dict[str, Any]:
        """The level is read on the scale of the skill; a word the list does not know has none."""
        cleaned = super().clean() or {}
        written, term = cleaned.get("level", ""), cleaned.get("term", "")
        skill = resolve_term(term) if term else None
        cleaned["skill"] = skill
        cleaned["level"] = level_from(skill.scale, written) if skill and written else None
        if skill and written and cleaned["level"] is None:
            self.add_error("level", _now("%(skill)s has no level “%(level)s”.") % {"skill": skill, "level": written})
        return cleaned


class BasisForm(_RecordForm):
    purpose = forms.ChoiceField(label=_("Purpose"), choices=Purpose.choices, initial=Purpose.FUTURE_ROLES)
    kind = forms.ChoiceField(label=_("Rests on"), choices=BasisKind.choices)
    given_on = DayField(label=_("Since"), initial=today)
    until = DayField(label=_("Until"), required=False, help_text=_("Empty: the period of their country."))
    text_version = forms.CharField(label=_("Text"), max_length=60, required=False, help_text=_("Which version"))
    text_language = forms.ChoiceField(label=_("Language of the text"), choices=[("", "–"), *LANGUAGES], required=False)


class KeepForm(_RecordForm):
    keep_until = DayField(label=_("Keep as evidence until"), required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.initial["keep_until"] = self.candidate.keep_until


class SourceForm(_RecordForm):
    channel = forms.ChoiceField(label=_("Channel"), choices=Channel.choices)
    came_on = DayField(label=_("Day"), initial=today)
    agency = forms.ModelChoiceField(label=_("Agency"), queryset=Agency.objects.all(), required=False)
    owned_until = DayField(label=_("Owned until"), required=False, help_text=_("Empty: the agreed period."))
    campaign = forms.CharField(label=_("Campaign"), max_length=120, required=False)
    medium = forms.CharField(label=_("Medium"), max_length=120, required=False)
    referrer = forms.ModelChoiceField(
        label=_("Referred by"), queryset=User.objects.filter(is_active=True), required=False
    )


class DocumentForm(_RecordForm):
    file = forms.FileField(label=_("File"), help_text=_("PDF, Word, OpenDocument, text, PNG or JPEG"))
    kind = forms.ChoiceField(label=_("Kind"), choices=DocumentKind.choices)


class TagForm(_RecordForm):
    name = forms.CharField(label=_("Tag"), max_length=60)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["name"].widget.attrs.update({"list": "tag-options", "autocomplete": "off"})
        self.options = list(Tag.objects.values_list("name", flat=True)[:200])


class NextActionForm(_RecordForm):
    text = forms.CharField(label=_("Next action"), max_length=160, required=False, help_text=_("Empty: nothing to do."))
    on = DayField(label=_("On"), required=False)

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.initial.update({"text": self.candidate.next_action, "on": self.candidate.next_action_on})


class NoteForm(_RecordForm):
    text = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 5, "autofocus": True}),
        help_text=_("Name a colleague with @ and their name."),
    )
    is_pinned = forms.BooleanField(label=_("Keep it on top"), required=False)


class ReasonForm(_RecordForm):
    why = forms.CharField(label=_("Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ReviewedReasonForm(ReasonForm):
    review_on = DayField(label=_("Looked at again on"))
