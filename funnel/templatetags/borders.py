"""What the page over the borders repeats: a head to sort by, hours, and whether a promise was kept."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from recruiting.core import glyphs, words

register = template.Library()


@register.simple_tag(takes_context=True)
def sort_head(context: template.Context, key: str, label: str) -> SafeString:
    """A column's head: figures begin with the largest, names with the first; a second press turns the order."""
    now = context["sort"]
    first = key if key == "name" else f"-{key}"
    is_on = now.removeprefix("-") == key
    other = key if now.startswith("-") else f"-{key}"
    order = ("descending" if now.startswith("-") else "ascending") if is_on else ""
    asked = {"days": context["days"], "sort": other if is_on else first}
    if context["look"].job is not None:
        asked["job"] = context["look"].job.pk
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="{}?{}#{}" hx-get="{}?{}" hx-target="#borders" hx-select="#borders"'
        ' hx-swap="outerHTML show:none" hx-push-url="true">{}{}</a></th>',
        "" if key == "name" else format_html(' class="{}"', "r"),
        format_html(' aria-sort="{}"', order) if order else "",
        *(reverse("funnel:borders"), urlencode(asked), context["pair"].key),
        *(reverse("funnel:borders"), urlencode(asked)),
        label,
        _arrow(order),
    )


def _arrow(order: str) -> Any:
    if not order:
        return ""
    return format_html('<span aria-hidden="true"> {}</span>', "↓" if order == "descending" else "↑")


@register.filter
def hours(value: float | None) -> str:
    """`{{ response.median|hours }}`: 2.4 h; without data a dash."""
    return words.MISSING if value is None else _("%(hours)s h") % {"hours": words.figure(round(value, 1))}


@register.simple_tag
def kept(is_kept: bool | None) -> SafeString | str:
    """Whether a week kept a promise: a tick, or the word. Nothing where nothing can be judged yet."""
    if is_kept is None:
        return ""
    if is_kept:
        return format_html('<span class="kept">{}</span>', _icon("check", _("kept")))
    return format_html('<span class="badge badge--warn">{}</span>', _("missed"))


def _icon(name: str, label: str) -> SafeString:
    return SafeString(glyphs.svg(name, "s", label, ""))
