"""Reading interviews and scorecards: whose day, whose duty, and what a reader may know of what others found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from funnel.interviews.clocks import due
from funnel.models import (
    Application,
    Interview,
    Interviewer,
    InterviewState,
    Outcome,
    Rating,
    SchedulingClock,
    Scorecard,
    ScorecardVersion,
)
from recruiting.accounts.hours import hours_of
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.core.days import day_of
from recruiting.jobs.stages import Stage

EVALUATIONS = "candidates.view_evaluations"
STANDS = (InterviewState.PLANNED, InterviewState.HELD)


def interviews() -> QuerySet[Interview]:
    """Interviews with what a line about them names, in two queries."""
    rows = Interview.objects.select_related("application__candidate", "job", "step", "created_by")
    asks = Interviewer.objects.select_related("user").order_by("pk")
    return rows.prefetch_related(Prefetch("interviewers", queryset=asks))


def interviews_of(application: Application) -> list[Interview]:
    """One application's, oldest first (interviews_of_an_application)."""
    return list(interviews().filter(application=application).order_by("starts_at", "pk"))


def mine(user: User) -> QuerySet[Interview]:
    """Those they ask in."""
    return interviews().filter(Exists(Interviewer.objects.filter(interview=OuterRef("pk"), user=user)))


def upcoming(user: User, at: datetime) -> QuerySet[Interview]:
    """Those they ask in that are not over."""
    return mine(user).filter(state=InterviewState.PLANNED, ends_at__gt=at).order_by("starts_at", "pk")


def interviews_today(user: User, at: datetime) -> QuerySet[Interview]:
    """Today's, on their own clock: those they ask in, and those of cards that are theirs."""
    begins = at.astimezone(ZoneInfo(user.time_zone)).replace(hour=0, minute=0, second=0, microsecond=0)
    day = interviews().filter(starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1), state__in=STANDS)
    asks = Exists(Interviewer.objects.filter(interview=OuterRef("pk"), user=user))
    return day.filter(asks | Q(application__owner=user)).order_by("starts_at", "pk")


def scorecards_owed(user: User, at: datetime) -> QuerySet[Interviewer]:
    """Interviews that are over and wait for this person's scorecard, the soonest due first (interviews_to_assess)."""
    owed = Interviewer.objects.filter(
        user=user, answered_at=None, interview__state__in=STANDS, interview__ends_at__lte=at
    )
    names = ("interview__application__candidate", "interview__job", "interview__step")
    return owed.select_related(*names).order_by("feedback_miss_at", "pk")


# --- Nothing is planned -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unplanned:
    """Somebody whom the team wants to meet, and nobody has found a time; the clock is their owner's."""

    application: Application
    since: datetime
    warn_at: datetime
    miss_at: datetime


def without_interview() -> QuerySet[Application]:
    """In the interview stage, active, and nothing is planned or was held since they came.

    `since` (read it by since_of): they came to the stage, or the last interview fell through later than that.
    """
    theirs = Interview.objects.filter(application=OuterRef("pk"))
    stands = theirs.filter(state__in=STANDS).filter(
        Q(state=InterviewState.PLANNED) | Q(ends_at__gte=OuterRef("stage_since"))
    )
    fell = theirs.exclude(state__in=STANDS).order_by("-changed_at").values("changed_at")[:1]
    waiting = Application.objects.filter(stage=Stage.INTERVIEW, outcome=Outcome.ACTIVE, stage_since__isnull=False)
    since = Greatest("stage_since", Coalesce(Subquery(fell), "stage_since"))
    rows = waiting.filter(~Exists(stands)).annotate(since=since)
    return rows.select_related("candidate", "job__recruiter", "step", "owner")


def since_of(application: Application) -> datetime:
    return cast("datetime", vars(application)["since"])


def unplanned(user: User, at: datetime) -> list[Unplanned]:
    """On somebody's desk: their cards without an interview, the soonest due first."""
    theirs = Q(owner=user) | Q(owner=None, job__recruiter=user)
    rows = list(without_interview().filter(theirs))
    if not rows:
        return []
    hours = hours_of(user, min(since_of(row) for row in rows))
    clocks = SchedulingClock.objects.filter(application__in=rows)
    kept = {(clock.application_id, clock.since): (clock.warn_at, clock.miss_at) for clock in clocks}
    found = [
        Unplanned(row, since, *(kept.get((row.pk, since)) or due(hours, since, settings.SCHEDULING_HOURS)))
        for row in rows
        for since in [since_of(row)]
    ]
    return sorted(found, key=lambda each: (each.miss_at, each.application.pk))


# --- Blindness --------------------------------------------------------------------------------------------------------


def owing(user: User) -> QuerySet[Interviewer]:
    """Seats in interviews, past or to come, for which their scorecard is not in."""
    return Interviewer.objects.filter(user=user, answered_at=None, interview__state__in=STANDS)


def owes_on(user: User, application: Application) -> bool:
    """Whether they still owe a scorecard about this application: until then they know nothing of others'."""
    return owing(user).filter(interview__application=application).exists()


def scorecards_visible_to(user: User, application: Application) -> QuerySet[Scorecard]:
    """The scorecards handed in on one application that somebody may read; with versions by `with_versions()`."""
    return readable(user).filter(application=application)


def readable(user: User) -> QuerySet[Scorecard]:
    """Every scorecard somebody may read: their own; others' once they owe none there, if they may see evaluations or
    have handed in one of their own on that application. Only of applications they see."""
    handed_in = Scorecard.objects.filter(version__gte=1)
    seen = Application.objects.visible_to(user)
    if not user.sees_everybody:
        handed_in = handed_in.filter(application__in=seen.values("pk"))
    elsewhere = owing(user).filter(interview__application=OuterRef("application"))
    not_owing = ~Exists(elsewhere)
    if user.has_perm(EVALUATIONS):
        return handed_in.filter(Q(user=user) | not_owing).order_by("submitted_at", "pk")
    theirs = Scorecard.objects.filter(application=OuterRef("application"), user=user, version__gte=1)
    return handed_in.filter(Q(user=user) | (not_owing & Exists(theirs))).order_by("submitted_at", "pk")


def with_versions(cards: QuerySet[Scorecard]) -> QuerySet[Scorecard]:
    """With who wrote them and every version and rating, in three more queries."""
    ratings = Rating.objects.select_related("attribute").order_by("attribute__position", "attribute")
    versions = ScorecardVersion.objects.order_by("-number").prefetch_related(Prefetch("ratings", queryset=ratings))
    return cards.select_related("user", "interview__step").prefetch_related(Prefetch("versions", queryset=versions))


def valid_scorecards(user: User, person: Candidate, at: datetime) -> list[Scorecard]:
    """What of a person's interviews need not be repeated, as far as the reader may know of it, newest first."""
    if not user.has_perm(EVALUATIONS):
        return []
    rows = readable(user).filter(application__candidate=person, valid_until__gt=day_of(at))
    names = ("user", "interview__step", "application__job")
    return list(rows.select_related(*names).order_by("-interview__starts_at", "pk"))


def answered_by(user: User, rows: Collection[Interview]) -> dict[int, set[int]]:
    """By interview: whose scorecard is in, as far as the reader may know. Whoever owes one knows of nobody's."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for interview, writer in readable(user).filter(interview__in=rows).values_list("interview", "user"):
        found[interview].add(writer)
    return found
