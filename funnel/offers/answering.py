"""The offer goes out and is answered: accepted hires, declined is recycling's, else it runs out or we take it back."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from funnel.models import Application, Offer, OfferState
from funnel.offers.changing import (
    COLUMNS,
    current_version,
    demand,
    lock,
    lock_seen,
    not_from_here,
    run,
    stop_clock,
    tell,
)
from funnel.offers.drafting import demand_maker, demand_ready
from funnel.offers.ending import take_back
from funnel.services.hiring import hire_application
from recruiting.accounts.models import User
from recruiting.core import words
from recruiting.core.days import day_of, plus_days
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job

LONGEST_ANSWER_DAYS = 366  # a slip of the year, not a rule of the trade


def usual_end(at: datetime) -> date:
    """Until when people usually have to answer an offer that goes out now."""
    return plus_days(day_of(at), settings.OFFER_ANSWER_DAYS)


@transaction.atomic
def extend_offer(
    *, offer: Offer, by: User | None, at: datetime, expires_on: date | None = None, seen: str | None = None
) -> Offer:
    """The person has it, and until when to answer. An offer that is out already gets more days."""
    demand_maker(by)
    row: Application = lock(offer.application)
    offer = lock_seen(offer, seen, at)
    until = expires_on or usual_end(at)
    if until < day_of(at):
        raise Refused(_("The last day to answer cannot lie in the past."), "expires_on")
    if until > plus_days(day_of(at), LONGEST_ANSWER_DAYS):
        raise Refused(_("Nobody waits more than a year for an answer. Look at the year."), "expires_on")
    if offer.state == OfferState.EXTENDED:
        return _prolong(offer, until, by, at)
    if offer.state in (OfferState.DRAFT, OfferState.WAITING):
        said = _("The offer to %(name)s is not approved yet.")
        raise Refused(said % {"name": row.candidate.name}, "not_approved")
    if offer.state == OfferState.APPROVED:
        demand_ready(row)
    offer.expires_on = until
    stop_clock(offer)
    return run(offer, lambda: offer.extend(at=at), "offer.extended", by=by, at=at, data={"until": str(until)})


def _prolong(offer: Offer, until: date, by: User | None, at: datetime) -> Offer:
    if offer.expires_on is not None and until <= offer.expires_on:
        raise Refused(_("They have until then already. Name a later day."), "expires_on")
    offer.expires_on = until
    offer.save(update_fields=COLUMNS)
    tell(offer, "offer.extended", by=by, at=at, data={"until": str(until), "is_longer": True})
    return offer


@transaction.atomic
def accept_offer(*, offer: Offer, by: User | None, at: datetime, seen: str | None = None) -> Offer:
    """They said yes: an opening is filled and they work here from the day the offer names, in one transaction."""
    demand(by, "funnel.hire_application", _("Your role does not hire."))
    lock(Job(pk=offer.job_id))  # a hire locks the job before the card, as its closing does
    row: Application = lock(offer.application)
    offer = lock_seen(offer, seen, at)
    if offer.state != OfferState.EXTENDED:
        raise not_from_here(offer, at)
    demand_ready(row)
    if offer.expires_on is not None and offer.expires_on < day_of(at):
        terms = {"name": row.candidate.name, "day": words.full_day(offer.expires_on, get_language() or "en")}
        raise Refused(_("The offer to %(name)s ran out on %(day)s. Give more days first.") % terms, "expired")
    run(offer, lambda: offer.accept(by=by, at=at), "offer.accepted", by=by, at=at)
    hire_application(application=row, starts_on=current_version(offer).starts_on, by=by, at=at)
    return offer


@transaction.atomic
def mark_declined(*, offer: Offer, why: str, by: User | None, at: datetime, seen: str | None = None) -> Offer:
    """They said no. Only recycling calls this, with the exit that follows from it. `why` is the reason's key."""
    lock(offer.application)
    offer = lock_seen(offer, seen, at)
    run(offer, lambda: offer.decline(by=by, at=at, why=why), "offer.declined", by=by, at=at, data={"reason": why})
    return offer


@transaction.atomic
def rescind_offer(*, offer: Offer, why: str, by: User | None, at: datetime, seen: str | None = None) -> Offer:
    """We take it back, and say why. The person stays where they stand."""
    demand_maker(by)
    offer = lock_seen(offer, seen, at)
    if not why.strip():
        raise Refused(_("Say why the offer is taken back."), "why")
    return take_back(offer, by=by, at=at, why=why)


def expire_offers(at: datetime, limit: int = 500) -> int:
    """What was not answered by its day runs out at the first moment of the next. Harmless late or doubled."""
    due = Offer.objects.filter(state=OfferState.EXTENDED, expires_on__lt=day_of(at))  # offers_to_expire
    return sum(expire(offer=offer, at=at) for offer in due.order_by("expires_on", "pk")[:limit])


@transaction.atomic
def expire(*, offer: Offer, at: datetime) -> bool:
    """One offer runs out, if it still may; False where somebody was quicker."""
    offer = lock(offer)
    if offer.state != OfferState.EXTENDED or offer.expires_on is None or offer.expires_on >= day_of(at):
        return False
    run(offer, lambda: offer.expire(at=at), "offer.expired", by=None, at=at)
    return True
