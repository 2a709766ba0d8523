"""Imports in every state, reached through the services; and the folder of foreign data, where there is one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from recruiting.accounts.models import User
from recruiting.integrations import services
from recruiting.integrations.models import Import, ImportRow
from recruiting.integrations.reading.mapping import Mapping
from recruiting.integrations.reading.notes import sentences
from tests.builders import MONDAY

SHARED = Path(os.environ.get("KANRYU_SHARED_DATA", Path(__file__).parents[2] / "shared" / "data"))


def shared(name: str) -> Path:
    """A file or folder of the data that nobody here wrote; the test is skipped where the folder is not there."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{name} is not there (KANRYU_SHARED_DATA)")
    return path


def a_table(
    text: str | bytes, *, name: str = "people.csv", system: str = "elsewhere", by: User | None = None
) -> Import:
    content = text.encode() if isinstance(text, str) else text
    file = ContentFile(content, name=name)
    return services.start_import(source="csv", files=[file], system=system, by=by, at=MONDAY)


def mapped(table: Import, stages: dict[str, str] | None = None, **columns: str) -> Import:
    """The guess, with these columns read otherwise."""
    mapping = Mapping.from_json(table.mapping)
    mapping = Mapping(mapping.columns | columns, stages or {}, mapping.date_order)
    return services.set_mapping(table=table, mapping=mapping, system=table.system, by=None, at=MONDAY)


def based(table: Import, kind: str = "agreed", since: date | None = date(2026, 10, 1), **more: Any) -> Import:
    return services.set_basis(table=table, kind=kind, since=since, by=None, at=MONDAY, **more)


def brought_in(text: str | bytes, *, kind: str = "agreed", at: datetime = MONDAY, **more: Any) -> Import:
    """A table that has been imported whole."""
    table = based(a_table(text, **more), kind)
    return services.work_on(services.run_import(table=table, by=None, at=at))


def checked(text: str | bytes, *, kind: str = "agreed", **more: Any) -> Import:
    table = based(a_table(text, **more), kind)
    return services.work_on(services.check_import(table=table, by=None, at=MONDAY))


def resumes(files: Sequence[tuple[str, bytes]], *, kind: str = "agreed") -> Import:
    given = [ContentFile(content, name=name) for name, content in files]
    table = services.start_import(source="json-resume", files=given, by=None, at=MONDAY)
    return services.work_on(services.run_import(table=based(table, kind), by=None, at=MONDAY))


def results(table: Import) -> list[str]:
    return list(ImportRow.objects.filter(of=table).order_by("number").values_list("result", flat=True))


def said(table: Import, number: int) -> str:
    return " ".join(sentences(ImportRow.objects.get(of=table, number=number).notes, {}))
