"""Fields that more than one form about people needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from recruiting.candidates.normal import web_address

# Languages by their own names: nobody needs them translated.
LANGUAGES = [
    ("en", "English"),
    ("ja", "日本語"),
    ("zh", "中文"),
    ("ko", "한국어"),
    ("vi", "Tiếng Việt"),
    ("de", "Deutsch"),
    ("es", "Español"),
    ("fr", "Français"),
    ("hi", "हिन्दी"),
    ("hu", "Magyar"),
    ("id", "Bahasa Indonesia"),
    ("it", "Italiano"),
    ("pt", "Português"),
    ("th", "ไทย"),
    ("tr", "Türkçe"),
]


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class LinesField(forms.CharField):
    """A list, one entry a line."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 2}), required=False, **more)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = (line.strip()[:200] for line in super().clean(value).splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class LinksField(LinesField):
    """Addresses of the web, one a line; nothing else may become a link."""

    def clean(self, value: Any) -> list[str]:
        lines = super().clean(value)
        for line in lines:
            if not web_address(line):
                raise forms.ValidationError(_("“%(line)s” is not an address of the web.") % {"line": line})
        return [web_address(line) for line in lines]
