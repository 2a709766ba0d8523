"""Who is told what of interviews and scorecards in the product; never what a scorecard says."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from funnel.interviews import planning, reminding
from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.notices.kinds import in_words_of, said
from recruiting.notices.models import Notice
from tests.builders_funnel import an_application
from tests.builders_interviews import ENDS, STARTS, a_scorecard, an_interview, now_of
from tests.notices.builders import forget_deliveries, relay_all

pytestmark = pytest.mark.django_db
A_DAY = timedelta(days=1)
LATE = ENDS + A_DAY * 5


@pytest.fixture
def application(recruiter: Any) -> Application:
    return an_application(through="interview", by=recruiter)


def heard(user: User, at: datetime = LATE) -> list[str]:
    relay_all(at)
    with in_words_of(user):
        return [said(notice.kind, notice.about).title for notice in Notice.objects.of(user).order_by("pk")]


def test_whoever_asks_is_told_and_whoever_planned_it_is_not(application: Any, recruiter: Any, interviewer: Any) -> None:
    an_interview(application=application, interviewers=(interviewer, recruiter), by=recruiter)

    assert heard(interviewer) == [f"You meet {application.candidate.name} for {application.job.title}."]
    assert heard(recruiter) == []


def test_the_moment_is_told_on_the_readers_clock(application: Any, recruiter: Any, interviewer: Any) -> None:
    an_interview(application=application, interviewers=(interviewer,), by=recruiter)
    relay_all(STARTS)
    notice = Notice.objects.of(interviewer).get()

    interviewer.time_zone = "Europe/Berlin"
    with in_words_of(interviewer):
        assert said(notice.kind, notice.about).body == "It starts Tue 10 Nov 06:00."


def test_what_was_called_off_asks_nobody_any_more(application: Any, recruiter: Any, interviewer: Any) -> None:
    interview = an_interview(application=application, interviewers=(interviewer,), by=recruiter)
    relay_all(STARTS - A_DAY)
    planning.cancel_interview(interview=now_of(interview), why="They are ill", by=recruiter, at=STARTS - A_DAY / 2)

    assert "is cancelled" in heard(interviewer)[-1]
    assert Notice.objects.of(interviewer).unread().count() == 1


def test_a_scorecard_is_asked_for_once_and_then_it_is_late(application: Any, recruiter: Any, interviewer: Any) -> None:
    an_interview(application=application, interviewers=(interviewer,), by=recruiter)
    for days in (1, 1, 4, 4):
        reminding.remind(at=ENDS + A_DAY * days)
    heard(interviewer)
    forget_deliveries()

    about = [title for title in heard(interviewer) if "scorecard" in title]
    assert len(about) == 2
    assert about[-1].endswith("is late.")
    assert [title for title in heard(application.job.recruiter) if interviewer.name in title]


def test_a_scorecard_that_is_in_is_told_without_what_it_says(
    application: Any, recruiter: Any, interviewer: Any
) -> None:
    interview = an_interview(application=application, interviewers=(interviewer,), by=recruiter)
    reminding.remind(at=ENDS + A_DAY)
    relay_all(ENDS + A_DAY)
    a_scorecard(now_of(interview), interviewer, notes="Brilliant", at=ENDS + A_DAY)

    told = heard(recruiter)
    assert f"{interviewer.name} handed in a scorecard" in told[-1]
    assert "Brilliant" not in json.dumps(list(Notice.objects.values_list("about", flat=True)))
    assert not [one for one in Notice.objects.of(interviewer).unread() if one.kind == "scorecard.asked"]


def test_nobody_planned_is_told_to_whoever_runs_the_card(application: Any, recruiter: Any) -> None:
    for days in (3, 9):
        reminding.remind(at=application.stage_since + A_DAY * days)

    told = heard(recruiter)
    assert [title for title in told if "No interview is planned" in title]
    assert all(one.path.endswith("/plan/") for one in Notice.objects.of(recruiter))


def test_what_was_planned_meanwhile_is_not_asked_for(application: Any, recruiter: Any) -> None:
    reminding.remind(at=application.stage_since + A_DAY * 3)
    an_interview(application=application, by=recruiter)

    assert [title for title in heard(recruiter) if "No interview is planned" in title] == []
