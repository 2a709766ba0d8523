"""Applications in every state, reached through the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from funnel import services
from funnel.leaving import leave
from funnel.models import Application
from funnel.stages import ORDER, is_before
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.jobs.models import Job, Step
from tests.builders import MONDAY, a_recruiter
from tests.builders_candidates import a_candidate
from tests.builders_jobs import an_open_job

A_DAY = timedelta(days=1)


def a_step(job: Job, name: str) -> Step:
    """A column of the job by its English name."""
    return Step.objects.get(job=job, name_en=name)


def an_application(
    *,
    through: str = "sourcing",
    candidate: Candidate | None = None,
    job: Job | None = None,
    by: User | None = None,
    at: datetime = MONDAY,
    days_each: float = 1,
    start: str = "sourcing",
    **more: Any,
) -> Application:
    """Opened at `start` on `at`, then advanced over every border, `days_each` apart, until it stands in `through`."""
    by = by or a_recruiter()
    application = services.open_application(
        candidate=candidate or a_candidate(by=by, at=at), job=job or an_open_job(), by=by, at=at, stage=start, **more
    )
    for place, stage in enumerate(stage for stage in ORDER if is_before(start, stage)):
        if not is_before(through, stage):
            when = at + A_DAY * days_each * (place + 1)
            services.advance_application(application=application, to=stage, by=by, at=when)
    return application


def a_held_application(*, at: datetime = MONDAY, by: User | None = None, **more: Any) -> Application:
    by = by or a_recruiter()
    application = an_application(at=at, by=by, **more)
    until = (at + A_DAY * 14).date()
    return services.hold_application(application=application, until=until, reason="On holiday", by=by, at=at)


def an_ended_application(*, at: datetime = MONDAY, by: User | None = None, **more: Any) -> Application:
    """Out of the funnel, without the reason that recycling demands: only for tests of the funnel itself."""
    by = by or a_recruiter()
    return leave(application=an_application(at=at, by=by, **more), by=by, at=at + A_DAY * 10)


def a_hire(*, at: datetime = MONDAY, by: User | None = None, **more: Any) -> Application:
    """Hired ten days after they came; starts two months later."""
    by = by or a_recruiter()
    application = an_application(through="hire", at=at, by=by, **more)
    starts_on = (at + A_DAY * 70).date()
    return services.hire_application(application=application, starts_on=starts_on, by=by, at=at + A_DAY * 10)


def fresh(application: Application) -> Application:
    """The application as the database has it now."""
    return Application.objects.select_related("candidate", "job", "step").get(pk=application.pk)
