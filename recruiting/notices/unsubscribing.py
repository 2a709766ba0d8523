"""The link under a letter: good for one person and one kind, without signing in, and only when it is posted."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.refused import Refused
from recruiting.notices.kinds import all_kinds, has_kind, kind_of
from recruiting.notices.models import Preference, Way
from recruiting.notices.services import ways_of

SALT = "recruiting.notices.unsubscribe"
SUMMARY = "summary"  # the daily summary as a whole


def url_for(user: User, kind: str) -> str:
    token = signing.dumps([user.pk, kind], salt=SALT, compress=True)
    return settings.SITE_URL.rstrip("/") + reverse("notices:unsubscribe", args=[token])


def headers_for(user: User, kind: str) -> dict[str, str]:
    """One click in the reader's mail program (RFC 8058)."""
    return {
        "List-Unsubscribe": f"<{url_for(user, kind)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def read(token: str) -> tuple[User, str]:
    """Whose link it is, and of which kind. It never expires: so does the right to be left alone."""
    try:
        key, kind = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        key, kind = None, ""
    user = User.objects.filter(pk=key).first() if key else None
    if user is None or not (kind == SUMMARY or has_kind(kind)):
        raise Refused(_("This link is not complete. Copy it from the mail once more."), "unreadable")
    return user, kind


@transaction.atomic
def unsubscribe(*, user: User, kind: str) -> None:
    """No more mails of this kind, or no more daily summary of what is not essential. Doing it again changes nothing."""
    wanted = [kind_of(kind)] if kind != SUMMARY else [one for one in all_kinds() if ways_of(user, one)[0] == Way.DIGEST]
    for one in wanted:
        if not one.is_essential:
            Preference.objects.update_or_create(
                user=user,
                kind=one.key,
                defaults={"mail": Way.OFF},
                create_defaults={"mail": Way.OFF, "chat": one.default_chat},
            )
