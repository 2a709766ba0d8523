"""What people write when a whole job stands still."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class HoldJobForm(forms.Form):
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Everybody on the job’s board reads it."))
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))
