"""Offers in every state, reached through the services."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from funnel.models import Application, Offer
from funnel.offers import answering, approving, drafting
from funnel.offers.terms import Terms
from recruiting.accounts.models import User
from recruiting.jobs.models import Job, Seat
from recruiting.jobs.services import seat_user
from tests.builders import MONDAY, an_approver
from tests.builders_funnel import an_application
from tests.builders_jobs import an_open_job

STARTS = date(2027, 2, 1)
BAND = {"band_min": Decimal(8_000_000), "band_max": Decimal(11_500_000)}


def the_terms(amount: int = 9_800_000, **more: Any) -> Terms:
    return Terms(amount=Decimal(amount), **{"starts_on": STARTS, "place": "Tokyo", **more})


def a_job_with_band(*approvers: User, **more: Any) -> Job:
    """An open job with a pay band, its approvers seated in this order."""
    job = an_open_job(**{**BAND, **more})
    for user in approvers:
        seat_user(job=job, user=user, seat=Seat.APPROVER, by=None, at=MONDAY)
    return job


def a_chosen_person(*approvers: User, by: User, job: Job | None = None, **more: Any) -> Application:
    """Somebody in stage hire, for a job with these approvers."""
    return an_application(
        through="hire", by=by, job=job or a_job_with_band(*approvers, recruiter=by), days_each=0, **more
    )


def a_drafted_offer(
    *, by: User, application: Application | None = None, at: datetime = MONDAY, terms: Terms | None = None
) -> Offer:
    application = application or a_chosen_person(an_approver(), by=by)
    return drafting.draft_offer(application=application, terms=terms or the_terms(), by=by, at=at)


def a_waiting_offer(*, by: User, approvers: Sequence[User], at: datetime = MONDAY, **more: Any) -> Offer:
    """Asked about: the first of these has the word."""
    more.setdefault("application", a_chosen_person(*approvers, by=by))
    offer = a_drafted_offer(by=by, at=at, **more)
    return approving.ask_approval(offer=offer, approvers=approvers, by=by, at=at)


def an_approved_offer(*, by: User, approvers: Sequence[User] = (), at: datetime = MONDAY, **more: Any) -> Offer:
    approvers = approvers or [an_approver()]
    offer = a_waiting_offer(by=by, approvers=approvers, at=at, **more)
    for user in approvers:
        offer = approving.approve_offer(offer=offer, by=user, at=at)
    return offer


def an_extended_offer(*, by: User, at: datetime = MONDAY, expires_on: date | None = None, **more: Any) -> Offer:
    """Out, to be answered within a week of Monday."""
    offer = an_approved_offer(by=by, at=at, **more)
    return answering.extend_offer(offer=offer, by=by, at=at, expires_on=expires_on)


def an_offer_in(state: str, *, by: User, approver: User, job: Job | None = None) -> Offer:
    """An offer in any state that the funnel alone can bring it to; declined without the exit that goes with it."""
    application = a_chosen_person(approver, by=by, job=job)
    terms: dict[str, Any] = {"by": by, "application": application}
    if state == "draft":
        return a_drafted_offer(**terms)
    if state == "waiting":
        return a_waiting_offer(approvers=[approver], **terms)
    if state == "approved":
        return an_approved_offer(approvers=[approver], **terms)
    offer = an_extended_offer(approvers=[approver], **terms)
    if state == "accepted":
        return answering.accept_offer(offer=offer, by=by, at=MONDAY)
    if state == "declined":
        return answering.mark_declined(offer=offer, why="terms.pay", by=by, at=MONDAY)
    if state == "rescinded":
        return answering.rescind_offer(offer=offer, why="The budget is gone", by=by, at=MONDAY)
    if state == "expired":
        answering.expire_offers(datetime.fromisoformat("2026-11-10T00:00:00+09:00"))
        return Offer.objects.get(pk=offer.pk)
    return offer
