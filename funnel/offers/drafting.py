"""Terms are drafted and changed; each change is a version, and needs approval anew."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from funnel.models import OPEN_OFFER, Application, Approval, Offer, OfferApproval, OfferState, OfferVersion, Outcome
from funnel.models.offers import MAKE_OFFER
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
from funnel.offers.terms import Terms, changed, check, is_outside_band
from recruiting.accounts.models import User
from recruiting.core.days import day_of
from recruiting.core.refused import Refused
from recruiting.jobs.models import JobState
from recruiting.jobs.stages import Stage


@transaction.atomic
def draft_offer(*, application: Application, terms: Terms, by: User | None, at: datetime) -> Offer:
    """The first version, for an active application in stage hire. Pay outside the job's band is allowed, and noted."""
    demand_maker(by)
    row: Application = lock(application)
    demand_ready(row)
    standing = Offer.objects.unanswered().filter(application=row).first()
    if standing is not None:
        said = _("%(name)s has an open offer already: %(state)s.")
        raise Refused(said % {"name": row.candidate.name, "state": standing.get_state_display()}, "open_offer")
    check(terms, day_of(at))
    offer = Offer.objects.create(application=row, job=row.job, created_by=by, created_at=at)
    _write(offer, terms, by, at)
    tell(offer, "offer.drafted", by=by, at=at, data={"outside_band": is_outside_band(row.job, terms)})
    return offer


@transaction.atomic
def revise_offer(*, offer: Offer, terms: Terms, by: User | None, at: datetime, seen: str | None = None) -> Offer:
    """Other terms are a new version in draft, whatever was approved or extended before: approval starts anew.

    The same terms again take an offer back to draft as it is, so that other approvers can be asked; a draft they
    leave as it is.
    """
    demand_maker(by)
    row: Application = lock(offer.application)
    offer = lock_seen(offer, seen, at)
    if offer.state not in OPEN_OFFER:
        raise not_from_here(offer, at)
    demand_ready(row)
    is_other = bool(changed(current_version(offer), terms))
    if not is_other and offer.state == OfferState.DRAFT:
        return offer
    if is_other:
        check(terms, day_of(at))
    return _back_to_draft(offer, terms if is_other else None, by, at)


def _back_to_draft(offer: Offer, terms: Terms | None, by: User | None, at: datetime) -> Offer:
    forget_waiting(offer)
    came_from = offer.state
    if terms is not None:
        offer.version += 1
        _write(offer, terms, by, at)
    outside = is_outside_band(offer.job, terms or current_version(offer))
    data = {"outside_band": outside, "was": came_from, "is_other": terms is not None}
    if came_from == OfferState.DRAFT:
        offer.save(update_fields=COLUMNS)
        tell(offer, "offer.revised", by=by, at=at, data=data)
        return offer
    stop_clock(offer)
    offer.expires_on = None
    return run(offer, lambda: offer.revise(at=at), "offer.revised", by=by, at=at, data=data)


def forget_waiting(offer: Offer) -> None:
    """Nobody is asked about these terms any more; the words given stay."""
    OfferApproval.objects.filter(offer=offer, state=Approval.WAITING).delete()


def _write(offer: Offer, terms: Terms, by: User | None, at: datetime) -> OfferVersion:
    return OfferVersion.objects.create(offer=offer, number=offer.version, at=at, by=by, **terms.columns())


def demand_maker(by: User | None) -> None:
    demand(by, MAKE_OFFER, _("Your role does not make offers."))


def demand_ready(application: Application) -> None:
    """An offer is made to somebody who was chosen, and to nobody who waits or has left."""
    names = {"name": application.candidate.name, "stage": application.get_stage_display()}
    if application.outcome == Outcome.ON_HOLD:
        raise Refused(_("%(name)s is on hold. Resume first.") % names, "not_allowed")
    if application.outcome != Outcome.ACTIVE:
        raise Refused(_("%(name)s is no longer in this funnel, so there is nothing to offer.") % names, "not_allowed")
    if application.stage != Stage.HIRE:
        said = _("%(name)s stands in %(stage)s. An offer is made once they have been chosen.")
        raise Refused(said % names, "not_allowed")
    if application.job.state != JobState.OPEN:
        terms = {"job": application.job.title, "state": application.job.get_state_display()}
        raise Refused(_("“%(job)s” is not open: %(state)s. No offer can be made for it.") % terms, "not_allowed")
