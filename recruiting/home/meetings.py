"""Interviews on somebody's desk: today's, the scorecards they owe, and whom nobody has found a time for."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from funnel.interviews import selectors
from recruiting.accounts.models import User
from recruiting.core.days import day_of
from recruiting.home.lines import Line
from recruiting.home.recruiters import MOST, link


def interviews_today(user: User, at: datetime) -> list[Line]:
    return [
        Line(
            "calendar-clock",
            _("Interview %(step)s · %(job)s") % {"step": each.title or each.step or "", "job": each.job},
            link("funnel:interview", each.pk),
            _("Look"),
            day_of(at),
            person=each.application.candidate,
            starts_at=each.starts_at,
        )
        for each in selectors.interviews_today(user, at)[:MOST]
    ]


def scorecards_owed(user: User, at: datetime) -> list[Line]:
    return [
        Line(
            "clipboard-pen",
            _("Your scorecard is missing · %(job)s") % {"job": each.interview.job},
            link("funnel:scorecard", each.interview_id),
            _("Write it"),
            day_of(each.feedback_miss_at),
            person=each.interview.application.candidate,
            due_at=each.feedback_miss_at,
        )
        for each in selectors.scorecards_owed(user, at)[:MOST]
    ]


def unplanned(user: User, at: datetime) -> list[Line]:
    return [
        Line(
            "calendar-plus",
            _("No interview is planned · %(job)s") % {"job": each.application.job},
            link("funnel:plan_interview", each.application.pk),
            _("Plan"),
            day_of(each.miss_at),
            person=each.application.candidate,
            is_dialog=True,
            due_at=each.miss_at,
        )
        for each in selectors.unplanned(user, at)[:MOST]
    ]
