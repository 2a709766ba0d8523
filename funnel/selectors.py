"""What pages, services and the packages above read of the funnel."""

from __future__ import annotations

from django.db.models import Max, QuerySet

from funnel.models import Application, ApplicationQuerySet
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.jobs.models import Job, Step


def applications() -> ApplicationQuerySet:
    """Applications with what a card or a sentence about them names."""
    return Application.objects.select_related("candidate", "job", "step", "owner", "source")


def candidates_visible_to(user: User) -> QuerySet[Candidate]:
    """Recruiting sees everybody; the others the people of the jobs they hold a seat on today."""
    if user.sees_everybody:
        return Candidate.objects.visible_to(user)
    mine = Application.objects.visible_to(user).values("candidate")
    return Candidate.objects.filter(pk__in=mine, erased_at=None)


def other_live_applications(application: Application) -> QuerySet[Application]:
    """The person's other ways that are still open: offered for ending once they are hired."""
    others = applications().live().filter(candidate=application.candidate_id)
    return others.exclude(pk=application.pk).order_by("id")  # application_in_process


def first_step(job: Job | int, stage: str) -> Step | None:
    """The first column of a stage on this job's board; None where the job has none there."""
    return Step.objects.filter(job=job, stage=stage, is_retired=False).order_by("position", "id").first()


def highest_cycle(candidate_id: int) -> int:
    return Application.objects.filter(candidate=candidate_id).aggregate(top=Max("cycle"))["top"] or 0
