"""One interview and all of an application's scorecards as a reader may see them: blind until their own is in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from funnel.interviews.selectors import (
    EVALUATIONS,
    STANDS,
    owes_on,
    readable,
    scorecards_visible_to,
    with_versions,
)
from funnel.models import Application, Interview, Interviewer, InterviewState, Rating, Scorecard
from recruiting.accounts.models import User
from recruiting.jobs.gates import attributes_of
from recruiting.jobs.models import Attribute


@dataclass(frozen=True)
class Asks:
    """An interviewer, and whether their scorecard is in: None where the reader may not know."""

    row: Interviewer
    is_in: bool | None


@dataclass(frozen=True)
class InterviewCard:
    """What the page of one interview shows this reader."""

    interview: Interview
    asks: list[Asks]
    mine: Interviewer | None
    is_blind: bool
    scorecards: list[Scorecard]
    may_assess: bool
    may_plan: bool
    may_record: bool
    has_begun: bool
    is_over: bool
    sees_evaluations: bool


def card_of(interview: Interview, user: User, at: datetime) -> InterviewCard:
    rows = list(interview.interviewers.all())
    mine = next((row for row in rows if row.user_id == user.pk), None)
    is_blind = owes_on(user, interview.application)
    cards = list(with_versions(readable(user).filter(interview=interview)))
    knows = not is_blind and (user.has_perm(EVALUATIONS) or any(card.user_id == user.pk for card in cards))
    plans = user.has_perm("funnel.plan_interview")
    stands = interview.state in STANDS
    return InterviewCard(
        interview=interview,
        asks=[Asks(row, row.answered_at is not None if knows or row == mine else None) for row in rows],
        mine=mine,
        is_blind=is_blind,
        scorecards=cards,
        may_assess=mine is not None and stands,
        may_plan=plans and interview.state == InterviewState.PLANNED,
        may_record=(plans or mine is not None) and interview.state == InterviewState.PLANNED,
        has_begun=interview.starts_at <= at,
        is_over=interview.ends_at <= at,
        sees_evaluations=user.has_perm(EVALUATIONS),
    )


@dataclass(frozen=True)
class SummaryLine:
    """One attribute over all scorecards: a rating or None per card, in the order of the cards."""

    attribute: Attribute
    cells: list[Rating | None]


@dataclass(frozen=True)
class Summary:
    """All scorecards of an application side by side, as far as the reader may know."""

    cards: list[Scorecard]
    lines: list[SummaryLine]
    is_blind: bool
    waiting: list[Interviewer] = field(default_factory=list)


def summary_of(application: Application, user: User) -> Summary:
    """Attributes × interviewers. Whoever owes a scorecard sees their own alone, and not who else's is in."""
    is_blind = owes_on(user, application)
    cards = list(with_versions(scorecards_visible_to(user, application)))
    ratings = [{each.attribute_id: each for each in card.versions.all()[0].ratings.all()} for card in cards]
    attributes = attributes_of(application.job)
    known = {attribute.pk for attribute in attributes}
    extra = {each.attribute for by_attribute in ratings for each in by_attribute.values()}
    attributes = [*attributes, *sorted((each for each in extra if each.pk not in known), key=lambda each: each.pk)]
    lines = [SummaryLine(each, [by_attribute.get(each.pk) for by_attribute in ratings]) for each in attributes]
    return Summary(cards, lines, is_blind, [] if is_blind else _waiting(application, user, cards))


def _waiting(application: Application, user: User, cards: Sequence[Scorecard]) -> list[Interviewer]:
    """Whose is still to come, for those who may see evaluations or have seen their own in."""
    if not user.has_perm(EVALUATIONS) and not any(card.user_id == user.pk for card in cards):
        return []
    rows = Interviewer.objects.filter(interview__application=application, interview__state__in=STANDS, answered_at=None)
    return list(rows.select_related("user", "interview__step").order_by("interview__starts_at", "pk"))
