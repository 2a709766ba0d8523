"""What the notices themselves have to say."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from recruiting.notices.chatting import PAUSED
from recruiting.notices.kinds import About, Group, Kind, Said, register
from recruiting.notices.models import Way

OWN = Group("notices", lazy("Kanryu itself"), is_last=True)


def _paused(about: About) -> Said:
    return Said(
        _("Your chat no longer takes what Kanryu posts."),
        _("Posting is paused. Look at the address of the incoming webhook and send a test."),
    )


register(Kind(PAUSED, lazy("Posting into my chat was paused"), OWN, _paused, default_mail=Way.AT_ONCE))
