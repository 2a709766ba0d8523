"""The way out, and back in: nobody leaves the funnel without a reason, and this is the only door."""

from __future__ import annotations

from recycling.leaving.exits import did_not_start, exit_application, exit_many
from recycling.leaving.filing import Gap, Term, Touchpoint, add_conditions, channel_of, file_entry
from recycling.leaving.meetings import record_departure, rest_as_met
from recycling.leaving.moving import move_to_another_job
from recycling.leaving.orders import Basis, ExitOrder, Failed, Shown
from recycling.leaving.seeding import seed_reasons
from recycling.leaving.together import exit_together
from recycling.leaving.undoing import nothing_to_tell, record_told, stays_ended, undo_exit, why_not_undone

__all__ = [
    "Basis",
    "ExitOrder",
    "Failed",
    "Gap",
    "Shown",
    "Term",
    "Touchpoint",
    "add_conditions",
    "channel_of",
    "did_not_start",
    "exit_application",
    "exit_many",
    "exit_together",
    "file_entry",
    "move_to_another_job",
    "nothing_to_tell",
    "record_departure",
    "record_told",
    "rest_as_met",
    "seed_reasons",
    "stays_ended",
    "undo_exit",
    "why_not_undone",
]
