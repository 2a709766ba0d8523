from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.management import call_command

from recruiting.core.translations import compile_catalogue


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> Path:
    settings.BASE_DIR = tmp_path
    settings.LOCALE_PATHS = [tmp_path / "recruiting" / "locale"]
    page = tmp_path / "templates" / "page.html"
    page.parent.mkdir()
    page.write_text(
        '{% translate "Rest" %}{% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}'
    )
    return tmp_path


def catalogue(house: Path) -> Path:
    return house / "recruiting" / "locale" / "ja" / "LC_MESSAGES" / "django.po"


def test_collecting_keeps_translations_adds_words_and_drops_what_is_unsaid(house: Path) -> None:
    call_command("collect_words", stdout=io.StringIO())
    first = polib.pofile(str(catalogue(house)))
    first.find("Rest").msgstr = "休止"
    first.find("%(n)s day").msgstr_plural = {0: "%(n)s日"}
    first.save()
    (house / "templates" / "other.html").write_text('{% translate "Return" %}')

    call_command("collect_words", stdout=io.StringIO())
    second = polib.pofile(str(catalogue(house)))

    assert [(entry.msgid, entry.msgstr) for entry in second if not entry.msgid_plural] == [
        ("Rest", "休止"),
        ("Return", ""),
    ]
    assert second.find("%(n)s day").msgstr_plural == {0: "%(n)s日"}

    (house / "templates" / "page.html").unlink()
    call_command("collect_words", stdout=io.StringIO())
    assert [entry.msgid for entry in polib.pofile(str(catalogue(house)))] == ["Return"]


def test_collecting_twice_writes_the_same_bytes(house: Path) -> None:
    call_command("collect_words", stdout=io.StringIO())
    before = catalogue(house).read_bytes()
    call_command("collect_words", stdout=io.StringIO())

    assert catalogue(house).read_bytes() == before


def test_only_what_changed_is_compiled(house: Path) -> None:
    call_command("collect_words", stdout=io.StringIO())
    po = catalogue(house)

    assert compile_catalogue(po) is True
    assert compile_catalogue(po) is False
    os.utime(po.with_suffix(".mo"), (0, 0))
    assert compile_catalogue(po) is True
