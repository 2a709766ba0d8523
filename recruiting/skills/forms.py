"""What a recruiting lead types about the vocabulary."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from recruiting.skills.levels import Scale
from recruiting.skills.models import Field, Skill
from recruiting.skills.selectors import resolve_term


class NamesForm(forms.Form):
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80)
    name_ja = forms.CharField(label=gettext_lazy("Name in Japanese"), max_length=80)
    is_active = forms.BooleanField(
        label=gettext_lazy("In use"),
        required=False,
        help_text=gettext_lazy("Without it the skill is offered and recognised nowhere. What points to it stays."),
    )


class NewSkillForm(forms.Form):
    name_en = forms.CharField(label=gettext_lazy("Name in English"), max_length=80)
    name_ja = forms.CharField(label=gettext_lazy("Name in Japanese"), max_length=80)
    field = forms.ChoiceField(label=gettext_lazy("Field"), choices=Field.choices)
    scale = forms.ChoiceField(label=gettext_lazy("Levels"), choices=Scale.choices)
    key = forms.SlugField(
        label=gettext_lazy("Key"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Made from the English name where it is left empty. It never changes."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["key"] = cleaned.get("key") or slugify(cleaned.get("name_en", ""))[:60]
        if cleaned.get("name_en") and not cleaned["key"] and "key" not in self.errors:
            self.add_error("key", _("No key can be made from this name. Type one in Latin letters."))
        return cleaned


class SpellingForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("Another spelling"), max_length=80)


class BroaderForm(forms.Form):
    broad = forms.CharField(label=gettext_lazy("A broader skill"), max_length=80)

    def clean_broad(self) -> Skill:
        text = self.cleaned_data["broad"]
        skill = resolve_term(text)
        if skill is None:
            raise forms.ValidationError(_("No skill is called “%(text)s”.") % {"text": text})
        return skill
