"""Forgotten cards: nothing moved, nobody was in touch, nothing is planned, and nobody noticed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from funnel.models import Application, Handoff, HandoffState, Interview, InterviewState, Offer, OfferState, Outcome
from recruiting.accounts.models import User
from recruiting.core.days import day_of
from recruiting.jobs.stages import Stage

WITH_SOMEBODY = (OfferState.WAITING, OfferState.APPROVED, OfferState.EXTENDED)  # an offer whose own clock runs


def forgotten_cards(rows: QuerySet[Application], at: datetime) -> QuerySet[Application]:
    """Active cards without movement, hold or contact for too long (sooner in interview), and with nothing to come.

    A handoff that is offered or was answered, an interview that is planned or took place and an offer under way are
    movement; so is a next action whose day has not passed.
    """
    long_ago, soon = (
        at - timedelta(days=settings.FORGOTTEN_DAYS),
        at - timedelta(days=settings.FORGOTTEN_IN_INTERVIEW_DAYS),
    )
    quiet = ~Q(stage=Stage.INTERVIEW) & _quiet_since(long_ago) | Q(stage=Stage.INTERVIEW) & _quiet_since(soon)
    under_way = Offer.objects.filter(application=OuterRef("pk"), state__in=WITH_SOMEBODY)
    return rows.filter(
        quiet,
        Q(next_action_on=None) | Q(next_action_on__lt=day_of(at)),
        ~Exists(under_way),
        outcome=Outcome.ACTIVE,
        last_moved_at__lt=max(long_ago, soon),  # quiet_cards
    )


def forgotten_by(user: User, at: datetime) -> QuerySet[Application]:
    """The forgotten cards of one owner."""
    return forgotten_cards(Application.objects.filter(owner=user), at)


def _quiet_since(limit: datetime) -> Q:
    card = OuterRef("pk")
    touched = Q(offered_at__gte=limit) | Q(answered_at__gte=limit) | Q(state=HandoffState.OFFERED)
    handoffs = Handoff.objects.filter(touched, application=card)
    meetings = Interview.objects.filter(application=card, starts_at__gte=limit).exclude(state=InterviewState.CANCELLED)
    contact = Q(candidate__last_contact_at=None) | Q(candidate__last_contact_at__lt=limit)
    return Q(last_moved_at__lt=limit) & contact & ~Exists(handoffs) & ~Exists(meetings)
