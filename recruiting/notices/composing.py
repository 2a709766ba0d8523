"""A notice as a letter: the reader's words, plain text and the same as HTML, and the way to have no more of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import ngettext

from recruiting.accounts.models import User
from recruiting.notices import unsubscribing
from recruiting.notices.kinds import in_words_of, kind_of, said
from recruiting.notices.models import Digest, Mail, Notice, Way
from recruiting.notices.services import post_mail, ways_of


def absolute(path: str) -> str:
    return settings.SITE_URL.rstrip("/") + path


def mail_notice(*, notice: Notice, at: datetime) -> Mail:
    """One notice, one letter, under one key."""
    user, kind = notice.user, kind_of(notice.kind)
    headers = {} if kind.is_essential else unsubscribing.headers_for(user, kind.key)
    with in_words_of(user):
        words = said(notice.kind, notice.about)
        context = {
            "title": words.title,
            "body": words.body,
            "url": absolute(notice.mail_path or notice.path),
            **_foot(user, kind.key, is_essential=kind.is_essential),
        }
        subject, text, html = (
            words.title,
            _text("mail/notice.txt", context),
            render_to_string("mail/notice.html", context),
        )
    return post_mail(
        key=f"notice:{notice.pk}",
        to=user.email,
        user=user,
        person=notice.person,
        subject=subject,
        text=text,
        html=html,
        headers=headers,
        at=at,
    )


def mail_together(
    *, user: User, kind: str, key: str, title: str, lines: Sequence[Mapping[str, str]], path: str, at: datetime
) -> Mail | None:
    """Several things of one kind in one letter: {"title", "url"} each. None where the reader has no such mail at once.

    Called in the reader's words (kinds.in_words_of).
    """
    known = kind_of(kind)
    if not user.is_active or ways_of(user, known)[0] != Way.AT_ONCE:
        return None
    context = {
        "title": title,
        "lines": lines,
        "url": absolute(path),
        **_foot(user, kind, is_essential=known.is_essential),
    }
    return post_mail(
        key=key,
        to=user.email,
        user=user,
        subject=title,
        text=_text("mail/digest.txt", context),
        html=render_to_string("mail/digest.html", context),
        headers={} if known.is_essential else unsubscribing.headers_for(user, kind),
        at=at,
    )


def mail_digest(*, digest: Digest, notices: Sequence[Notice], at: datetime) -> Mail:
    """One day's summary, one letter. Its links lead in by the front door: no key to anything is in it."""
    user = digest.user
    with in_words_of(user):
        lines = [{"title": said(one.kind, one.about).title, "url": absolute(one.path)} for one in notices]
        title = ngettext("%(n)s thing for you in Kanryu", "%(n)s things for you in Kanryu", len(lines)) % {
            "n": len(lines)
        }
        context = {
            "title": title,
            "lines": lines,
            "url": absolute(reverse("notices:list")),
            **_foot(user, unsubscribing.SUMMARY, is_essential=False),
        }
        text, html = _text("mail/digest.txt", context), render_to_string("mail/digest.html", context)
    return post_mail(
        key=f"digest:{digest.pk}",
        to=user.email,
        user=user,
        subject=title,
        text=text,
        html=html,
        headers=unsubscribing.headers_for(user, unsubscribing.SUMMARY),
        at=at,
    )


def _foot(user: User, kind: str, *, is_essential: bool) -> dict[str, Any]:
    return {
        "reader": user,
        "language": user.language,
        "company": settings.COMPANY_NAME,
        "preferences_url": absolute(reverse("notices:preferences")),
        "unsubscribe_url": "" if is_essential else unsubscribing.url_for(user, kind),
    }


def _text(template: str, context: dict[str, Any]) -> str:
    return render_to_string(template, context).strip() + "\n"
