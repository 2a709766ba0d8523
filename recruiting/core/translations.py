"""Collecting and compiling the words of the house in pure Python: no GNU gettext is needed on the machine."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOMS = ("recruiting", "funnel", "recycling", "templates")
# Django's lazy and "noop" spellings of the same calls.
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# A module may give a call a name of its own; what it says under that name is said all the same.
RENAMED = re.compile(r"\b([a-z]*gettext(?:_lazy|_noop)?) as (\w+)")


class Word(NamedTuple):
    """One message as a translator meets it: `plural` and `context` are empty where there is none."""

    text: str
    plural: str
    context: str


def words_in(source: str) -> Iterator[tuple[int, Word]]:
    """Every message in Python source, with its line."""
    calls = KEYWORDS | {name: KEYWORDS[call] for call, name in RENAMED.findall(source)}
    for line, found, _comments, context in extract("python", io.BytesIO(source.encode()), calls):
        text, plural = (found[0], found[1]) if isinstance(found, tuple) else (found, "")
        if text:
            yield line, Word(str(text), str(plural), context or "")


def collect(root: Path) -> dict[Word, list[str]]:
    """Every message of the packages and the templates, with the places it stands in."""
    places: dict[Word, list[str]] = {}
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts or not path.is_file():
                continue
            source = path.read_text()
            name = path.relative_to(root).as_posix()
            if path.suffix != ".py":  # indentation means something to the extractor, and nothing in a template
                source = "\n".join(line.lstrip() for line in templatize(source, origin=name).split("\n"))
            for line, word in words_in(source):
                places.setdefault(word, []).append(f"{name}:{line}")
    return places


def catalogues() -> list[Path]:
    return sorted(po for folder in settings.LOCALE_PATHS for po in Path(folder).glob("*/LC_MESSAGES/django.po"))


def compile_catalogue(po: Path) -> bool:
    """Write the .mo beside a .po when it is older or missing; True when written. Fuzzy words are left out."""
    mo = po.with_suffix(".mo")
    if mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime:
        return False
    with po.open("rb") as file:
        catalogue = read_po(file)
    half = mo.with_suffix(f".{os.getpid()}")
    with half.open("wb") as file:
        write_mo(file, catalogue)
    half.replace(mo)  # readers see the old file or the new one, never half of one
    return True
