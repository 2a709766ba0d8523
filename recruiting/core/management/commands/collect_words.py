"""`manage.py collect_words`: bring recruiting/locale up to what the code and the templates say today."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand

from recruiting.core.translations import Word, catalogues, collect

# Written by hand so that collecting twice writes the same bytes: Babel would put the hour into it.
HEADER = """# The words of Kanryu. Written by `manage.py collect_words`; translations are filled in by hand.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


class Command(BaseCommand):
    help = "Collect the words to translate; keep what is translated, drop what is no longer said."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = collect(settings.BASE_DIR)
        first = Path(settings.LOCALE_PATHS[0]) / "ja" / "LC_MESSAGES" / "django.po"
        for po in catalogues() or [first]:
            language = po.parent.parent.name
            catalogue, untranslated = renewed(_read(po, language), found, language)
            po.parent.mkdir(parents=True, exist_ok=True)
            with po.open("wb") as file:
                header = HEADER.format(language=language, plural_forms=catalogue.plural_forms)
                file.write(header.encode())
                write_po(file, catalogue, width=120, include_lineno=False, omit_header=True)
            self.stdout.write(f"{po.relative_to(settings.BASE_DIR)}: {len(found)} words, {untranslated} untranslated.")


def _read(po: Path, language: str) -> Catalog:
    if not po.exists():
        return Catalog(locale=language)
    with po.open("rb") as file:
        return read_po(file, locale=language)


def renewed(old: Catalog, found: dict[Word, list[str]], language: str) -> tuple[Catalog, int]:
    """What is said today with the translations that are known, and how many are not. A fuzzy one is not known."""
    new, untranslated = Catalog(locale=language), 0
    for word, places in sorted(found.items()):
        known = old.get(word.text, context=word.context or None)
        told = _told(known.string) if known is not None and not known.fuzzy else ()
        files = sorted({place.rpartition(":")[0] for place in places})
        new.add(
            (word.text, word.plural) if word.plural else word.text,
            (told if word.plural else told[0]) if told else None,
            locations=[(name, 0) for name in files],
            context=word.context or None,
        )
        untranslated += not told
    return new, untranslated


def _told(string: str | Iterable[str] | None) -> tuple[str, ...]:
    """A translation's forms, one or several; none at all unless every form is there."""
    forms = (string,) if isinstance(string, str) else tuple(string or ())
    return forms if all(forms) else ()
