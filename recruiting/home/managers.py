"""What waits for somebody who decides: approvals, and the people of their jobs."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from funnel.models import Application, Outcome
from recruiting.accounts.models import User
from recruiting.core.days import day_of
from recruiting.home.lines import Line
from recruiting.home.recruiters import MOST, link
from recruiting.jobs.models import Job, JobState
from recruiting.jobs.selectors import waiting_for_approval
from recruiting.jobs.stages import Stage


def approvals(user: User, at: datetime) -> list[Line]:
    return [
        Line(
            "shield-check",
            _("Waits for your approval"),
            link("jobs:overview", job.pk),
            _("Look"),
            day_of(job.approval_asked_at or at),
            job=job,
        )
        for job in waiting_for_approval(user).order_by("pk")[:MOST]
    ]


def people_to_meet(user: User, at: datetime) -> list[Application]:
    """Who stands in the interviews of my jobs, the longest there first."""
    mine = Application.objects.visible_to(user).filter(outcome=Outcome.ACTIVE, stage__in=[Stage.INTERVIEW, Stage.HIRE])
    return list(mine.select_related("candidate", "job", "step").order_by("step_since")[:MOST])


def seated_jobs(user: User) -> QuerySet[Job]:
    """The jobs I hold a seat on, with how many people are in them."""
    live = Count("applications", filter=Q(applications__outcome__in=["active", "on_hold"]), distinct=True)
    jobs = Job.objects.filter(
        pk__in=Job.objects.visible_to(user).values("pk"), state__in=[JobState.OPEN, JobState.ON_HOLD]
    )
    return jobs.annotate(people=live).order_by("-people", "title")[:10]
