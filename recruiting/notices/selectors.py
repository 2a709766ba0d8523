"""Reading: what somebody was told, and which letters left."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from recruiting.accounts.models import User
from recruiting.notices.kinds import Kind, Said, all_kinds, has_kind, kind_of, said
from recruiting.notices.models import Mail, Notice

MOST_COUNTED = 99


@dataclass(frozen=True)
class Told:
    """A notice with its words, in the language and zone of the page."""

    notice: Notice
    words: Said
    kind: Kind | None


def notices_of(user: User, *, group: str = "", is_unread: bool = False) -> QuerySet[Notice]:
    found: QuerySet[Notice] = Notice.objects.of(user)  # notices_of_a_user
    if is_unread:
        found = found.filter(read_at=None)  # notices_unread
    if group:
        found = found.filter(kind__in=[kind.key for kind in all_kinds() if kind.group.key == group])
    return found


def told(notice: Notice) -> Told:
    kind = kind_of(notice.kind) if has_kind(notice.kind) else None
    return Told(notice, said(notice.kind, notice.about), kind)


def unread_of(user: User, *, most: int = MOST_COUNTED) -> int:
    """How many wait to be read; one more than `most` stands for "more"."""
    return Notice.objects.of(user).unread().order_by()[: most + 1].count()  # notices_unread


def mails_of(user: User, *, is_own: bool = False) -> QuerySet[Mail]:
    found: QuerySet[Mail] = Mail.objects.visible_to(user).select_related("user")
    found = found.filter(user=user) if is_own else found
    return found.defer("text", "html", "invitation")
