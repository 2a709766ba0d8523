"""Adding a person by hand in half a minute, and the day somebody left us."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recruiting.accounts.models import User
from recruiting.candidates.forms.fields import LANGUAGES, DayField
from recruiting.candidates.models import Agency, ContactKind
from recruiting.candidates.models.consent import BasisKind
from recruiting.candidates.models.sources import Channel
from recruiting.candidates.services import normal_of
from recruiting.contact.models import TouchKind
from recruiting.core.days import today
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job

NOTHING = "nothing"


class AddPersonForm(forms.Form):
    """Who they are, how to reach them, where they came from, what they are for, and what future use rests on."""

    family_name = forms.CharField(label=_("Family name"), max_length=80)
    given_name = forms.CharField(label=_("Given name"), max_length=80, required=False)
    name_lang = forms.ChoiceField(label=_("Name is written in"), choices=LANGUAGES)
    email = forms.CharField(label=_("E-mail"), max_length=254, required=False, widget=forms.EmailInput)
    phone = forms.CharField(
        label=_("Phone"),
        help_text=_("One of the two is enough."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    channel = forms.ChoiceField(label=_("Came through"), choices=Channel.choices)
    agency = forms.ModelChoiceField(
        label=_("Agency"),
        queryset=Agency.objects.all(),
        required=False,
        empty_label="–",
        help_text=_("Where an agency introduced them."),
    )
    job = forms.ModelChoiceField(
        label=_("For"),
        queryset=Job.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=_("No job yet: rests in Met"),
    )
    basis = forms.ChoiceField(
        label=_("Future use rests on"),
        choices=[*BasisKind.choices, (NOTHING, _("Nothing yet: nobody will propose them"))],
        initial=BasisKind.ANNOUNCED,
    )
    until = DayField(label=_("Until"), required=False, help_text=_("Empty: the usual period of your country."))

    def __init__(self, data: Any = None, *, user: User, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["name_lang"].initial = user.language
        if user.has_perm("funnel.move_application"):
            self.fields["job"].queryset = Job.objects.visible_to(user).open().order_by("title")  # type: ignore[attr-defined]
        else:
            del self.fields["job"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        points = [(kind, cleaned.get(str(kind), "")) for kind in (ContactKind.EMAIL, ContactKind.PHONE)]
        cleaned["contact_points"] = [(kind, value) for kind, value in points if value]
        cleaned["addresses"] = []
        for kind, value in cleaned["contact_points"]:
            try:
                cleaned["addresses"].append((kind, normal_of(kind, value)))
            except Refused as refused:
                self.add_error(str(kind), refused.message)
        if not cleaned["contact_points"]:
            self.add_error("email", _now("Give an e-mail address or a phone number."))
        if cleaned.get("channel") == Channel.AGENCY and not cleaned.get("agency"):
            self.add_error("agency", _now("Name the agency that introduced them."))
        return cleaned


class DepartureForm(forms.Form):
    departed_on = DayField(label=_("Last day here"), initial=today)
    is_welcome = forms.BooleanField(
        label=_("Welcome back"),
        required=False,
        initial=True,
        help_text=_("Rests as an alumnus; somebody looks again after the cool-down."),
    )


class TouchForm(forms.Form):
    """One contact that happened outside of this house's own mail."""

    kind = forms.ChoiceField(label=pgettext_lazy("a means of contact", "By"), choices=TouchKind.choices)
    is_inbound = forms.BooleanField(label=_("They contacted us"), required=False)
    is_approach = forms.BooleanField(
        label=_("It was to bring them back"),
        required=False,
        help_text=_("Counts against what everybody may ask of them."),
    )
    subject = forms.CharField(label=_("About"), max_length=200, required=False)
    text = forms.CharField(label=_("Said"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
