"""The clock of the side whose turn it is: an approver's, then the recruiter's until the offer is out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from funnel.models import Offer, OfferState, Outcome
from funnel.offers.changing import WITH_PEOPLE, tell, turn_of
from recruiting.accounts.calendars import after, shifted
from recruiting.accounts.hours import hours_of
from recruiting.accounts.models import User

TICKING = (OfferState.WAITING, OfferState.APPROVED)


def start_clock(offer: Offer, whose: User | None, at: datetime) -> None:
    """Set when this side is reminded and when it is late, in its own working hours. The caller saves the offer."""
    offer.warned_at = offer.escalated_at = offer.warn_at = offer.miss_at = None
    if whose is not None:
        hours = hours_of(whose, at)
        offer.warn_at, offer.miss_at = (after(hours, at, each * 60) for each in settings.OFFER_HOURS)


def recruiter_of(offer: Offer) -> User | None:
    """Who brings the offer to the person: whoever owns the card, else the job's recruiter, else who drafted it."""
    application = offer.application
    return application.owner or application.job.recruiter or offer.created_by


def remind(at: datetime, limit: int = 500) -> int:
    """Warn and miss, once each for whoever's turn it is. Late, doubled and parallel runs say nothing twice."""
    late = _ticking().filter(miss_at__lte=at, escalated_at=None)
    near = _ticking().filter(warn_at__lte=at, miss_at__gt=at, warned_at=None)
    said = 0
    for offer in late.order_by("miss_at")[:limit]:
        said += _once(offer, "offer.missed", {"escalated_at": None}, {"escalated_at": at, "warned_at": at}, at)
    for offer in near.order_by("warn_at")[:limit]:
        said += _once(offer, "offer.warned", {"warned_at": None}, {"warned_at": at}, at)
    return said


def go_on(stopped: Mapping[int, datetime], at: datetime) -> None:
    """The clocks of these applications' offers stood still since the moment named; what was left of them is left."""
    rows = _ticking().filter(application__in=stopped, miss_at__isnull=False)
    for offer in rows.order_by("pk").select_for_update(of=("self",), no_key=True):
        turn, since = turn_of(offer), stopped[offer.application_id]
        whose = turn.approver if turn else recruiter_of(offer)
        if whose is not None and offer.warn_at and offer.miss_at:
            hours = hours_of(whose, since)
            due = {name: shifted(hours, since, getattr(offer, name), at) for name in ("warn_at", "miss_at")}
            Offer.objects.filter(pk=offer.pk).update(**due)


def _ticking() -> QuerySet[Offer]:
    """Held applications wait: their offers' clocks say nothing until they go on."""
    rows = Offer.objects.filter(state__in=TICKING, application__outcome=Outcome.ACTIVE)
    return rows.select_related(*WITH_PEOPLE)


@transaction.atomic
def _once(offer: Offer, verb: str, before: dict[str, None], after_: dict[str, datetime], at: datetime) -> int:
    """The UPDATE claims: whoever changed the row tells it."""
    same = Offer.objects.filter(pk=offer.pk, state=offer.state, version=offer.version, miss_at=offer.miss_at, **before)
    if not same.update(**after_):
        return 0
    turn = turn_of(offer)
    whose = turn.approver if turn else recruiter_of(offer)
    due = offer.miss_at.isoformat() if offer.miss_at else ""
    data = {"to_user": whose.pk if whose else None, "recruiter": _key(recruiter_of(offer)), "due": due}
    tell(offer, verb, by=None, at=at, data={**data, "is_approval": turn is not None})
    return 1


def _key(user: User | None) -> int | None:
    return user.pk if user else None
