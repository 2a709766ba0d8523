"""Single values as other systems write them: names, days, yes and no, countries."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from recruiting.candidates.normal import fold

_ISO = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?)?月?(?:[T\s].*)?$")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T\s].*)?$")
_YEAR = re.compile(r"(\d{4})年?$")
_WORDS = re.compile(r"(?:(\d{1,2})[\s-])?([A-Za-z]{3})[a-z]*[\s-](?:(\d{1,2}),?\s+)?(\d{4})(?:\s.*)?$")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, start=1)}
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]")
_HAN = re.compile(r"[\u3400-\u9fff々〆]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_MANY = re.compile(r"[;,、，；\n|／]+")
# How far below the top of the scale; what a word contains, the longer first.
_FLUENT = (
    (3, ("limited working", "conversational", "intermediate", "日常会話", "中級")),
    (2, ("professional working", "business", "ビジネス")),
    (1, ("full professional", "fluent", "advanced", "流暢", "上級")),
    (0, ("native", "bilingual", "mother tongue", "ネイティブ", "ネイティヴ", "母語", "母国語")),
    (5, ("elementary", "beginner", "basic", "初級")),
)
YES = frozenset({"1", "yes", "y", "true", "t", "○", "◯", "ハイ", "有", "済", "済ミ", "x", "✓"})
NO = frozenset({"", "0", "no", "n", "false", "f", "×", "イイエ", "無", "未", "-", "なし", "ナシ"})


@lru_cache(20_000)
def day_from(written: str, order: str = "") -> date | None:
    """2024-09-11, 2024/9/11, 2024年9月11日, 2024-09, 2024, 11 Sep 2024; 9/11/2024 by `order` (dmy, else mdy).

    Where month or day is missing the first one is taken. None where it says no day, or one that never was.
    """
    text = unicodedata.normalize("NFKC", written).strip()
    try:
        if found := _ISO.match(text):
            return date(int(found[1]), int(found[2]), int(found[3] or 1))
        if found := _NUMBERS.match(text):
            first, second = int(found[1]), int(found[2])
            month, day = (second, first) if order == "dmy" or first > 12 else (first, second)
            return date(int(found[3]), month, day)
        if found := _YEAR.match(text):
            return date(int(found[1]), 1, 1)
        if found := _WORDS.match(text):
            return date(int(found[4]), _MONTHS[found[2].casefold()], int(found[1] or found[3] or 1))
    except (ValueError, KeyError):
        return None
    return None


def date_order(written: Iterable[str]) -> str:
    """Whether 9/11/2024 begins with the day ("dmy") or the month ("mdy"); "" where no value tells."""
    firsts, seconds = [0], [0]
    for value in written:
        if found := _NUMBERS.match(value.strip()):
            firsts.append(int(found[1]))
            seconds.append(int(found[2]))
    if max(firsts) > 12:
        return "dmy"
    return "mdy" if max(seconds) > 12 else ""


def yes(written: str) -> bool | None:
    """Yes, no, or None where the word is neither."""
    word = fold(written)
    return True if word in YES else False if word in NO else None


def parts_of(written: str) -> list[str]:
    """Several in one cell: parted by commas, semicolons, bars or lines; each once."""
    if _MANY.search(written) is None:
        return [written] if written else []
    return list(dict.fromkeys(part for piece in _MANY.split(written) if (part := piece.strip())))


def language_of(*names: str) -> str:
    """What a name is written in: Japanese for kana and kanji, Korean for hangul, else English."""
    joined = "".join(names)
    if _KANA.search(joined) or _HAN.search(joined):
        return "ja"
    return "ko" if _HANGUL.search(joined) else "en"


def fluency(written: str, top: int) -> int | None:
    """How well a language is spoken, as résumés say it, on a scale of 5 or 6; None where the word says nothing."""
    word = fold(written)
    below = next((below for below, names in _FLUENT if any(name in word for name in names)), None)
    return None if below is None else max(1, top - below)


def split_name(written: str) -> tuple[str, str]:
    """(family, given): in Japanese and Korean the family name comes first, in English last unless a comma says so."""
    text = " ".join(unicodedata.normalize("NFKC", written).split())
    if "," in text:
        family, _comma, given = text.partition(",")
        return family.strip(), given.strip()
    first, _space, rest = text.partition(" ")
    if not rest:
        return text, ""
    if language_of(text) != "en":
        return first, rest
    given, _space, family = text.rpartition(" ")
    return family, given


def compatible(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two names (family, given) can be one person's: each part equal, missing, short, or off by a letter.

    In either order, since many lists mix them up. A name that is missing altogether contradicts nobody.
    """
    mine, theirs = _folded(one), _folded(other)
    return _alike(mine, theirs) or _alike(mine, theirs[::-1]) or "".join(mine) == "".join(theirs)


def _folded(name: tuple[str, str]) -> tuple[str, str]:
    return fold(name[0]).replace(" ", ""), fold(name[1]).replace(" ", "").rstrip(".")


def _alike(mine: tuple[str, str], theirs: tuple[str, str]) -> bool:
    return all(_same_part(a, b) for a, b in zip(mine, theirs, strict=True))


def _same_part(one: str, other: str) -> bool:
    if not one or not other or one == other:
        return True
    short, long = sorted((one, other), key=len)
    if long.startswith(short):
        return short.isascii()  # Rob is Robert, R is Robert; 森 is not 森田
    return len(short) >= 4 and _one_letter_apart(short, long)


def _one_letter_apart(short: str, long: str) -> bool:
    """One letter more, another letter, or two that changed places."""
    if len(long) - len(short) > 1:
        return False
    begin = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[begin:] == long[begin + 1 :]
    if short[begin + 1 :] == long[begin + 1 :]:
        return True
    return short[begin : begin + 2] == long[begin : begin + 2][::-1] and short[begin + 2 :] == long[begin + 2 :]
