"""Tags of the shell and the small words of every page. What they write is in `words` and `glyphs`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.contrib.messages.storage.base import Message
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from recruiting.core import days as calendar
from recruiting.core import glyphs, words

register = template.Library()


def _language() -> str:
    return get_language() or "en"


def _day(value: date | datetime) -> date:
    return timezone.localtime(value).date() if isinstance(value, datetime) else value


@register.simple_tag
def icon(name: str, size: str = "m", label: str = "", extra: str = "") -> SafeString:
    """`{% icon "mail" %}`, small `{% icon "mail" "s" %}`, standing alone `{% icon "x" label=_("Close") %}`."""
    return mark_safe(glyphs.svg(name, size, str(label), extra))  # noqa: S308 - drawn from our own files, label escaped


@register.filter
def day(value: date | datetime | None, form: str = "short") -> str:
    """`{{ due_on|day }}` Thu 26; `{{ said_on|day:"full" }}` 20 Nov 2026; `|day:"long"` Tuesday 24 November."""
    if not value:
        return words.MISSING
    if form == "full":
        return words.full_day(_day(value), _language())
    if form == "long":
        return words.long_day(_day(value), _language())
    return words.short_day(_day(value), calendar.today(), _language())


@register.filter
def moment(value: datetime | None) -> str:
    """`{{ starts_at|moment }}`: Wed 25 11:00, in the reader's time zone."""
    return words.short_moment(timezone.localtime(value), calendar.today(), _language()) if value else words.MISSING


@register.filter
def ago(value: datetime | None) -> str:
    """`{{ proposed_at|ago }}`: 38 min, 2 h, then a date."""
    if not value:
        return words.MISSING
    return words.ago(timezone.localtime(value), timezone.localtime(), _language())


@register.filter
def due(value: datetime | None) -> str:
    """`{{ handoff.miss_at|due }}`: due tomorrow 11:00, or 3 h late, on the reader's clock."""
    if not value:
        return words.MISSING
    return words.due(timezone.localtime(value), timezone.localtime(), _language())


@register.filter
def due_tone(warn_at: datetime | None, miss_at: datetime | None) -> str:
    """`{{ handoff.warn_at|due_tone:handoff.miss_at }}`: nothing, "warn" or "late", for a class."""
    return words.due_tone(warn_at or None, miss_at or None, timezone.now())


@register.filter
def working_left(minutes: int | None) -> str:
    """`{{ minutes|working_left }}`: 3 h left, 1 d 2 h left, in working time."""
    return words.MISSING if minutes is None else words.working_left(minutes, _language())


@register.filter
def in_days(value: int | None) -> str:
    """`{{ stage_days|in_days }}`: 6 d."""
    return words.days(value, _language())


@register.simple_tag
def money(amount: words.Amount | None, currency: str = "JPY") -> str:
    """`{% money floor "JPY" %}`: ¥9.8M."""
    return words.money(amount, currency, _language())


@register.simple_tag
def money_range(low: words.Amount | None, high: words.Amount | None, currency: str = "JPY") -> str:
    """`{% money_range job.pay_min job.pay_max job.currency %}`: ¥8.0–11.5M."""
    return words.money_range(low, high, currency, _language())


@register.filter
def figure(value: words.Amount | None) -> str:
    """`{{ resting|figure }}`: 1,284, or – without data."""
    return words.figure(None if value == "" else value)  # a template writes "" for what is not there


@register.filter
def percent(share: float | None) -> str:
    """`{{ rate|percent }}`: 78 %, or – without data."""
    return words.percent(share)


@register.simple_tag
def rate(share: float | None, n: int) -> SafeString:
    """`{% rate share n %}`: a share never stands without what it is a share of."""
    return format_html(
        '<b class="num">{}</b> <small class="num quiet">n {}</small>', words.percent(share), words.figure(n)
    )


@register.simple_tag
def person_name(person: Any) -> SafeString:
    """A name with the language it is written in, for the reader's voice and the right shapes of its letters."""
    return format_html('<span lang="{}">{}</span>', getattr(person, "name_lang", "") or "en", person.name)


@register.simple_tag
def avatar(person: Any, size: str = "", me: bool = False) -> SafeString:
    """The round initials beside a name (size "", "m" or "l"): silent, because the name says it."""
    classes = "avatar" + (f" avatar--{size}" if size else "") + (" avatar--me" if me else "")
    letters = words.initials(person.family_name, person.given_name, person.name_lang or "en")
    return format_html(
        '<span class="{}" lang="{}" aria-hidden="true">{}</span>', classes, person.name_lang or "en", letters
    )


@register.inclusion_tag("components/_nav_link.html", takes_context=True)
def nav_link(
    context: template.Context,
    name: str,
    label: str,
    glyph: str,
    permission: str = "",
    key: str = "",
    counts: str = "",
    but: str = "",
) -> dict[str, Any]:
    """One line of the navigation: absent where the person may not go, current where they are.

    `but` names a line of its own that lies below this one's address.
    """
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or (permission and not user.has_perm(permission)):
        return {"url": ""}
    try:
        url = reverse(name)
    except NoReverseMatch:
        return {"url": ""}
    path = request.path if request is not None else ""
    current = path == url if url == "/" else path.startswith(url)
    current = current and not (but and path.startswith(reverse(but)))
    counts = "" if context.get("without_counts") else counts or name.rpartition(":")[2]
    return {"url": url, "label": label, "glyph": glyph, "key": key, "current": current, "counts": counts}


@register.inclusion_tag("components/_gauge.html")
def gauge(held: int | None, asked: int | None = None, declared: bool = False, tone: str = "") -> dict[str, Any]:
    """`{% gauge 4 3 %}`: level held against level asked, of five; declared is pale; tone "return" or "was"."""
    blocks = [
        {"x": step * 12.8, "look": ("half" if declared else "held") if step < (held or 0) else "open"}
        for step in range(5)
    ]
    return {"blocks": blocks, "held": held, "asked": asked, "ask_at": asked * 12.8 - 1 if asked else None, "tone": tone}


@register.filter
def undo_url(message: Message) -> str:
    """The address in a toast's extra tags, if it has one (see `toasts.toast`)."""
    return message.extra_tags if (message.extra_tags or "").startswith("/") else ""
