"""They said no to an offer: the answer and the exit it leads to are one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from funnel.models import Offer
from funnel.offers.answering import mark_declined
from recruiting.accounts.models import User
from recruiting.core.refused import Refused
from recycling.leaving import ExitOrder, exit_application
from recycling.models import Exit, ExitReason
from recycling.models.exits import Side

# What people who decline an offer usually decline it for, in the order the dialog offers it.
FITTING = (
    *("terms.pay", "interest.other_offer", "interest.stayed", "terms.place", "terms.hours", "decision.household"),
    *("timing.start_date", "timing.notice", "interest.role", "interest.withdrew"),
)


@transaction.atomic
def decline_offer(
    *,
    offer: Offer,
    order: ExitOrder,
    by: User | None,
    at: datetime,
    seen: str | None = None,
    seen_version: int | None = None,
) -> Exit:
    """The offer is declined and the person leaves for their own reason. Undoing the exit puts the offer out again."""
    if order.decided_side != Side.THEY:
        raise Refused(_("Who declines an offer decides it themselves. What we take back is rescinded."), "side")
    offer = mark_declined(offer=offer, why=order.reason.key, by=by, at=at, seen=seen)
    return exit_application(application=offer.application, order=order, by=by, at=at, seen_version=seen_version)


def fitting_first(reasons: Sequence[ExitReason]) -> list[ExitReason]:
    """The reasons of somebody who declines, the usual ones first."""
    places = {key: place for place, key in enumerate(FITTING)}
    return sorted(reasons, key=lambda reason: places.get(reason.key, len(FITTING)))
