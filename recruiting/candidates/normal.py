"""How names and addresses are written so that equal ones are equal. Pure.

Folding: width, case, the choice of kana, accents on Latin letters and old forms of name kanji do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import urlsplit

import phonenumbers

_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}
_OLD_FORMS = str.maketrans("髙﨑邊邉齋齊澤濱濵廣國嶋嶌櫻德𠮷眞惠龍", "高崎辺辺斎斉沢浜浜広国島島桜徳吉真恵竜")
_LATIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"})
_SPACE = re.compile(r"\s+")
_NOT_DIGITS = re.compile(r"\D")
_NUMBER = re.compile(r"\+?[\d()\-]{4,}")
# The usual shapes, told at once: an import reads a hundred thousand of each. What fits neither is looked at properly.
_MOBILE_JP = re.compile(r"0([789]0)-?(\d{4})-?(\d{4})")
_MOBILE_JP_NORMAL = re.compile(r"\+81([789]0\d{8})")
_PLAIN_EMAIL = re.compile(
    r"[a-z0-9]+(?:[._%+-][a-z0-9]+)*@(?:[a-z0-9]{1,31}(?:-[a-z0-9]{1,31})?\.){1,4}[a-z]{2,24}", re.ASCII
)


def fold(text: str) -> str:
    """The form that search compares: "Çetin" is cetin, 「やまだ」 is ヤマダ, 「髙橋」 is 高橋; spaces become one."""
    if text.isascii() and text.isprintable():
        return " ".join(text.casefold().split())
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_FOLDED)
    return " ".join(plain.split())


def _without_accent(char: str) -> str:
    """A Latin letter without its accent; nothing for a combining mark left alone or a control; else as it is."""
    if char.isascii():
        return char if char.isprintable() or char.isspace() else ""
    if "\u0300" <= char <= "\u036f" or unicodedata.category(char) in {"Cc", "Cf"}:
        return ""
    base = unicodedata.normalize("NFD", char)[0]
    return base if base.isascii() else char


class _Folded(dict[int, str]):
    """Each character as search compares it, worked out when it first comes."""

    def __missing__(self, code: int) -> str:
        char = chr(code).translate(_HIRAGANA_TO_KATAKANA).translate(_OLD_FORMS)
        self[code] = _without_accent(char).translate(_LATIN)
        return self[code]


_FOLDED = _Folded()


def search_text(*, family: str, given: str, kana: tuple[str, str], others: Iterable[str]) -> str:
    """What search looks in: words, each after a space, so that a short word finds the beginning of one.

    Both names also stand joined, in both orders: 山田太郎 and 太郎山田 are found as written.
    """
    names = [fold(part) for part in (family, given)]
    readings = [fold(part) for part in kana]
    joined = ["".join(pair) for both in (names, readings) if all(both) for pair in (both, both[::-1])]
    parts = [*names, *readings, *joined, *(fold(other) for other in others)]
    return "".join(f" {part}" for part in dict.fromkeys(parts) if part)


def words(text: str) -> list[str]:
    """The words somebody typed into the search field, folded; every one must be found."""
    parts = fold(text).split()
    return list(dict.fromkeys(_NOT_DIGITS.sub("", part) if _NUMBER.fullmatch(part) else part for part in parts))


def normal_email(value: str) -> str:
    return unicodedata.normalize("NFKC", value).strip().casefold()


def is_plain_email(normal: str) -> bool:
    """Certainly an address; what is not plain may still be one (validate_email looks closer)."""
    return len(normal) <= 254 and normal.find("@") <= 64 and _PLAIN_EMAIL.fullmatch(normal) is not None


def normal_phone(value: str, country: str) -> str:
    """The number as +81…, read in the country given; "" where it cannot be a number at all."""
    if country == "JP" and (mobile := _MOBILE_JP.fullmatch(value)):
        return f"+81{''.join(mobile.groups())}"
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", value), country or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def searched_phone(normal: str) -> str:
    """The digits of +81… as people dial them, abroad and at home: 819012345678 09012345678."""
    if mobile := _MOBILE_JP_NORMAL.fullmatch(normal):
        return f"81{mobile[1]} 0{mobile[1]}"
    home = phonenumbers.format_number(phonenumbers.parse(normal), phonenumbers.PhoneNumberFormat.NATIONAL)
    return f"{normal.removeprefix('+')} {_NOT_DIGITS.sub('', home)}"


def normal_account(value: str) -> str:
    """An account's name, or its address without scheme, www, query and closing slash."""
    text = unicodedata.normalize("NFKC", value).strip()
    if "://" in text:
        parts = urlsplit(text)
        text = f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"
    return text.casefold()


def web_address(value: str) -> str:
    """The address when it is one of the web's (http, https), with https where no scheme is written; else ""."""
    text = value.strip()
    if "://" not in text and "." in text.split("/")[0] and ":" not in text.split("/")[0]:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    is_web = parts.scheme in {"http", "https"} and "." in parts.netloc and _SPACE.search(text) is None
    return text if is_web else ""
