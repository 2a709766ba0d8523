"""The way out of the funnel. Only recycling may use it: nobody leaves without a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from funnel.elapsed import ElapsedDays
from funnel.handoffs import settling
from funnel.interviews.planning import cancel_planned_of, restore_cancelled_of
from funnel.models import Application, Ended, Handoff, HandoffState, Offer, OfferState, Outcome, Visit
from funnel.offers.ending import end_offers, reopen_declined
from funnel.transitions import run_transition
from recruiting.accounts.models import User
from recruiting.candidates.services import set_employed
from recruiting.core.events import record_all
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.models import JobState
from recruiting.jobs.services import reopen_opening


@transaction.atomic
def leave(
    *,
    application: Application,
    by: User | None,
    at: datetime,
    as_: Literal["exited", "moved"] = "exited",
    is_counted: bool = True,
    why: str = "",
    seen_version: int | None = None,
) -> Application:
    """End a live application without a hire. Not counted (class A): none of its visits counts anywhere."""
    run_transition(
        application=application,
        move="leave",
        verb=f"application.{as_}",
        ends=Ended(as_),
        by=by,
        at=at,
        seen_version=seen_version,
        why=why,
    )
    end_offers(applications=[application], by=by, at=at, because="left")
    cancel_planned_of(applications=[application], by=by, at=at)
    if not is_counted:
        uncount(application=application)
    return application


@transaction.atomic
def leave_all(
    *,
    applications: Sequence[Application],
    by: User | None,
    at: datetime,
    why: str = "",
    withdraws: Literal["left", "job_closed"] = "left",
) -> None:
    """The bulk twin of leave(): all of them or none, in a fixed number of queries. `withdraws` is why what was offered
    of theirs is withdrawn."""
    if by is not None and not by.has_perm("funnel.exit_application"):
        raise Refused(_("Your role does not let people go."), "not_allowed")
    keys = [application.pk for application in applications]
    left = (
        Application.objects.live()
        .filter(pk__in=keys)
        .update(
            outcome=Outcome.EXITED,
            hold_until=None,
            hold_reason="",
            is_held_by_job=False,
            ended_at=at,
            last_moved_at=at,
            version=F("version") + 1,
        )
    )
    if left != len(keys):
        raise Refused(_("Somebody left while you were looking. Nothing was changed."), "moved")
    open_ones = Visit.objects.filter(application__in=keys, ended_as="")
    open_ones.update(left_at=at, ended_as=Ended.EXITED, days=ElapsedDays("entered_at", until=at))
    end_offers(applications=applications, by=by, at=at, because="left")
    cancel_planned_of(applications=applications, by=by, at=at)
    record_all([_left(application, by, at, why) for application in applications])
    settling.settle(keys, why=withdraws, by=by, at=at)


def _left(application: Application, by: User | None, at: datetime, why: str) -> Event:
    return Event(
        at=at,
        verb="application.exited",
        subject="application",
        subject_key=application.pk,
        person=application.candidate_id,
        job=application.job_id,
        from_state=application.outcome,
        to_state=Outcome.EXITED,
        why=why,
        data={"stage": application.stage},
        by=by,
    )


def uncount(*, application: Application) -> int:
    """An administrative end: every visit of the application stays, and counts nowhere."""
    return Visit.objects.filter(application=application, is_counted=True).update(is_counted=False)


@transaction.atomic
def undo_leave(*, application: Application, by: User | None, at: datetime) -> Application:
    """The exit did not happen: within 30 days, while the job is open; the visit continues as if it never ended.

    What is still to come of the interviews it called off takes place. What it ended for good: `stays_ended`.
    """
    name = {"name": application.candidate}
    if application.job.state != JobState.OPEN:
        raise Refused(_("The job is no longer open, so the exit of %(name)s stays.") % name)
    last_day = (application.ended_at or at) + timedelta(days=settings.UNDO_EXIT_DAYS)
    if application.outcome == Outcome.EXITED and at >= last_day:
        raise Refused(
            _("The exit of %(name)s is older than %(days)s days and stays.") % {**name, "days": settings.UNDO_EXIT_DAYS}
        )
    others = Application.objects.live().filter(candidate=application.candidate_id, job=application.job_id)
    if others.exists():
        raise Refused(_("%(name)s is already in this job again, so the earlier exit stays.") % name)
    ended_at = application.ended_at
    run_transition(application=application, move="undo_leave", by=by, at=at)
    reopen_declined(application=application, ended_at=ended_at, by=by, at=at)
    if ended_at is not None:
        restore_cancelled_of(application=application, cancelled_at=ended_at, by=by, at=at)
    return application


def stays_ended(application: Application, ended_at: datetime, by: User) -> list[str]:
    """What an exit ended that its undoing does not bring back, in sentences for whoever undid it and may know."""
    name, said = {"name": application.candidate.name}, []
    offers = Offer.objects.visible_to(by).filter(application=application, state=OfferState.RESCINDED)
    if offers.filter(resolved_at=ended_at).exists():
        said.append(_("The offer to %(name)s stays rescinded: draft a new one.") % name)
    offered = Handoff.objects.filter(application=application, state=HandoffState.WITHDRAWN, answered_at=ended_at)
    if offered.exists():
        said.append(_("%(name)s is no longer offered over the border: offer them again.") % name)
    return said


@transaction.atomic
def did_not_start(*, application: Application, by: User | None, at: datetime, why: str = "") -> Application:
    """Hired, and did not start: the application ends, the person does not work here, the opening is open again."""
    opening = application.opening
    run_transition(application=application, move="not_start", by=by, at=at, why=why)
    if opening is not None:
        reopen_opening(opening=opening, by=by, at=at)
    set_employed(candidate=application.candidate, employed_on=None, by=by, at=at)
    return application
