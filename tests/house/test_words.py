"""English and Japanese are both complete: nothing said is untranslated, nothing translated is no longer said."""

from __future__ import annotations

import string
from pathlib import Path

import polib
import pytest
from django.utils.translation import gettext, override

from recruiting.core.translations import Word, collect, words_in

ROOT = Path(__file__).resolve().parents[2]
JAPANESE = ROOT / "recruiting" / "locale" / "ja" / "LC_MESSAGES" / "django.po"


def gaps(said: set[Word], catalogue: polib.POFile) -> list[str]:
    """What is said and has no translation, is unsure, or stands in the catalogue and is said nowhere."""
    # A word said alone and with a plural is one entry for gettext.
    wanted = {(word.text, word.context) for word in said}
    known = {(entry.msgid, entry.msgctxt or ""): entry for entry in catalogue if not entry.obsolete}
    missing = [f"not collected: {text}" for text, context in wanted - set(known)]
    unsaid = [f"said nowhere: {text}" for text, context in set(known) - wanted]
    untold = [f"untranslated: {entry.msgid}" for entry in known.values() if not entry.translated()]
    return sorted(missing + unsaid + untold)


def placeholders(text: str) -> set[str]:
    """The %(names)s and {names} of a text, which its translation has to keep."""
    import re

    named = set(re.findall(r"%\((\w+)\)", text))
    return named | {name for _text, name, _spec, _conv in _fields(text) if name}


def _fields(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    try:
        return list(string.Formatter().parse(text))
    except ValueError:
        return []


def test_japanese_is_complete() -> None:
    assert gaps(set(collect(ROOT)), polib.pofile(str(JAPANESE))) == []


def test_a_translation_keeps_its_placeholders() -> None:
    wrong = [
        entry.msgid
        for entry in polib.pofile(str(JAPANESE))
        for told in ([entry.msgstr] if not entry.msgid_plural else entry.msgstr_plural.values())
        if told and placeholders(told) - placeholders(entry.msgid) - placeholders(entry.msgid_plural or "")
    ]

    assert wrong == []


def test_a_planted_gap_is_seen() -> None:
    catalogue = polib.POFile()
    catalogue.append(polib.POEntry(msgid="Rest", msgstr="休止"))
    catalogue.append(polib.POEntry(msgid="Exit", msgstr=""))
    catalogue.append(polib.POEntry(msgid="Gone", msgstr="なし"))

    found = gaps({Word("Rest", "", ""), Word("Exit", "", ""), Word("Return", "", "")}, catalogue)

    assert found == ["not collected: Return", "said nowhere: Gone", "untranslated: Exit"]


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ('_("Rest")', Word("Rest", "", "")),
        ('gettext_lazy("Rest")', Word("Rest", "", "")),
        ('ngettext("%(n)s person", "%(n)s people", n)', Word("%(n)s person", "%(n)s people", "")),
        ('pgettext("verb", "Rest")', Word("Rest", "", "verb")),
        ('npgettext("verb", "rest", "rests", n)', Word("rest", "rests", "verb")),
        ('_("one " "sentence")', Word("one sentence", "", "")),
        ('from django.utils.translation import gettext as _now\n_now("Rest")', Word("Rest", "", "")),
        ('from django.utils.translation import pgettext_lazy as _p\n_p("verb", "Rest")', Word("Rest", "", "verb")),
    ],
)
def test_python_is_read_for_words(source: str, word: Word) -> None:
    assert [found for _line, found in words_in(source)] == [word]


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ('{% translate "Rest" %}', Word("Rest", "", "")),
        ('{% translate "Rest" context "verb" %}', Word("Rest", "", "verb")),
        ('{% include "_x.html" with said=_("Rest") %}', Word("Rest", "", "")),
        ("{% blocktranslate %}{{ name }} rests{% endblocktranslate %}", Word("%(name)s rests", "", "")),
        (
            "{% blocktranslate trimmed %}\n  {{ name }}\n  rests\n{% endblocktranslate %}",
            Word("%(name)s rests", "", ""),
        ),
        (
            "{% blocktranslate count n=n %}one{% plural %}many{% endblocktranslate %}",
            Word("one", "many", ""),
        ),
        ('  <p>{% translate "Rest" %}</p>\n<i>', Word("Rest", "", "")),
    ],
)
def test_templates_are_read_for_words(source: str, word: Word, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(source)

    assert set(collect(tmp_path)) == {word}


def test_the_compiled_words_are_spoken() -> None:
    first = next(entry for entry in polib.pofile(str(JAPANESE)) if entry.msgstr and not entry.msgctxt)

    with override("ja"):
        assert gettext(first.msgid) == first.msgstr
