"""The normal form of a skill's name: two spellings of one skill are equal, two skills never are.

`+`, `#` and a leading dot belong to a name (C, C++, C#, .NET). Width, case, spaces, hyphens, inner dots, accents on
Latin letters and the choice of kana do not. A long-vowel mark at the end of a katakana word is a habit, no difference
(サーバー, サーバ), as long as three characters remain before it (ルビー is not ルビ).
"""

from __future__ import annotations

import re
import unicodedata

_MARKS = dict.fromkeys(map(ord, "™®©"))  # before NFKC, which would spell them out
_SEPARATORS = re.compile(r"[\s\-_/・･·•●■◆○◇*'’`\"“”‐‑‒–—―−]+")
_INNER_DOTS = re.compile(r"(?<!^)\.|\.(?!\w)")
_LONG_VOWEL = re.compile(r"(?<=[ァ-ヺー]{3})ー+(?![ァ-ヺー])")
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_V_SOUNDS = re.compile("ヴ[ァィェォ]?")
_B_SOUNDS = {"ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴ": "ブ"}
_SHARP = str.maketrans("♯", "#")


def normal_form(text: str) -> str:
    """What is stored and compared; empty where nothing is left of the text."""
    folded = unicodedata.normalize("NFKC", text.translate(_MARKS)).casefold().translate(_SHARP)
    plain = "".join(_plain(char) for char in folded)
    joined = _INNER_DOTS.sub("", _SEPARATORS.sub("", plain))
    kana = _V_SOUNDS.sub(lambda found: _B_SOUNDS[found[0]], joined.translate(_HIRAGANA_TO_KATAKANA))
    return _LONG_VOWEL.sub("", kana)


def _plain(char: str) -> str:
    """A Latin letter without its accent; nothing for control and format characters; anything else as it is."""
    if char.isascii():
        return char if char.isprintable() or char.isspace() else ""
    kind = unicodedata.category(char)
    if kind in {"Cc", "Cf"} or char == "\u0307":  # the dot that casefolding leaves behind İ
        return ""
    first = unicodedata.decomposition(char).split(" ")[0]
    if kind == "Ll" and first and not first.startswith("<"):
        base = unicodedata.normalize("NFD", char)[0]
        return base if base.isascii() else char
    return char
