"""Signed links from a mail to one handoff: a pointer that expires, never a key. Reading one acts on nothing."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from funnel.models import Handoff
from recruiting.accounts.models import User
from recruiting.core.refused import Refused

SALT = "funnel.handoffs.links"


def link_path(handoff: Handoff, user: User) -> str:
    """The address for a mail to this person about this handoff. Whoever opens it still has to sign in."""
    token = signing.dumps([handoff.pk, user.pk], salt=SALT)
    return reverse("funnel:handoff_link", args=[token])


def read(token: str) -> tuple[int, int]:
    """(handoff, user) as keys. Refused: "expired" after HANDOFF_LINK_DAYS, "unknown" when it is not of our making."""
    try:
        handoff, user = signing.loads(token, salt=SALT, max_age=timedelta(days=settings.HANDOFF_LINK_DAYS))
    except signing.SignatureExpired as over:
        said = _("This link was good for %(days)s days and has run out.")
        raise Refused(said % {"days": settings.HANDOFF_LINK_DAYS}, "expired") from over
    except (signing.BadSignature, ValueError, TypeError) as wrong:
        raise Refused(_("This link is not whole. Open the mail again and use the whole address."), "unknown") from wrong
    return int(handoff), int(user)
