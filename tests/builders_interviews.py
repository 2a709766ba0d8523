"""Interviews and scorecards in every state, reached through the services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from funnel.interviews import planning, scorecards
from funnel.interviews.scorecards import Rated
from funnel.interviews.terms import Letter, Terms
from funnel.models import Application, Interview, Overall, Scorecard
from recruiting.accounts.models import User
from recruiting.jobs.gates import attributes_of
from tests.builders import a_recruiter, an_interviewer, moment
from tests.builders_funnel import an_application

STARTS = moment("2026-11-10", "14:00")  # a Tuesday
ENDS = moment("2026-11-10", "15:00")


def some_terms(*interviewers: User, **more: Any) -> Terms:
    """An hour on Tuesday afternoon."""
    return Terms(**{"starts_at": STARTS, "minutes": 60, "interviewers": interviewers or (an_interviewer(),), **more})


def an_interview(
    *,
    application: Application | None = None,
    interviewers: tuple[User, ...] = (),
    by: User | None = None,
    at: datetime | None = None,
    **more: Any,
) -> Interview:
    """Planned the day before, for an application in the interview stage."""
    by = by or a_recruiter()
    application = application or an_application(through="interview", by=by)
    terms = some_terms(*interviewers, **more)
    at = at or terms.starts_at - timedelta(days=1)
    return planning.plan_interview(application=application, terms=terms, by=by, at=at)


def a_letter(application: Application, text: str = "Please come.") -> Letter:
    return Letter("Your interview", text, application.candidate.contact_points.get())


def ratings_of(interview: Interview, score: int | None = 3, note: str = "Saw it") -> dict[int, Rated]:
    """The same score for every attribute of the job."""
    return {attribute.pk: Rated(score, note) for attribute in attributes_of(interview.job)}


def a_scorecard(
    interview: Interview,
    user: User | None = None,
    *,
    score: int | None = 3,
    overall: int = Overall.YES,
    notes: str = "Solid",
    at: datetime | None = None,
) -> Scorecard:
    """Handed in right after the interview."""
    user = user or interview.interviewers.first().user
    return scorecards.submit_scorecard(
        interview=Interview.objects.select_related("job", "application").get(pk=interview.pk),
        user=user,
        ratings=ratings_of(interview, score),
        overall=overall,
        notes=notes,
        at=at or interview.ends_at,
    )


def now_of(interview: Interview) -> Interview:
    """The interview as the database has it now."""
    return Interview.objects.select_related("application__candidate", "job").get(pk=interview.pk)
