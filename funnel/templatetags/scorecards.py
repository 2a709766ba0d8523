"""How scores are drawn: four steps, filled up to the one given, and the word beside them."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from funnel.models import Overall, Rating

register = template.Library()
TONES = {Overall.STRONG_NO: "exit", Overall.NO: "exit", Overall.YES: "return", Overall.STRONG_YES: "return"}


@register.simple_tag
def score(value: int | None) -> SafeString:
    """`{% score rating.score %}`: 3 of 4 as figure and steps; a dash where it was not looked at."""
    if value is None:
        return format_html('<span class="score score--none">–<span class="sr">{}</span></span>', _("not looked at"))
    steps = format_html_join("", '<i class="{}"></i>', (("is-on" if place < value else "",) for place in range(4)))
    said = _("%(score)s of 4") % {"score": value}
    drawn = format_html('<span class="score__steps" aria-hidden="true">{}</span>', steps)
    return format_html('<span class="score" title="{}"><b class="num">{}</b>{}</span>', said, value, drawn)


@register.filter
def anchor_of(rating: Rating) -> str:
    """What the point means, in the reader's language."""
    return rating.attribute.anchor(rating.score) if rating.score else ""


@register.simple_tag
def overall_badge(value: Any) -> SafeString:
    """`{% overall_badge version.overall %}`: the recommendation as a badge."""
    overall = Overall(value)
    return format_html('<span class="badge badge--{}">{}</span>', TONES[overall], overall.label)
