"""The clocks of interviews: feedback that is late, and people for whom nothing is planned; each told once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from funnel.interviews import planning, selectors
from funnel.interviews.reminding import remind
from funnel.models import SchedulingClock
from recruiting.core.models import Event
from tests.builders import a_recruiter, an_interviewer, moment
from tests.builders_funnel import an_application
from tests.builders_interviews import ENDS, STARTS, a_scorecard, an_interview

pytestmark = pytest.mark.django_db
A_DAY, AN_HOUR = timedelta(days=1), timedelta(hours=1)
BEFORE = STARTS - A_DAY


def told(prefix):
    return sorted(Event.objects.filter(verb__startswith=prefix).values_list("verb", flat=True))


def test_late_feedback_is_told_once_however_late_or_doubled_the_runs():
    an_interview()
    warn, miss = moment("2026-11-11", "10:00"), moment("2026-11-11", "15:00")

    remind(at=warn - timedelta(minutes=1))
    assert told("scorecard.") == []
    remind(at=warn)
    remind(at=warn)
    assert told("scorecard.") == ["scorecard.warned"]
    remind(at=miss + A_DAY)
    remind(at=miss + A_DAY)
    assert told("scorecard.") == ["scorecard.missed", "scorecard.warned"]


def test_nobody_is_reminded_of_what_is_in_cancelled_or_missed():
    handed_in, cancelled, missed = an_interview(), an_interview(), an_interview()
    a_scorecard(handed_in)
    planning.cancel_interview(interview=cancelled, by=a_recruiter(), at=BEFORE)
    planning.record_no_show(interview=missed, by=a_recruiter(), at=ENDS)

    remind(at=ENDS + A_DAY * 5)

    assert told("scorecard.") == ["scorecard.submitted"]


def test_who_waits_for_an_interview_is_on_their_owners_desk_by_the_clock():
    """They came to the interview stage on Wednesday at 10:00; twelve working hours are Thursday 15:00."""
    owner = a_recruiter()
    application = an_application(through="interview", owner=owner, by=owner)

    (line,) = selectors.unplanned(owner, moment("2026-11-04", "11:00"))

    assert (line.application, line.since) == (application, moment("2026-11-04"))
    assert (line.warn_at, line.miss_at) == (moment("2026-11-05", "10:00"), moment("2026-11-05", "15:00"))
    assert selectors.unplanned(a_recruiter(), STARTS) == []


def test_a_planned_interview_takes_them_off_the_desk_and_a_cancelled_one_puts_them_back():
    owner = a_recruiter()
    application = an_application(through="interview", owner=owner, by=owner)
    interview = an_interview(application=application)
    assert selectors.unplanned(owner, BEFORE) == []

    planning.cancel_interview(interview=interview, by=owner, at=BEFORE)

    (line,) = selectors.unplanned(owner, BEFORE)
    assert line.since == BEFORE


def test_that_nothing_is_planned_is_told_once_and_again_when_an_interview_falls_through():
    owner = a_recruiter()
    application = an_application(through="interview", owner=owner, by=owner)
    remind(at=moment("2026-11-04", "12:00"))
    assert told("interview.unplanned") == []

    remind(at=moment("2026-11-06"))
    remind(at=moment("2026-11-06"))
    assert told("interview.unplanned") == ["interview.unplanned_missed", "interview.unplanned_warned"]

    interview = an_interview(application=application)
    remind(at=STARTS)
    planning.cancel_interview(interview=interview, by=owner, at=STARTS - AN_HOUR)
    remind(at=STARTS + A_DAY * 3)
    remind(at=STARTS + A_DAY * 3)

    assert len(told("interview.unplanned")) == 4
    assert Event.objects.filter(verb="interview.unplanned_missed").last().data["user"] == owner.pk


def test_what_is_forgotten_already_is_announced_to_nobody():
    application = an_application(through="interview")

    remind(at=moment("2026-12-20"))

    assert told("interview.unplanned") == []
    assert SchedulingClock.objects.get().application == application


def test_nobody_is_reminded_of_who_has_an_interview_or_is_on_hold():
    an_interview(at=moment("2026-11-05", "09:00"))

    remind(at=moment("2026-11-09"))

    assert told("interview.unplanned") == []


def test_todays_interviews_are_those_of_the_readers_own_day():
    owner, ada = a_recruiter(), an_interviewer(time_zone="America/New_York")
    application = an_application(through="interview", owner=owner, by=owner)
    interview = an_interview(application=application, interviewers=(ada,))  # 00:00 on the 10th in New York

    assert list(selectors.interviews_today(ada, STARTS + AN_HOUR * 20)) == [interview]
    assert list(selectors.interviews_today(owner, STARTS + AN_HOUR * 20)) == []
    assert list(selectors.interviews_today(owner, STARTS - AN_HOUR)) == [interview]
    assert list(selectors.interviews_today(an_interviewer(), STARTS)) == []
