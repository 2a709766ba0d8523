"""The day somebody was told, and in which words."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from recruiting.core.days import day_of


class ToldForm(forms.Form):
    on = forms.DateField(label=gettext_lazy("Told on"), widget=forms.DateInput(attrs={"type": "date"}))
    what = forms.CharField(
        label=gettext_lazy("What they are told"), required=False, widget=forms.Textarea(attrs={"rows": 14})
    )

    def __init__(self, *args: Any, at: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["on"].initial = day_of(at)
