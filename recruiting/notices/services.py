"""Telling somebody something, once; and putting a letter on its way, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from recruiting.accounts.models import User
from recruiting.core import outbox
from recruiting.notices.kinds import Kind, all_kinds, kind_of
from recruiting.notices.models import ChatHook, Mail, Notice, Preference, Sending, Way

COMPOSE, SEND, CHAT = "notices.mail", "notices.send", "notices.chat"
MOST_SUBJECT = 200
MAILS_KEPT, NOTICES_KEPT = timedelta(days=30), timedelta(days=180)


@transaction.atomic
def notify(
    *,
    user: User,
    kind: str,
    key: str,
    about: Mapping[str, Any],
    path: str,
    at: datetime,
    mail_path: str = "",
    person: int | None = None,
    job: int | None = None,
    is_mailed: bool = True,
) -> Notice | None:
    """Tell one person one thing: in the product, and by whichever ways they chose. None: they were told, or have left.

    `key` names the fact ("handoff:12:offered"). `mail_path` is the way in from a mail where that is another one.
    Not `is_mailed`: one letter about several things says it (composing.mail_together).
    """
    known = kind_of(kind)
    if not user.is_active:
        return None
    notice, is_new = Notice.objects.get_or_create(
        user=user,
        key=key,
        defaults={
            "kind": kind,
            "about": dict(about),
            "path": path,
            "mail_path": mail_path,
            "person": person,
            "job": job,
            "at": at,
        },
    )
    if not is_new:
        return None
    mail, chat = ways_of(user, known)
    if mail == Way.AT_ONCE and is_mailed:
        outbox.post(topic=COMPOSE, key=f"notice:{notice.pk}:mail", at=at, payload={"notice": notice.pk})
    if chat == Way.AT_ONCE and ChatHook.objects.filter(user=user, is_active=True).exists():
        outbox.post(topic=CHAT, key=f"notice:{notice.pk}:chat", at=at, payload={"notice": notice.pk})
    return notice


def ways_of(user: User, kind: Kind) -> tuple[str, str]:
    """How a kind leaves the product for somebody: (by mail, into the chat), their own choice or the kind's."""
    return _ways(kind, Preference.objects.filter(user=user, kind=kind.key).first())


def all_ways_of(user: User) -> dict[str, tuple[str, str]]:
    """The same for every kind, in one query."""
    chosen = {row.kind: row for row in Preference.objects.filter(user=user)}
    return {kind.key: _ways(kind, chosen.get(kind.key)) for kind in all_kinds()}


def _ways(kind: Kind, chosen: Preference | None) -> tuple[str, str]:
    if chosen is None:
        return kind.default_mail, kind.default_chat
    is_refused = kind.is_essential and chosen.mail == Way.OFF  # a choice of before it became essential
    return kind.default_mail if is_refused else chosen.mail, chosen.chat


@transaction.atomic
def post_mail(
    *,
    key: str,
    to: str,
    subject: str,
    text: str,
    at: datetime,
    html: str = "",
    user: User | None = None,
    person: int | None = None,
    headers: Mapping[str, str] | None = None,
    invitation: str = "",
    invitation_method: str = "",
    due_at: datetime | None = None,
) -> Mail:
    """Write a letter and promise to send it, not before `due_at`. A second one under the same key is the first one:
    nothing leaves twice."""
    mail, is_new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "user": user,
            "person": person,
            "to": to,
            "subject": " ".join(subject.split())[:MOST_SUBJECT],  # a subject is one line
            "text": text,
            "html": html,
            "headers": dict(headers or {}),
            "invitation": invitation,
            "invitation_method": invitation_method,
            "created_at": at,
        },
    )
    if is_new:
        outbox.post(topic=SEND, key=f"mail:{mail.pk}", at=at, due_at=due_at, payload={"mail": mail.pk})
    return mail


@transaction.atomic
def take_back_mails(*, keys: Collection[str]) -> set[str]:
    """Letters that have not left yet never do; the keys of those. Sending one in the same second wins or loses."""
    waiting = Mail.objects.filter(key__in=keys, state=Sending.QUEUED).order_by("pk").select_for_update(of=("self",))
    found = {mail.pk: mail.key for mail in waiting}
    Mail.objects.filter(pk__in=found).delete()
    return set(found.values())


# --- Reading ----------------------------------------------------------------------------------------------------------


def read_notice(*, notice: Notice, at: datetime) -> None:
    """Seen by whom it was for. Reading it again keeps the first moment."""
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)


def read_all(*, user: User, at: datetime, up_to: int) -> int:
    """Everything up to the newest notice that was on the page: what came in meanwhile stays unread."""
    return Notice.objects.of(user).unread().filter(pk__lte=up_to).update(read_at=at)


def settle(*, person: int, subject: str, kinds: Collection[str], at: datetime, user: User | None = None) -> int:
    """What these notices asked for is done or off the table: nobody is reminded of it any more.

    `subject` is what their keys begin with ("handoff:12"); `user`: of this reader alone. What was told of later facts
    stays: an outbox message may be delivered again, long after.
    """
    about = Notice.objects.unread().filter(person=person, key__startswith=f"{subject}:")  # notices_about_a_person
    about = about.filter(user=user) if user else about
    return about.filter(kind__in=kinds, at__lte=at).update(read_at=at)


# --- Choosing ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def choose_ways(*, user: User, ways: Mapping[str, tuple[str, str]], digest_hour: int | None = None) -> None:
    """Somebody's choice for some kinds: {kind: (by mail, into the chat)}. An essential kind keeps a mail."""
    if digest_hour is not None:
        User.objects.filter(pk=user.pk).update(digest_hour=digest_hour)
    for key, (mail, chat) in ways.items():
        kind = kind_of(key)
        if kind.is_essential and mail == Way.OFF:
            mail = kind.default_mail
        Preference.objects.update_or_create(user=user, kind=key, defaults={"mail": mail, "chat": chat})


@transaction.atomic
def forget_person(*, person: int) -> None:
    """Somebody's data is erased: nobody finds them in what was said about them, nor in a letter."""
    Notice.objects.filter(person=person).delete()  # notices_about_a_person
    Mail.objects.filter(person=person).delete()


def forget_old(*, at: datetime, limit: int = 5000) -> int:
    """Letters are kept for thirty days, notices for half a year; a bounded number at a time."""
    mails = Mail.objects.filter(created_at__lt=at - MAILS_KEPT).order_by("created_at")  # mails_by_age
    notices = Notice.objects.filter(at__lt=at - NOTICES_KEPT).order_by("pk")  # the oldest have the smallest keys
    gone = Mail.objects.filter(pk__in=mails.values("pk")[:limit]).delete()[0]
    return gone + Notice.objects.filter(pk__in=notices.values("pk")[:limit]).delete()[1].get("notices.Notice", 0)
