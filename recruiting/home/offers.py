"""Offers on somebody's desk: those that wait for their word, and their own next steps. Never a figure of pay."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from funnel.models import Offer, OfferState
from funnel.offers import selectors
from recruiting.accounts.models import User
from recruiting.core.days import day_of
from recruiting.home.lines import WEEK, Line
from recruiting.home.recruiters import MOST, link


def approvals_waiting(user: User, at: datetime) -> list[Line]:
    said = _("An offer waits for your approval · %(job)s")
    return [
        _line(offer, said % {"job": offer.job}, _("Look"), at) for offer in selectors.approvals_waiting(user, at)[:MOST]
    ]


def offers_to_act_on(user: User, at: datetime) -> list[Line]:
    return [
        _line(offer, _step(offer) % {"job": offer.job}, _("Go on"), at)
        for offer in selectors.offers_to_act_on(user, at)[:MOST]
    ]


def _step(offer: Offer) -> str:
    sentences = {
        OfferState.DRAFT: _("The offer is drafted: ask for approval · %(job)s"),
        OfferState.APPROVED: _("The offer is approved: make it · %(job)s"),
        OfferState.EXTENDED: _("The offer waits for their answer · %(job)s"),
        OfferState.EXPIRED: _("The offer ran out: a new one, or let them go · %(job)s"),
    }
    return sentences[OfferState(offer.state)]


def _line(offer: Offer, said: str, verb: str, at: datetime) -> Line:
    due_on = offer.expires_on if offer.state == OfferState.EXTENDED else None
    due_on = due_on or (day_of(offer.miss_at) if offer.miss_at else day_of(at))
    return Line(
        "file-pen",
        said,
        link("funnel:offer", offer.application_id),
        verb,
        min(due_on, day_of(at) + WEEK),
        person=offer.application.candidate,
        due_at=offer.miss_at if offer.state != OfferState.EXTENDED else None,
    )
