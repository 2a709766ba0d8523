"""Levels by scale: a whole number from 1 upwards is stored, its words are shown. Higher is always more."""

from __future__ import annotations

import re

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Scale(models.TextChoices):
    GENERAL = "general", _("General, 1 to 5")
    CEFR = "cefr", _("CEFR, A1 to C2")
    JLPT = "jlpt", _("JLPT, N5 to N1")


_GENERAL: dict[int, str | Promise] = {
    1: _("Aware"),
    2: _("Basic"),
    3: _("Working"),
    4: _("Strong"),
    5: _("Expert"),
}
_CEFR = {1: "A1", 2: "A2", 3: "B1", 4: "B2", 5: "C1", 6: "C2"}
_JLPT = {1: "N5", 2: "N4", 3: "N3", 4: "N2", 5: "N1"}

TOP: dict[str, int] = {Scale.GENERAL: 5, Scale.CEFR: 6, Scale.JLPT: 5}


def level_label(scale: str, level: int | None) -> str:
    """The level in words ("CEFR B2", "JLPT N2", "Working"); empty where no level is recorded (unknown)."""
    if level is None:
        return ""
    if scale == Scale.CEFR:
        return f"CEFR {_CEFR[level]}"
    if scale == Scale.JLPT:
        return f"JLPT {_JLPT[level]}"
    return str(_GENERAL[level])


def level_choices(scale: str) -> list[tuple[int, str]]:
    """(value, label) from the lowest to the highest, as a form offers them."""
    return [(level, level_label(scale, level)) for level in range(1, TOP[scale] + 1)]


def is_level(scale: str, level: int | None) -> bool:
    """Whether the number exists on the scale; no level at all is always allowed and means unknown."""
    return level is None or 1 <= level <= TOP[scale]


_WRITTEN = {
    Scale.CEFR: re.compile(r"(?:CEFR)?[\s:]*([ABC][12])", re.IGNORECASE),
    Scale.JLPT: re.compile(r"(?:JLPT|日本語能力試験)?[\s:]*N([1-5])(?:級)?", re.IGNORECASE),
    Scale.GENERAL: re.compile(r"(?:Lv\.?|level|レベル)?[\s:]*([1-5])", re.IGNORECASE),
}


def level_from(scale: str, written: str) -> int | None:
    """Read a level as people write it ("B2", "JLPT N2", "N2", "3", "Strong"); None where it says nothing."""
    text = written.strip()
    found = _WRITTEN[Scale(scale)].fullmatch(text)
    if found is None:
        if scale != Scale.GENERAL:
            return None
        words = {str(label).casefold(): level for level, label in _GENERAL.items()} | _PLAIN
        return words.get(text.casefold())
    if scale == Scale.CEFR:
        return next(level for level, name in _CEFR.items() if name == found[1].upper())
    return 6 - int(found[1]) if scale == Scale.JLPT else int(found[1])


# Read in every language, whatever the reader's own is.
_PLAIN = {"aware": 1, "basic": 2, "working": 3, "strong": 4, "expert": 5}
_PLAIN |= {"知識あり": 1, "基礎": 2, "実務": 3, "得意": 4, "専門": 5}
