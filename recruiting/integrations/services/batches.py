"""The work itself, batch by batch: each holds the import's row, and ends by saying where the next begins.

A killed worker rolls back its batch and leaves the place where it began; a second worker finds the row held and goes.
"""

from __future__ import annotations

import gc
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from itertools import islice
from typing import IO

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from recruiting.core.days import day_of
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.integrations.models import Import, ImportState
from recruiting.integrations.reading import tables
from recruiting.integrations.reading.arrivals import Arrival, Basis
from recruiting.integrations.reading.mapping import Mapping
from recruiting.integrations.reading.resumes import read_resume
from recruiting.integrations.reading.rows import RowReader
from recruiting.integrations.reading.stages import NOTHING
from recruiting.integrations.services.planning import Planner
from recruiting.integrations.services.ways import Ways
from recruiting.integrations.services.writing import keep_files, tell_planner, write_batch, write_keys, write_rows

BATCH = 2_000 if connection.vendor == "postgresql" else 500
RESUMES = 20
KEPT = timedelta(days=90)


def work_on(table: Import, *, seconds: float | None = None) -> Import:
    """Do batches of one import until it is over, stopped, held by another worker, or the time is up."""
    until = time.monotonic() + seconds if seconds is not None else None
    worker = Worker(table)
    with _no_searching_for_cycles():
        while worker.batch():
            if until is not None and time.monotonic() >= until:
                break
    return Import.objects.get(pk=table.pk)


@contextmanager
def _no_searching_for_cycles() -> Iterator[None]:
    """A batch makes a hundred thousand small objects without cycles: looking for some took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Worker:
    """One turn at one import. The jobs and reasons it found last the turn."""

    def __init__(self, table: Import) -> None:
        self.key, self.is_dry = table.pk, table.state == ImportState.CHECKING
        self.by, now = table.created_by, timezone.now()
        self.planner = Planner(table, day_of(now), is_dry=self.is_dry)
        self.ways = Ways(table, self.by, is_dry=self.is_dry)

    def batch(self) -> bool:
        """One batch in one transaction; False when there is nothing more to do here."""
        try:
            with transaction.atomic():
                return self._batch()
        except Refused as refused:
            give_up(self.key, refused.message)
            return False

    def _batch(self) -> bool:
        table = _held(self.key)
        state = ImportState.CHECKING if self.is_dry else ImportState.RUNNING
        if table is None or table.state != state:
            return False
        at = timezone.now()
        arrivals, contents, offset = _read(table)
        if not arrivals:
            return self._finish(table, at)
        self.ways.number(arrivals)
        planned = self.planner.plan(arrivals)
        ways = self.ways.plan(planned, self.planner.earlier_ways, at)
        if self.is_dry:
            write_keys(table, planned)
        else:
            write_batch(table, planned, ways, by=self.by, at=at)
            keep_files(planned, contents, by=self.by, at=at)
            tell_planner(arrivals[-1].number // BATCH)
        write_rows(table, planned)
        counts = Counter(table.counts)
        counts.update(str(one.result) for one in planned)
        counts.update(name for one in planned for name in one.counts)
        counts["rows"] += len(planned)
        table.counts, table.row, table.offset = dict(counts), arrivals[-1].number, offset
        table.save(update_fields=["counts", "row", "offset"])
        return True

    def _finish(self, table: Import, at: datetime) -> bool:
        if self.is_dry:
            table.keys.all().delete()
            table.state, table.checked_at = ImportState.CHECKED, at
            known = table.values.get("reason", [])
            table.values["reason"] = list(dict.fromkeys([*known, *self.ways.unknown]))[:300]
        else:
            table.state, table.finished_at = ImportState.DONE, at
            record("import.done", table, by=self.by, at=at, to_state=ImportState.DONE, data=table.counts)
        table.offset = table.size
        table.save(update_fields=["state", "checked_at", "finished_at", "values", "offset"])
        return False


def give_up(key: int, why: str) -> None:
    """The batch was undone; the import stands where that one began, and says why. A check is a draft again."""
    Import.objects.filter(pk=key, state=ImportState.CHECKING).update(state=ImportState.DRAFT, failure=why)
    Import.objects.filter(pk=key, state=ImportState.RUNNING).update(state=ImportState.STOPPED, failure=why)


def _held(key: int) -> Import | None:
    """The import, held for this transaction; None while another worker holds it."""
    rows = Import.objects.select_related("created_by").filter(pk=key)
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(skip_locked=True, of=("self",))
    return rows.first()


def _read(table: Import) -> tuple[Sequence[Arrival], dict[int, tuple[str, bytes]], int]:
    """The next arrivals, the files they came in (résumés), and where the batch after them begins."""
    if not table.is_table:
        return _read_resumes(table)
    stored = table.files.get()
    with stored.file.open("rb") as plain:
        return _read_table(table, plain)


def _read_table(table: Import, plain: IO[bytes]) -> tuple[Sequence[Arrival], dict[int, tuple[str, bytes]], int]:
    begins = table.offset or tables.header(plain, table.delimiter)[1]
    mapping = Mapping.from_json(table.mapping)
    reader = RowReader(table.columns, mapping, basis=basis_of(table), country=settings.COUNTRY)
    rows = list(islice(tables.rows(plain, table.delimiter, at=begins, number=table.row), BATCH))
    return [reader.read(row.number, row.cells) for row in rows], {}, rows[-1].ends if rows else begins


def _read_resumes(table: Import) -> tuple[Sequence[Arrival], dict[int, tuple[str, bytes]], int]:
    basis, arrivals, contents = basis_of(table), [], {}
    files = table.files.order_by("pk")[table.row : table.row + RESUMES]
    for number, stored in enumerate(files, start=table.row + 1):
        with stored.file.open("rb") as file:
            content = file.read()
        contents[number] = (stored.name, content)
        arrivals.append(read_resume(content, number=number, name=stored.name, basis=basis, country=settings.COUNTRY))
    return arrivals, contents, table.row + len(arrivals)


def basis_of(table: Import) -> Basis | None:
    """The answer given for the whole file; None is nothing."""
    kind = table.basis.get("kind", NOTHING)
    if kind == NOTHING:
        return None
    since = table.basis.get("since")
    return Basis(kind, date.fromisoformat(since) if since else None, months=table.basis.get("months"))


def forget_old_files(*, at: datetime, limit: int = 20) -> int:
    """Raw files and row reports go ninety days after an import ended; its counts stay."""
    old = Import.objects.filter(finished_at__lt=at - KEPT, files__isnull=False).distinct()[:limit]
    for table in old:
        for stored in table.files.all():
            stored.file.delete(save=False)
        table.files.all().delete()
        table.rows.all().delete()
    return len(old)
