"""One candidate's way through one job: the application, its visits, and how it crosses the borders."""

from __future__ import annotations

from funnel.models.applications import LIVE, Application, ApplicationQuerySet, Outcome
from funnel.models.contracts import Contract
from funnel.models.handoffs import Handoff, HandoffState
from funnel.models.interviews import (
    Interview,
    Interviewer,
    InterviewState,
    Overall,
    Rating,
    SchedulingClock,
    Scorecard,
    ScorecardVersion,
)
from funnel.models.offers import OPEN_OFFER, Approval, Offer, OfferApproval, OfferState, OfferVersion
from funnel.models.visits import Ended, Visit

__all__ = [
    "LIVE",
    "OPEN_OFFER",
    "Application",
    "ApplicationQuerySet",
    "Approval",
    "Contract",
    "Ended",
    "Handoff",
    "HandoffState",
    "Interview",
    "InterviewState",
    "Interviewer",
    "Offer",
    "OfferApproval",
    "OfferState",
    "OfferVersion",
    "Outcome",
    "Overall",
    "Rating",
    "SchedulingClock",
    "Scorecard",
    "ScorecardVersion",
    "Visit",
]
