"""What there is to be told, kind by kind: its words, and which ways out of the product it takes by itself.

An app registers its kinds in `notice_kinds.py`, found like the outbox's handlers. Words are made when a notice is read
or sent, in the reader's language and time zone: `about` holds names and moments (ISO 8601), never sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules

from recruiting.accounts.models import User
from recruiting.core.words import MONTHS, WEEKDAYS
from recruiting.notices.models import Way

About = Mapping[str, Any]


@dataclass(frozen=True)
class Said:
    """`title` goes everywhere: the list, a mail's subject, a chat. `body` goes by mail too. `inside` stays here.

    Title and body hold no more about a person than their name and the job; whatever somebody wrote is `inside`.
    """

    title: str
    body: str = ""
    inside: str = ""


@dataclass(frozen=True)
class Group:
    """Kinds that stand together: a heading of the preferences, a filter of the list."""

    key: str
    label: str | Promise
    is_last: bool = False


@dataclass(frozen=True)
class Kind:
    """`is_essential`: somebody waits for the reader, so some mail always leaves: at once, or the summary."""

    key: str
    label: str | Promise
    group: Group
    words: Callable[[About], Said]
    is_essential: bool = False
    default_mail: str = Way.DIGEST
    default_chat: str = Way.OFF


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    _kinds[kind.key] = kind
    return kind


@cache
def _find_kinds() -> None:
    autodiscover_modules("notice_kinds")


def all_kinds() -> list[Kind]:
    """In the order in which they were registered; what the notices say about themselves comes last."""
    _find_kinds()
    return sorted(_kinds.values(), key=lambda kind: kind.group.is_last)


def all_groups() -> list[Group]:
    return list(dict.fromkeys(kind.group for kind in all_kinds()))


def kind_of(key: str) -> Kind:
    """KeyError for a kind nobody registered: a mistake of ours, not of the reader."""
    _find_kinds()
    return _kinds[key]


def has_kind(key: str) -> bool:
    _find_kinds()
    return key in _kinds


def said(kind: str, about: About) -> Said:
    """The words in the language and zone now active; a kind that is gone says only its name."""
    return kind_of(kind).words(about) if has_kind(kind) else Said(kind)


@contextmanager
def in_words_of(user: User) -> Iterator[None]:
    """Everything said inside is said in this person's language and time zone."""
    with translation.override(user.language), timezone.override(ZoneInfo(user.time_zone)):
        yield


def when(moment: str) -> str:
    """A moment of `about`, unmistakable whenever it is read: Wed 25 Nov 11:00; 11/25（水）11:00."""
    at = timezone.localtime(datetime.fromisoformat(moment))
    if (translation.get_language() or "en").startswith("ja"):
        return f"{at.month}/{at.day}（{WEEKDAYS['ja'][at.weekday()]}）{at:%H:%M}"
    return f"{WEEKDAYS['en'][at.weekday()]} {at.day} {MONTHS[at.month - 1]} {at:%H:%M}"
