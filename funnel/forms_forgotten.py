"""The ways out of being forgotten that take words: a next action with its day, and a hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from recruiting.core.days import plus_days, today


class PlanForm(forms.Form):
    """What happens next, and on which day: without a day it would be forgotten again."""

    action = forms.CharField(label=lazy("Next action"), max_length=160)
    on = forms.DateField(label=lazy("On"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"on": plus_days(today(), 1)})

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on < today():
            raise forms.ValidationError(_("Choose a day to come."))
        return on
