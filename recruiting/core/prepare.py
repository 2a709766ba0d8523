"""Bringing an install up to the code that lies here; the embedded one remembers that it was done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.utils.translation import override

from recruiting.core.translations import ROOMS


def fingerprint(root: Path) -> str:
    """Changes with every line of code or translation: whatever they prepare has to be prepared again."""
    print_ = hashlib.sha256(str(settings.DATABASES["default"]["NAME"]).encode())
    for room in ROOMS:
        for path in sorted((root / room).rglob("*")):
            if path.suffix in {".py", ".po", ".csv", ".json"}:
                print_.update(path.read_bytes())
    return print_.hexdigest()[:16]


def prepare_tables() -> None:
    """Tables, the cache's own where it is one, words, and reference data. It only adds: run it before every start."""
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("compile_words", verbosity=0)
    with override(settings.LANGUAGE_CODE):
        call_command("seed", verbosity=1)


def prepare_house(say: Callable[[str], None]) -> None:
    """The tables, and a sample company where nobody is yet. Done once per fingerprint."""
    stamp = settings.DATA_DIR / f"prepared-{fingerprint(settings.BASE_DIR)}"
    database = Path(settings.DATABASES["default"]["NAME"])
    if stamp.exists() and (settings.DATABASE_URL or database.exists()):
        return
    say("Preparing the database.")
    prepare_tables()
    with override(settings.LANGUAGE_CODE):
        if "make_sample_company" in get_commands():
            call_command("make_sample_company", verbosity=1)
    for old in settings.DATA_DIR.glob("prepared-*"):
        old.unlink()
    stamp.touch()
