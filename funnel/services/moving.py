"""Forward, aside and back: one card at a time. Over a border people go by handoff; this is what an answer runs."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from funnel.models import Application
from funnel.offers.ending import end_offers
from funnel.selectors import first_step
from funnel.stages import between, is_before, next_stage
from funnel.transitions import run_transition
from recruiting.accounts.models import User
from recruiting.core.refused import Refused
from recruiting.jobs.models import Step
from recruiting.jobs.stages import Stage

OVER_THE_BORDER = {Stage.SCREENING: "screen", Stage.INTERVIEW: "meet", Stage.HIRE: "choose"}


def move_to_step(
    *, application: Application, step: Step, by: User | None, at: datetime, seen_version: int | None = None
) -> Application:
    """To another column of the same stage."""
    check_step(application, step)
    if step.pk == application.step_id:
        return application
    return run_transition(application=application, move="take_step", by=by, at=at, seen_version=seen_version, step=step)


def advance_application(
    *,
    application: Application,
    by: User | None,
    at: datetime,
    to: str | None = None,
    step: Step | None = None,
    seen_version: int | None = None,
    why: str = "",
    handoff: int | None = None,
) -> Application:
    """Over the next border, or further: what lies between is skipped, without a visit, and the event says so.

    `handoff`: the accepted one that brought it over; without it the card crossed directly.
    """
    if step is not None:
        check_step(application, step)
    target = step.stage if step else to or next_stage(application.stage)
    if target is None or not is_before(application.stage, target):
        raise Refused(_("%(name)s is already that far.") % {"name": application.candidate.name}, "not_allowed")
    skipped = [stage.value for stage in between(application.stage, target)]
    step = step or first_step(application.job_id, target)
    terms = {"to": Stage(target), "step": step} if skipped else {"step": step}
    return run_transition(
        application=application,
        move="skip" if skipped else OVER_THE_BORDER[Stage(target)],
        by=by,
        at=at,
        seen_version=seen_version,
        why=why,
        data={"handoff": handoff or "direct", **({"skipped": skipped} if skipped else {})},
        is_granted=handoff is not None,
        **terms,
    )


def correct_stage(
    *,
    application: Application,
    by: User | None,
    at: datetime,
    to: str | None = None,
    step: Step | None = None,
    seen_version: int | None = None,
    why: str = "",
) -> Application:
    """The move forward was a mistake: the wrong visits count nowhere, the earlier one continues."""
    return _back("correct", application, to, step, by, at, seen_version, why)


def step_back(
    *,
    application: Application,
    by: User | None,
    at: datetime,
    to: str | None = None,
    step: Step | None = None,
    seen_version: int | None = None,
    why: str = "",
) -> Application:
    """They really return to an earlier stage: the visit ends as stepped back, the furthest stage stays."""
    return _back("step_back", application, to, step, by, at, seen_version, why)


@transaction.atomic
def _back(
    move: str,
    application: Application,
    to: str | None,
    step: Step | None,
    by: User | None,
    at: datetime,
    seen_version: int | None,
    why: str,
) -> Application:
    if step is not None:
        check_step(application, step)
    target = step.stage if step else to
    if target is None or not is_before(target, application.stage):
        raise Refused(_("%(name)s is not beyond that stage.") % {"name": application.candidate.name}, "not_allowed")
    run_transition(
        application=application,
        move=move,
        by=by,
        at=at,
        seen_version=seen_version,
        why=why,
        to=Stage(target),
        step=step or first_step(application.job_id, target),
    )
    end_offers(applications=[application], by=by, at=at, because="stage")
    return application


def check_step(application: Application, step: Step) -> None:
    """A card only moves to columns of its own job."""
    if step.job_id != application.job_id:
        raise Refused(_("%(step)s is a column of another job.") % {"step": step}, "not_allowed")
