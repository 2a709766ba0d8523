"""What one can do with a job. Whoever calls from above also moves its people: see funnel.jobs and recycling.jobs."""

from __future__ import annotations

from recruiting.jobs.services.approval import add_opening, approve_job, approve_opening, ask_approval, withdraw_opening
from recruiting.jobs.services.attributes import (
    add_attribute,
    change_attribute,
    place_attribute,
    restore_attribute,
    retire_attribute,
)
from recruiting.jobs.services.drafts import draft_job, edit_job, import_job
from recruiting.jobs.services.gates import (
    add_criterion,
    change_criterion,
    change_gate,
    place_criterion,
    restore_criterion,
    retire_criterion,
)
from recruiting.jobs.services.openings import fill_opening, reopen_opening
from recruiting.jobs.services.requirements import add_requirement, change_requirement, drop_requirement
from recruiting.jobs.services.scorecards import inherit_attributes, own_attributes, take_attribute, undo_scorecard
from recruiting.jobs.services.seats import seat_user, unseat_user
from recruiting.jobs.services.seed import seed_jobs
from recruiting.jobs.services.states import mark_closed, mark_held, mark_reopened, mark_resumed
from recruiting.jobs.services.steps import add_step, change_step, place_step, retire_step
from recruiting.jobs.services.tightening import ask_more, loosen, raise_criterion, tighten, undo_loosen

__all__ = [
    "add_attribute",
    "add_criterion",
    "add_opening",
    "add_requirement",
    "add_step",
    "approve_job",
    "approve_opening",
    "ask_approval",
    "ask_more",
    "change_attribute",
    "change_criterion",
    "change_gate",
    "change_requirement",
    "change_step",
    "draft_job",
    "drop_requirement",
    "edit_job",
    "fill_opening",
    "import_job",
    "inherit_attributes",
    "loosen",
    "mark_closed",
    "mark_held",
    "mark_reopened",
    "mark_resumed",
    "own_attributes",
    "place_attribute",
    "place_criterion",
    "place_step",
    "raise_criterion",
    "reopen_opening",
    "restore_attribute",
    "restore_criterion",
    "retire_attribute",
    "retire_criterion",
    "retire_step",
    "seat_user",
    "seed_jobs",
    "take_attribute",
    "tighten",
    "undo_loosen",
    "undo_scorecard",
    "unseat_user",
    "withdraw_opening",
]
