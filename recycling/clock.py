"""What only the calendar brings: a snoozed card wakes, and who does not answer rests again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from recruiting.core.days import day_of, plus_months
from recruiting.core.refused import Refused
from recycling.models import Proposal, ProposalState
from recycling.transitions import run_transition

APPROACHES = 2
LIMIT = 500


def wake_snoozed(at: datetime) -> int:
    """Every snoozed card whose day has come, overdue ones too, is open again."""
    due = Proposal.objects.filter(state=ProposalState.SNOOZED, snoozed_until__lte=day_of(at)).order_by("snoozed_until")
    return sum(_wake(proposal, at) for proposal in due[:LIMIT])


def let_unanswered_rest(at: datetime) -> int:
    """Two approaches and no answer for thirty days: they rest again, for six months."""
    silent = Proposal.objects.filter(
        state=ProposalState.ACCEPTED,
        times_asked__gte=APPROACHES,
        answered_at=None,
        asked_at__lte=at - timedelta(days=settings.UNANSWERED_DAYS),
    ).select_related("entry__left")
    return sum(_let_rest(proposal, at) for proposal in silent.order_by("asked_at")[:LIMIT])


@transaction.atomic
def _wake(proposal: Proposal, at: datetime) -> int:
    try:
        run_transition(subject=proposal, verb="wake", by=None, at=at)
    except Refused:  # somebody decided it meanwhile
        return 0
    return 1


@transaction.atomic
def _let_rest(proposal: Proposal, at: datetime) -> int:
    until = plus_months(day_of(at), settings.UNANSWERED_REST_MONTHS)
    try:
        run_transition(subject=proposal.entry, verb="rest_again", by=None, at=at, why="unanswered", until=until)
        run_transition(subject=proposal, verb="unanswered", by=None, at=at)
    except Refused:
        transaction.set_rollback(True)
        return 0
    return 1
