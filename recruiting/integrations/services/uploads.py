"""A file comes in: it is made plain, its columns are named and guessed. Nothing of it becomes a person yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import PurePath
from tempfile import TemporaryFile
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.integrations.models import Import, ImportFile, ImportSource, SavedMapping
from recruiting.integrations.reading import mapping as mappings
from recruiting.integrations.reading import tables
from recruiting.integrations.reading.decoding import encoding_of, plain_text
from recruiting.integrations.reading.mapping import Mapping
from recruiting.integrations.services.values import values_of

MOST_RESUMES = 500
SAMPLED = 500  # rows looked at for samples and guesses
SHOWN = 3


@transaction.atomic
def start_import(*, source: str, files: Sequence[File[Any]], system: str = "", by: User | None, at: datetime) -> Import:
    """Take in one table, or several résumés. The guess (or what was remembered for these headers) is filled in."""
    if not files:
        raise Refused(_("Choose a file."), "invalid")
    if source == ImportSource.CSV and len(files) > 1:
        raise Refused(_("A table is brought in alone: choose one file."), "invalid")
    if len(files) > MOST_RESUMES:
        raise Refused(_("At most %(most)s résumés are taken at once.") % {"most": MOST_RESUMES}, "invalid")
    for file in files:
        _check_size(file)
    names = [PurePath(file.name or _("File")).name[:200] for file in files]
    shown = names[0] if len(names) == 1 else _("%(first)s and others") % {"first": names[0]}
    new = Import(source=source, name=shown[:200], created_at=at, created_by=by)
    if source == ImportSource.CSV:
        _take_table(new, files[0], names[0], system, at)
    else:
        _take_resumes(new, files, names, system)
    data = {"name": new.name, "source": source, "files": len(files)}
    record("import.started", new, by=by, at=at, to_state=new.state, data=data)
    return new


def _check_size(file: File[Any]) -> None:
    if file.size > settings.IMPORT_MAX_BYTES:
        terms = {"name": file.name, "limit": settings.IMPORT_MAX_BYTES // 1_000_000}
        raise Refused(_("%(name)s is larger than %(limit)s MB. Divide it into several files.") % terms, "invalid")
    if not file.size:
        raise Refused(_("%(name)s is empty.") % {"name": file.name}, "invalid")


def _take_table(new: Import, file: File[Any], name: str, system: str, at: datetime) -> None:
    content: IO[bytes] = file.file or file
    if content.seek(0) == 0 and _is_packed(content.read(8)):
        raise Refused(_("%(name)s is a workbook or an archive. Save it as CSV, then bring that in.") % {"name": name})
    new.encoding = encoding_of(content)
    with TemporaryFile() as plain:
        for piece in plain_text(content, new.encoding):
            plain.write(piece)
        new.size = plain.tell()
        plain.seek(0)
        new.delimiter = tables.delimiter_of(plain.read(100_000).decode("utf-8", "replace"))
        new.columns, begins = tables.header(plain, new.delimiter)
        new.samples = _samples(plain, new, begins)
        _guess(new, PurePath(name).stem, system, at)
        new.values = values_of(plain, new, begins)
        new.save()
        ImportFile(of=new, name=name).file.save(name, File(plain))


def _is_packed(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b"))


def _take_resumes(new: Import, files: Sequence[File[Any]], names: Sequence[str], system: str) -> None:
    new.system = system[:60] or str(ImportSource.JSON_RESUME)
    new.size = len(files)
    new.save()
    for file, name in zip(files, names, strict=True):
        file.seek(0)
        ImportFile(of=new, name=name).file.save(name, file)


def _samples(plain: IO[bytes], new: Import, begins: int) -> dict[str, list[str]]:
    """A few different values of each column, cut short: enough to see what it holds."""
    found: dict[str, dict[str, None]] = {column: {} for column in new.columns}
    for row in tables.rows(plain, new.delimiter, at=begins, number=0):
        for column, cell in zip(new.columns, row.cells, strict=False):
            if cell and len(found[column]) < SAMPLED // 10:
                found[column][cell[:60]] = None
        if row.number >= SAMPLED:
            break
    return {column: list(values) for column, values in found.items()}


def _guess(new: Import, stem: str, system: str, at: datetime) -> None:
    """What was used for these headers the last time; else the guess from their names and values."""
    saved = SavedMapping.objects.filter(fingerprint=mappings.fingerprint(new.columns)).first()
    guess = mappings.guessed(new.columns, new.samples)
    if saved is not None:
        known = Mapping.from_json(saved.mapping)
        columns = {column: known.columns.get(column, target) for column, target in guess.columns.items()}
        guess = Mapping(columns, known.stages, known.date_order or guess.date_order)
    new.mapping = guess.as_json()
    new.system = system[:60] or (saved.system if saved else stem[:60])
    new.samples = {column: values[:SHOWN] for column, values in new.samples.items()}
