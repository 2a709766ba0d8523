"""What may be done with an application, except ending it (recycling does, through funnel.leaving)."""

from __future__ import annotations

from funnel.services.bulk import move_applications, open_applications
from funnel.services.hiring import hire_application
from funnel.services.moving import advance_application, correct_stage, move_to_step, step_back
from funnel.services.opening import open_application
from funnel.services.standing import (
    hold_application,
    hold_applications,
    resume_application,
    resume_applications,
    set_application_next_action,
    set_next_actions,
    set_owner,
)

__all__ = [
    "advance_application",
    "correct_stage",
    "hire_application",
    "hold_application",
    "hold_applications",
    "move_applications",
    "move_to_step",
    "open_application",
    "open_applications",
    "resume_application",
    "resume_applications",
    "set_application_next_action",
    "set_next_actions",
    "set_owner",
    "step_back",
]
