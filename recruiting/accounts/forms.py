"""What people type about people who work here."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from recruiting.accounts.models import User
from recruiting.accounts.roles import Role

NAME_LANGS = [("en", _("English or another with the given name first")), ("ja", _("Japanese"))]
NAME_LANGS += [("zh", _("Chinese")), ("ko", _("Korean"))]


def time_zones() -> list[tuple[str, str]]:
    names = sorted(name for name in zoneinfo.available_timezones() if "/" in name and not name.startswith("Etc/"))
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("E-mail"))
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.RECRUITER)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class JoinForm(forms.Form):
    """Who follows an invitation says who they are and chooses a password."""

    family_name = forms.CharField(label=_("Family name"), max_length=80)
    given_name = forms.CharField(label=_("Given name"), max_length=80, required=False)
    name_lang = forms.ChoiceField(label=_("Name is written in"), choices=NAME_LANGS)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}), min_length=10
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(family_name=self.data.get("family_name", "")))
        return password


class ProfileForm(forms.ModelForm[User]):
    name_lang = forms.ChoiceField(label=_("Name is written in"), choices=NAME_LANGS)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zones)
    theme = forms.ChoiceField(
        label=_("Theme"), required=False, choices=[("", _("As the device")), ("light", _("Light")), ("dark", _("Dark"))]
    )

    class Meta:
        model = User
        fields = ["family_name", "given_name", "name_lang", "language", "time_zone", "theme", "single_keys"]


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(required=False, choices=[("", ""), ("light", ""), ("dark", "")])

    def clean(self) -> dict[str, Any]:
        return {"theme": self.cleaned_data.get("theme", "")}
