"""What people are told of interviews and scorecards in the product; invitations are letters (funnel.interviews)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from funnel import notice_kinds as kinds
from funnel.models import Interview, Interviewer
from funnel.telling import Fact, fact_of, tell, user_of, users_of
from recruiting.accounts.models import User
from recruiting.core.models import OutboxMessage
from recruiting.core.outbox import handler
from recruiting.notices.kinds import Kind
from recruiting.notices.services import settle


def _about(fact: Fact, users: Iterable[User | None], kind: Kind, page: str = "interview", **about: Any) -> int:
    key = fact.payload["interview"]
    return tell(fact, users, kind, subject=f"interview:{key}", path=reverse(f"funnel:{page}", args=[key]), **about)


@handler("interview.planned", "interview.changed", "interview.cancelled", "interview.reopened")
def an_interview_changed(message: OutboxMessage) -> None:
    """Those who ask in it, and whoever runs the card."""
    fact = fact_of(message)
    if not fact:
        return
    what, start = message.topic.partition(".")[2], fact.payload.get("starts_at", "")
    if what == "cancelled":
        _settle(fact, [kinds.INTERVIEW.key, kinds.SCORECARD_ASKED.key])
    _about(fact, users_of(fact.payload["interviewers"]), kinds.INTERVIEW, what=what, start=start)


@handler("interview.missed")
def they_did_not_come(message: OutboxMessage) -> None:
    fact = fact_of(message)
    if fact:
        people = [*users_of(fact.payload["interviewers"]), fact.owner]
        _about(fact, people, kinds.INTERVIEW, what="missed")


@handler("interview.unplanned_warned", "interview.unplanned_missed")
def nothing_is_planned(message: OutboxMessage) -> None:
    fact = fact_of(message)
    if not fact or Interview.objects.filter(application=fact.application, starts_at__gte=fact.event.at).exists():
        return
    what = "missed" if message.topic.endswith("missed") else "warned"
    people = [user_of(fact.payload.get("user"))]
    if what == "missed":
        people.append(fact.application.job.recruiter)
    path = reverse("funnel:plan_interview", args=[fact.application.pk])
    tell(fact, people, kinds.UNPLANNED, subject=f"application:{fact.application.pk}", path=path, what=what)


# --- Scorecards: that they are in or late, never what they say --------------------------------------------------------


@handler("scorecard.warned", "scorecard.missed")
def a_scorecard_is_awaited(message: OutboxMessage) -> None:
    fact = fact_of(message)
    if not fact or not _is_awaited(fact):
        return
    user, what = user_of(fact.payload["user"]), message.topic.partition(".")[2]
    _about(fact, [user], kinds.SCORECARD_ASKED, "scorecard", what=what)
    recruiter = fact.application.job.recruiter or fact.application.owner
    if what == "missed" and user and recruiter and recruiter.pk != user.pk:
        _about(fact, [recruiter], kinds.SCORECARD_LATE, late=user.name)


def _is_awaited(fact: Fact) -> bool:
    rows = Interviewer.objects.filter(interview=fact.payload["interview"], user=fact.payload["user"])
    return rows.filter(answered_at=None).exists()


@handler("scorecard.submitted")
def a_scorecard_is_in(message: OutboxMessage) -> None:
    fact = fact_of(message)
    if not fact:
        return
    _settle(fact, [kinds.SCORECARD_ASKED.key], user=fact.event.by)
    path = reverse("funnel:scorecards", args=[fact.application.pk])
    subject = f"interview:{fact.payload['interview']}"
    tell(fact, [fact.owner], kinds.SCORECARD_IN, subject=subject, path=path)


def _settle(fact: Fact, done: list[str], *, user: User | None = None) -> None:
    person, subject = fact.event.person or fact.application.candidate_id, f"interview:{fact.payload['interview']}"
    settle(person=person, subject=subject, kinds=done, at=fact.event.at, user=user)
