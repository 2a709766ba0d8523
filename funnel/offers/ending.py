"""What becomes of an offer when the person leaves by another way, and when that is undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from funnel.models import Application, Approval, Offer, OfferApproval, OfferState
from funnel.models.offers import VIEW_OFFER
from funnel.offers.changing import lock, run, stop_clock
from recruiting.accounts.models import User
from recruiting.core import words
from recruiting.core.days import day_of
from recruiting.core.refused import Refused

Because = Literal["left", "stage"]
# Why an offer nobody had seen was taken back by itself; what a person wrote stands as they wrote it.
BECAUSE = {
    "left": _lazy("They left the funnel before it was extended."),
    "stage": _lazy("They went back to an earlier stage before it was extended."),
}


@transaction.atomic
def end_offers(*, applications: Collection[Application], by: User | None, at: datetime, because: Because) -> int:
    """Offers nobody has seen yet are rescinded with the move; one that is out must be answered or rescinded first."""
    rows = Offer.objects.unanswered().filter(application__in=[row.pk for row in applications])
    open_ones = list(
        rows.select_related("application__candidate").order_by("pk").select_for_update(of=("self",), no_key=True)
    )
    refuse_unanswered([each for each in open_ones if each.state == OfferState.EXTENDED], by)
    for offer in open_ones:
        take_back(offer, by=by, at=at, why=because)
    return len(open_ones)


def take_back(offer: Offer, *, by: User | None, at: datetime, why: str) -> Offer:
    """Rescind a locked offer: nobody is asked about it any more. `why` is a sentence, or a key of BECAUSE."""
    OfferApproval.objects.filter(offer=offer, state=Approval.WAITING).delete()
    stop_clock(offer)
    data = {"because": why if why in BECAUSE else "rescinded"}
    return run(offer, lambda: offer.rescind(by=by, at=at, why=why.strip()), "offer.rescinded", by=by, at=at, data=data)


def refuse_unanswered(offers: Iterable[Offer], by: User | None) -> None:
    """Name everybody who still has to answer."""
    names = [offer.application.candidate.name for offer in offers]
    if names:
        raise Refused(say_unanswered(names, by), "offer_open")


def say_unanswered(names: Sequence[str], by: User | None) -> str:
    """Why these stay. Whoever may not know of offers is told whose it is to decide, and nothing else."""
    terms = {"names": words.listed(names, get_language() or "en")}
    if by is not None and not by.has_perm(VIEW_OFFER):
        return _("This is for the job’s recruiter to decide now: %(names)s.") % terms
    return _("An offer waits for an answer: %(names)s. Record the answer, or rescind the offer first.") % terms


def with_unanswered(keys: Collection[int]) -> set[int]:
    """Which of these applications have an offer out: for bulk verbs that leave some where they stand."""
    rows = Offer.objects.filter(application__in=keys, state=OfferState.EXTENDED)
    return set(rows.values_list("application", flat=True))


def refuse_open_offer(application: Application) -> None:
    """A hire beside an open offer would leave it open for ever: it goes through the offer."""
    if Offer.objects.unanswered().filter(application=application).exists():
        said = _("%(name)s has an open offer. Record there that they accepted, or rescind it first.")
        raise Refused(said % {"name": application.candidate.name}, "offer_open")


@transaction.atomic
def reopen_declined(*, application: Application, ended_at: datetime | None, by: User | None, at: datetime) -> None:
    """The exit that declined it was a mistake: the offer is out again, while its days last."""
    found = Offer.objects.filter(application=application, state=OfferState.DECLINED, resolved_at=ended_at).first()
    if ended_at is None or found is None or found.expires_on is None or found.expires_on < day_of(at):
        return
    offer = lock(found)
    run(offer, offer.reopen, "offer.extended", by=by, at=at, data={"is_again": True})
