"""They said yes."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from funnel.models import Application, Ended, Outcome
from funnel.offers.ending import refuse_open_offer
from funnel.transitions import moved_meanwhile, not_from_here, run_transition
from recruiting.accounts.models import User
from recruiting.candidates.services import set_employed
from recruiting.jobs.services import fill_opening
from recruiting.jobs.stages import Stage


@transaction.atomic
def hire_application(
    *, application: Application, starts_on: date, by: User | None, at: datetime, seen_version: int | None = None
) -> Application:
    """Hire from stage hire: an opening is filled, the person works here from that day.

    For an offer written here accept_offer() does it; without one, the house writes its offers elsewhere.
    Their other live applications are the caller's to offer for ending (`selectors.other_live_applications`).
    """
    if seen_version is not None and seen_version != application.version:
        raise moved_meanwhile(application, at)
    if application.stage != Stage.HIRE or application.outcome != Outcome.ACTIVE:
        raise not_from_here(application)
    refuse_open_offer(application)
    opening = fill_opening(job=application.job, by=by, at=at)
    run_transition(
        application=application,
        move="hire",
        ends=Ended.HIRED,
        by=by,
        at=at,
        data={"starts_on": str(starts_on), "opening": opening.pk},
        opening=opening,
    )
    set_employed(candidate=application.candidate, employed_on=starts_on, by=by, at=at)
    return application
