"""The life of an import: draft → being checked → checked → running → done, or stopped and going on again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.integrations.models import AT_WORK, Import, ImportState
from recruiting.integrations.reading import mapping as mappings
from recruiting.integrations.reading.mapping import Mapping


@transaction.atomic
def check_import(*, table: Import, by: User | None, at: datetime) -> Import:
    """Ask for the dry run: each row with what would happen. It begins anew however often it is asked for."""
    _check_answers(table)
    begins: dict[str, Any] = {"row": 0, "offset": 0, "counts": {}, "failure": "", "started_at": at}
    table = _move(table, (ImportState.DRAFT, ImportState.CHECKED), ImportState.CHECKING, **begins)
    table.rows.all().delete()
    table.keys.all().delete()
    record("import.check_asked", table, by=by, at=at, to_state=table.state)
    return table


@transaction.atomic
def run_import(*, table: Import, by: User | None, at: datetime) -> Import:
    """Ask for the import itself, from the first row, or from where it was stopped."""
    _check_answers(table)
    if table.state == ImportState.STOPPED:
        table = _move(table, (ImportState.STOPPED,), ImportState.RUNNING, failure="")
    else:
        begins: dict[str, Any] = {"row": 0, "offset": 0, "counts": {}, "failure": "", "started_at": at}
        table = _move(table, (ImportState.DRAFT, ImportState.CHECKED), ImportState.RUNNING, **begins)
    record("import.run_asked", table, by=by, at=at, to_state=table.state, data={"from": table.row})
    return table


@transaction.atomic
def stop_import(*, table: Import, by: User | None, at: datetime) -> Import:
    """No further batch. What is in stays in; a check that is stopped is a draft again."""
    now = Import.objects.select_for_update().get(pk=table.pk)
    to = ImportState.DRAFT if now.state == ImportState.CHECKING else ImportState.STOPPED
    table = _move(now, AT_WORK, to)
    record("import.stopped", table, by=by, at=at, to_state=to, data={"row": table.row})
    return table


def _check_answers(table: Import) -> None:
    if table.is_table:
        mappings.check(Mapping.from_json(table.mapping), table.columns)
    if not table.basis:
        raise Refused(_("Say first what future use of these people rests on."), "basis")


def _move(table: Import, come_from: tuple[str, ...], to: str, **columns: Any) -> Import:
    """One conditional UPDATE: whoever comes second is told."""
    if not Import.objects.filter(pk=table.pk, state__in=come_from).update(state=to, **columns):
        now = Import.objects.get(pk=table.pk)
        raise Refused(_("This import is %(state)s already.") % {"state": now.get_state_display()}, "moved")
    return Import.objects.get(pk=table.pk)
