"""What somebody answers before an import runs: how columns and words are read, and what future use rests on."""

from __future__ import annotations

from collections.abc import Mapping as Given
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates.normal import fold
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recruiting.integrations.models import Import, ImportState, ReasonMapping, SavedMapping
from recruiting.integrations.reading import mapping as mappings
from recruiting.integrations.reading.mapping import Mapping
from recruiting.integrations.reading.stages import AGREED, ANNOUNCED, NOTHING
from recruiting.integrations.services.values import gather_values
from recycling.models import ExitReason

OPEN_STATES = (ImportState.DRAFT, ImportState.CHECKED)
LONGEST_MONTHS = 120


@transaction.atomic
def set_mapping(*, table: Import, mapping: Mapping, system: str, by: User | None, at: datetime) -> Import:
    """Read the columns like this, and remember it for the next file with these headers."""
    _check_open(table)
    if not system.strip():
        raise Refused(_("Name the system this comes from: its numbers are only unique there."), "system")
    mappings.check(mapping, table.columns)
    table.mapping, table.system = mapping.as_json(), system.strip()[:60]
    table.values = gather_values(table)
    table.state, table.checked_at = ImportState.DRAFT, None
    table.save(update_fields=["mapping", "system", "values", "state", "checked_at"])
    SavedMapping.objects.update_or_create(
        fingerprint=mappings.fingerprint(table.columns),
        defaults={"system": table.system, "mapping": table.mapping, "used_at": at},
    )
    record("import.mapped", table, by=by, at=at, data={"system": table.system})
    return table


@transaction.atomic
def set_basis(
    *, table: Import, kind: str, since: date | None = None, months: int | None = None, by: User | None, at: datetime
) -> Import:
    """What future use of the people in this file rests on; a column that says it row by row goes before."""
    _check_open(table)
    if kind not in (ANNOUNCED, AGREED, NOTHING):
        raise Refused(_("Say what future use rests on: announced, agreed, or nothing."), "basis")
    if months is not None and not 1 <= months <= LONGEST_MONTHS:
        raise Refused(_("A basis lasts between 1 and %(most)s months.") % {"most": LONGEST_MONTHS}, "basis_months")
    if kind != NOTHING and since is None and "sourcing_on" not in Mapping.from_json(table.mapping).targets():
        raise Refused(_("Say since when: no column says when they came."), "basis_since")
    if since is not None and since > at.date():
        raise Refused(_("The basis cannot begin in days to come."), "basis_since")
    table.basis = {"kind": kind, "since": since.isoformat() if since else None, "months": months}
    table.state, table.checked_at = ImportState.DRAFT, None
    table.save(update_fields=["basis", "state", "checked_at"])
    return table


@transaction.atomic
def set_reasons(*, reasons: Given[str, ExitReason], by: User | None, at: datetime) -> int:
    """Remember what these foreign names of reasons mean, for every import to come. Returns how many changed."""
    known = {mapping.normal: mapping for mapping in ReasonMapping.objects.filter(normal__in=map(fold, reasons))}
    changed = 0
    for name, reason in reasons.items():
        mapping = known.get(fold(name)[:200]) or ReasonMapping(normal=fold(name)[:200], name=name[:200])
        if mapping.pk and mapping.reason_id == reason.pk:
            continue
        mapping.reason, mapping.is_ours = reason, True
        mapping.save()
        record("import.reason_mapped", mapping, by=by, at=at, data={"name": mapping.name, "reason": reason.key})
        changed += 1
    return changed


def _check_open(table: Import) -> None:
    if table.state not in OPEN_STATES:
        raise Refused(_("This import is %(state)s and no longer changes.") % {"state": table.get_state_display()})
