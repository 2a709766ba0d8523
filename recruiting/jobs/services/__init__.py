"""What one can do with a job. Whoever calls from above also moves its people: see funnel.jobs and recycling.jobs."""

from __future__ import annotations

from recruiting.jobs.services.approval import add_opening, approve_job, approve_opening, ask_approval, withdraw_opening
from recruiting.jobs.services.drafts import draft_job, edit_job, import_job
from recruiting.jobs.services.openings import fill_opening, reopen_opening
from recruiting.jobs.services.requirements import add_requirement, change_requirement, drop_requirement
from recruiting.jobs.services.seats import seat_user, unseat_user
from recruiting.jobs.services.seed import seed_jobs
from recruiting.jobs.services.states import mark_closed, mark_held, mark_reopened, mark_resumed
from recruiting.jobs.services.steps import add_step, change_step, place_step, retire_step

__all__ = [
    "add_opening",
    "add_requirement",
    "add_step",
    "approve_job",
    "approve_opening",
    "ask_approval",
    "change_requirement",
    "change_step",
    "draft_job",
    "drop_requirement",
    "edit_job",
    "fill_opening",
    "import_job",
    "mark_closed",
    "mark_held",
    "mark_reopened",
    "mark_resumed",
    "place_step",
    "reopen_opening",
    "retire_step",
    "seat_user",
    "seed_jobs",
    "unseat_user",
    "withdraw_opening",
]
