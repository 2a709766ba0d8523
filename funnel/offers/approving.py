"""Approvers are asked in their order, one at a time, each on their own clock; one no sends the offer back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from funnel.models import Application, Approval, Offer, OfferApproval, OfferState
from funnel.offers.approvers import check_approvers, demand_turn
from funnel.offers.changing import COLUMNS, demand, lock, lock_seen, not_from_here, run, tell, turn_of
from funnel.offers.clocks import recruiter_of, start_clock
from funnel.offers.drafting import demand_maker, demand_ready, forget_waiting
from recruiting.accounts.models import User
from recruiting.core.refused import Refused


@transaction.atomic
def ask_approval(
    *, offer: Offer, approvers: Sequence[User], by: User | None, at: datetime, seen: str | None = None
) -> Offer:
    """The terms stand: the first approver is asked. Without one only where the house needs none."""
    demand_maker(by)
    row: Application = lock(offer.application)
    offer = lock_seen(offer, seen, at)
    if offer.state != OfferState.DRAFT:
        raise not_from_here(offer, at)
    demand_ready(row)
    check_approvers(offer, approvers)
    if not approvers:
        if settings.OFFER_NEEDS_APPROVAL:
            raise Refused(_("Name somebody who approves this offer."), "approver")
        return _settle(offer, by, at, {"approver": None})
    last = OfferApproval.objects.filter(offer=offer, number=offer.version).aggregate(last=Max("position"))["last"] or 0
    OfferApproval.objects.bulk_create(
        OfferApproval(offer=offer, number=offer.version, approver=user, position=last + place)
        for place, user in enumerate(approvers, start=1)
    )
    start_clock(offer, approvers[0], at)
    return run(
        offer, lambda: offer.ask(at=at), "offer.approval_asked", by=by, at=at, data=_asked(offer, approvers[0], by)
    )


@transaction.atomic
def approve_offer(*, offer: Offer, by: User, at: datetime, seen: str | None = None) -> Offer:
    """One approver's yes, or their deputy's: the next one is asked; after the last the offer can go out."""
    offer, turn = _at_turn(offer, by, at, seen)
    _answer(turn, Approval.APPROVED, by, at)
    following = turn_of(offer)
    data = {"approver": turn.approver_id, "is_last": following is None}
    if following is None:
        return _settle(offer, by, at, data)
    start_clock(offer, following.approver, at)
    offer.save(update_fields=COLUMNS)
    tell(offer, "offer.approved", by=by, at=at, data=data)
    tell(offer, "offer.approval_asked", by=by, at=at, data=_asked(offer, following.approver, by))
    return offer


@transaction.atomic
def refuse_offer(*, offer: Offer, why: str, by: User, at: datetime, seen: str | None = None) -> Offer:
    """One approver's no, with what would have to change: the offer is a draft again and nobody else is asked."""
    offer, turn = _at_turn(offer, by, at, seen)
    if not why.strip():
        raise Refused(_("Say what would have to change."), "why")
    _answer(turn, Approval.REFUSED, by, at, why.strip()[:300])
    forget_waiting(offer)
    recruiter = recruiter_of(offer)
    start_clock(offer, None, at)
    data = {"approver": turn.approver_id, "to_user": recruiter.pk if recruiter else None}
    return run(offer, lambda: offer.revise(at=at), "offer.approval_refused", by=by, at=at, data=data)


def _at_turn(offer: Offer, by: User, at: datetime, seen: str | None) -> tuple[Offer, OfferApproval]:
    demand(by, "funnel.approve_offer", _("Your role does not approve offers."))
    offer = lock_seen(offer, seen, at)
    turn = turn_of(offer)
    if turn is None:
        raise not_from_here(offer, at)
    demand_turn(offer, turn, by, at)
    return offer, turn


def _answer(turn: OfferApproval, state: Approval, by: User, at: datetime, why: str = "") -> None:
    """`by` is a deputy where it is not the approver."""
    turn.state, turn.by, turn.at, turn.why = state, by, at, why
    turn.save(update_fields=["state", "by", "at", "why"])


def _settle(offer: Offer, by: User | None, at: datetime, data: Mapping[str, object]) -> Offer:
    """Nobody else is asked: it is the recruiter's turn."""
    recruiter = recruiter_of(offer)
    start_clock(offer, recruiter, at)
    told = {**data, "is_last": True, "to_user": recruiter.pk if recruiter else None, "due": _due(offer)}
    return run(offer, lambda: offer.approve(at=at), "offer.approved", by=by, at=at, data=told)


def _asked(offer: Offer, whose: User, by: User | None) -> dict[str, object]:
    return {"to_user": whose.pk, "from_user": by.pk if by else None, "due": _due(offer)}


def _due(offer: Offer) -> str:
    return offer.miss_at.isoformat() if offer.miss_at else ""
