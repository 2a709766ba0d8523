"""Reading jobs: who decides, who may approve, what the pages show."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from recruiting.accounts.models import User
from recruiting.accounts.roles import Role
from recruiting.jobs.models import DECIDING_SEATS, Job, JobSeat, Opening, OpeningState, Requirement, Seat, Step

SEATS = (Seat.HIRING_MANAGER, Seat.FINAL_DECIDER, Seat.APPROVER, Seat.RECRUITER, Seat.SOURCER, Seat.INTERVIEWER)
SEAT_ORDER = Case(
    *(When(seat=seat, then=Value(place)) for place, seat in enumerate(SEATS)), output_field=IntegerField()
)


def deciders_of(job: Job) -> QuerySet[User]:
    """Who decides today, in their own name. A deputy is not among them: they count as whom they stand in for."""
    seats = JobSeat.objects.filter(job=job, until=None, is_decider=True)  # seat_of_deciders_today
    return User.objects.filter(pk__in=seats.values("user"))


def deciders_by_job(jobs: Collection[int]) -> dict[int, list[User]]:
    """Who decides each of these jobs, the hiring manager first, in one query."""
    seats = JobSeat.objects.filter(job__in=jobs, until=None, is_decider=True).select_related("user")
    deciders: dict[int, list[User]] = {}
    for seat in seats.order_by(SEAT_ORDER, "since", "id"):
        known = deciders.setdefault(seat.job_id, [])
        if seat.user not in known:
            known.append(seat.user)
    return deciders


def decides_in_whose_name(job: Job, user: User) -> User | None:
    """Themselves where they decide, whom they stand in for where they are a deputy, else None."""
    held = JobSeat.objects.filter(job=job, user=user, until=None, seat__in=DECIDING_SEATS).select_related("deputy_for")
    seats = sorted(held, key=lambda seat: seat.deputy_for_id is not None)
    return (seats[0].deputy_for or user) if seats else None


def may_approve(job: Job, user: User) -> bool:
    """Whoever holds an approver's seat of the job, or its deputy; the roles that approve; recruiters by setting."""
    if user.has_perm("jobs.approve_job"):
        return True
    if settings.RECRUITERS_APPROVE_JOBS and user.has_perm("jobs.change_job"):
        return True
    return user.is_active and JobSeat.objects.filter(job=job, user=user, until=None, seat=Seat.APPROVER).exists()


def seats_of(job: Job) -> QuerySet[JobSeat]:
    """Who sits on the job today, with their names; those who decide first."""
    seats = JobSeat.objects.filter(job=job, until=None).select_related("user", "deputy_for")
    return seats.order_by(SEAT_ORDER, "since", "id")


def current_steps(job: Job) -> QuerySet[Step]:
    """The job's columns today, in order."""
    return Step.objects.filter(job=job, is_retired=False).order_by("position", "id")


def requirements_of(job: Job) -> QuerySet[Requirement]:
    return Requirement.objects.filter(job=job).select_related("skill")


def seems_filled(job: Job) -> bool:
    """The question "is the job filled?": it is open, somebody was found, and no seat of it is left to fill."""
    states = set(Opening.objects.filter(job=job).values_list("state", flat=True))
    return job.state == "open" and OpeningState.FILLED in states and not states & {"open", "asked"}


def users_for_seats() -> QuerySet[User]:
    """Whom one can ask to sit on a job: everybody at work here."""
    return User.objects.filter(is_active=True)


def recruiters() -> QuerySet[User]:
    return User.objects.filter(is_active=True, role__in=[Role.RECRUITER, Role.RECRUITING_LEAD, Role.ADMINISTRATOR])


def waiting_for_approval(user: User) -> QuerySet[Job]:
    """Jobs and further openings that wait for this person's word: asked for, and theirs to approve."""
    asked = Q(state="draft", approval_asked_at__isnull=False) | Q(
        state__in=["open", "on_hold"], openings__state="asked"
    )
    jobs = Job.objects.visible_to(user).filter(asked).distinct()
    if user.has_perm("jobs.approve_job") or (settings.RECRUITERS_APPROVE_JOBS and user.has_perm("jobs.change_job")):
        return jobs
    mine = JobSeat.objects.filter(user=user, until=None, seat=Seat.APPROVER)
    return jobs.filter(pk__in=mine.values("job"))
