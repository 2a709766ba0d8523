"""What somebody chooses about what they are told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recruiting.accounts.models import User
from recruiting.notices.kinds import Kind, all_kinds
from recruiting.notices.models import ChatKind, Way
from recruiting.notices.services import all_ways_of

HOURS = [(hour, f"{hour}:00") for hour in range(24)]
ESSENTIAL = [(way.value, way.label) for way in (Way.AT_ONCE, Way.DIGEST)]
CHAT = [(Way.AT_ONCE.value, Way.AT_ONCE.label), (Way.OFF.value, Way.OFF.label)]


class WaysForm(forms.Form):
    """One row per kind: how it comes by mail, and whether into the chat; and when the daily summary comes."""

    digest_hour = forms.TypedChoiceField(label=_("Daily summary at"), choices=HOURS, coerce=int)

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.kinds = all_kinds()
        chosen = all_ways_of(user)
        self.fields["digest_hour"].initial = user.digest_hour
        for kind in self.kinds:
            mail, chat = chosen[kind.key]
            choices = ESSENTIAL if kind.is_essential else Way.choices
            self.fields[f"mail-{kind.key}"] = forms.ChoiceField(label=_("By mail"), choices=choices, initial=mail)
            self.fields[f"chat-{kind.key}"] = forms.ChoiceField(label=_("In the chat"), choices=CHAT, initial=chat)

    def groups(self) -> list[tuple[str, list[tuple[Kind, forms.BoundField, forms.BoundField]]]]:
        """The rows under their headings, as the kinds were registered."""
        grouped: dict[str, list[tuple[Kind, forms.BoundField, forms.BoundField]]] = {}
        for kind in self.kinds:
            grouped.setdefault(str(kind.group.label), []).append(
                (kind, self[f"mail-{kind.key}"], self[f"chat-{kind.key}"])
            )
        return list(grouped.items())

    def ways(self) -> dict[str, tuple[str, str]]:
        return {
            kind.key: (self.cleaned_data[f"mail-{kind.key}"], self.cleaned_data[f"chat-{kind.key}"])
            for kind in self.kinds
        }


class ChatForm(forms.Form):
    kind = forms.ChoiceField(label=_("Chat"), choices=ChatKind.choices)
    url = forms.CharField(
        label=_("Address of the incoming webhook"),
        max_length=500,
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Whoever knows this address can post into your chat: it is shown to nobody but you."),
    )
