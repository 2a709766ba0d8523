"""The person's own columns: who they are, and what they expect."""

from __future__ import annotations

from copy import copy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recruiting.accounts.models import User
from recruiting.accounts.roles import SEES_EVERYBODY
from recruiting.candidates.forms.fields import LANGUAGES, DayField, LinesField, LinksField
from recruiting.candidates.models import Candidate
from recruiting.terms import Form


class _ColumnsForm(forms.ModelForm[Candidate]):
    """Reads columns only: it works on a copy, and the service writes."""

    def __init__(self, data: Any = None, *, candidate: Candidate, user: User, **more: Any) -> None:
        super().__init__(data, instance=copy(candidate), **more)


class PersonForm(_ColumnsForm):
    name_lang = forms.ChoiceField(label=_("Name is written in"), choices=LANGUAGES)
    language = forms.ChoiceField(label=_("Writes in"), choices=LANGUAGES)
    country = forms.RegexField(
        r"^[A-Z]{2}$",
        label=_("Country"),
        required=False,
        help_text=_("Two letters: JP, US, DE. It decides how long future use lasts by default."),
    )
    employer_since_on = DayField(label=_("There since"), required=False)
    links = LinksField(label=_("Links"), help_text=_("One address a line"))

    class Meta:
        model = Candidate
        fields = [
            "family_name", "given_name", "family_kana", "given_kana", "name_lang", "language", "country", "location",
            "employer", "title", "employer_since_on", "owner", "links",
        ]  # fmt: skip
        labels = {"owner": _("Keeps the contact")}

    def __init__(self, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["owner"].queryset = User.objects.filter(  # type: ignore[attr-defined]
            is_active=True, role__in=SEES_EVERYBODY
        )


class ExpectationsForm(_ColumnsForm):
    """What they want. Whoever may not see pay does not get it to see or change."""

    pay_said_on = DayField(label=_("Said on"), required=False)
    available_on = DayField(label=_("Available from"), required=False)
    wanted_places = LinesField(label=_("Places"), help_text=_("One a line"))
    wanted_forms = forms.MultipleChoiceField(
        label=_("Forms of work"), choices=Form.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Candidate
        fields = [
            "pay_floor", "pay_currency", "pay_period", "pay_said_on", "available_on", "wanted_remote", "wanted_places",
            "wanted_forms",
        ]  # fmt: skip

    def __init__(self, data: Any = None, *, user: User, **more: Any) -> None:
        super().__init__(data, user=user, **more)
        if not user.has_perm("candidates.view_pay"):
            for name in ("pay_floor", "pay_currency", "pay_period", "pay_said_on"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("pay_floor") is not None and not cleaned.get("pay_said_on"):
            self.add_error("pay_said_on", _("Say when they named it: an old figure counts for nothing."))
        return cleaned
