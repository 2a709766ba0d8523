"""What a recruiting lead changes about a reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from recycling.leaving.keeping import is_fixed
from recycling.models import ExitReason


class ReasonForm(forms.ModelForm[ExitReason]):
    """Its instance is only read: the service saves."""

    class Meta:
        model = ExitReason
        fields = (
            "label_en",
            "label_ja",
            "help_en",
            "help_ja",
            "side",
            "klass",
            "pool",
            "cool_months",
            "cool_months_final",
            "re_entry",
            "is_offered",
            "is_active",
        )
        labels = {
            "help_en": gettext_lazy("One line of help, English"),
            "help_ja": gettext_lazy("One line of help, Japanese"),
            "pool": gettext_lazy("Rests in"),
            "cool_months_final": gettext_lazy("After a final interview, months"),
        }

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["pool"].required = False
        self.fields["cool_months"].required = True
        if self.instance.pk and is_fixed(self.instance):
            for name in ("side", "klass", "pool"):
                del self.fields[name]
