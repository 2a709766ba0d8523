"""Bringing people in: start, map, check, run, stop, go on."""

from __future__ import annotations

from recruiting.integrations.services.answers import set_basis, set_mapping, set_reasons
from recruiting.integrations.services.batches import forget_old_files, give_up, work_on
from recruiting.integrations.services.seeding import seed_reason_names
from recruiting.integrations.services.states import check_import, run_import, stop_import
from recruiting.integrations.services.uploads import start_import

__all__ = [
    "check_import",
    "forget_old_files",
    "give_up",
    "run_import",
    "seed_reason_names",
    "set_basis",
    "set_mapping",
    "set_reasons",
    "start_import",
    "stop_import",
    "work_on",
]
