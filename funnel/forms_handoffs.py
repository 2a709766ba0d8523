"""What somebody says when they return a card."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from funnel.handoffs.reading import Packet


class ReturnForm(forms.Form):
    """The criterion that failed, and a sentence that helps whoever offered it. Without criteria: the sentence alone."""

    failed = forms.ChoiceField(label=_("What is not met"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("What is missing"),
        help_text=_("One sentence, without sums. It is what they work with next."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, packet: Packet, **more: Any) -> None:
        super().__init__(*args, **more)
        crossed = [line for line in packet.lines if line.check == "no"]
        others = [line for line in packet.lines if line not in crossed]
        choices = [(line.key, line.text) for line in crossed + others]
        cast("forms.ChoiceField", self.fields["failed"]).choices = choices
        if not packet.lines:
            del self.fields["failed"]
        if crossed or not packet.lines:
            self.fields["why"].widget.attrs["autofocus"] = True
