"""The only code that runs a transition of an offer: from the row as it is now, saved, recorded, told.

No event of an offer carries a figure or a sentence somebody wrote: those stay on the offer, for whoever may see it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from funnel.models import Application, Approval, Offer, OfferApproval, OfferState, OfferVersion
from recruiting.accounts.models import User
from recruiting.core import events, words
from recruiting.core.models import Event
from recruiting.core.refused import Refused

COLUMNS = (
    *("state", "version", "asked_at", "approved_at", "extended_at", "expires_on", "warn_at", "miss_at"),
    *("warned_at", "escalated_at", "resolved_at", "resolved_by", "why"),
)
# What the sentences and the clocks read, fetched with the row.
WITH_PEOPLE = ("application__candidate", "application__job__recruiter", "application__owner", "job", "created_by")
NEEDED: dict[type[Model], tuple[str, ...]] = {Offer: WITH_PEOPLE, Application: ("candidate", "job", "step", "owner")}


def demand(by: User | None, permission: str, said: str) -> None:
    """The role allows the verb; sweeps have no role."""
    if by is not None and not by.has_perm(permission):
        raise Refused(said, "not_allowed")


def lock(row: Model) -> Any:
    """The row as it is now; until the transaction ends nobody else changes it. Lock applications before offers.

    Its key stays free: whoever writes rows that point to it, as an exit does to its job, does not wait for us.
    """
    rows = type(row)._default_manager.select_for_update(of=("self",), no_key=True)
    return rows.select_related(*NEEDED.get(type(row), ())).get(pk=row.pk)


def lock_seen(offer: Offer, seen: str | None, at: datetime) -> Offer:
    """The same, refused where the caller looked at something else."""
    now: Offer = lock(offer)
    if seen and seen != seen_of(now):
        raise moved_meanwhile(now, at)
    return now


def seen_of(offer: Offer) -> str:
    """What a page shows of an offer, in short: the second of two people holds another one than the row has."""
    turn = turn_of(offer)
    return f"{offer.state}.{offer.version}.{offer.expires_on or ''}.{turn.pk if turn else ''}"


def turn_of(offer: Offer) -> OfferApproval | None:
    """Whose word is awaited."""
    if offer.state != OfferState.WAITING:
        return None
    waiting = OfferApproval.objects.filter(offer=offer, number=offer.version, state=Approval.WAITING)
    return waiting.select_related("approver").order_by("position").first()


def current_version(offer: Offer) -> OfferVersion:
    return OfferVersion.objects.select_related("by").get(offer=offer, number=offer.version)


def run(
    offer: Offer,
    move: Callable[[], None],
    verb: str,
    *,
    by: User | None,
    at: datetime,
    data: dict[str, Any] | None = None,
) -> Offer:
    """One transition of a locked offer; where the model says no, why not from here."""
    came_from = offer.state
    try:
        move()
        offer.save(update_fields=COLUMNS)
    except (TransitionNotAllowed, ConcurrentTransition) as wrong:
        raise not_from_here(offer, at) from wrong
    tell(offer, verb, by=by, at=at, from_state=came_from, data=data)
    return offer


def tell(
    offer: Offer, verb: str, *, by: User | None, at: datetime, from_state: str = "", data: dict[str, Any] | None = None
) -> Event:
    return events.record(
        verb,
        offer,
        by=by,
        at=at,
        person=offer.application.candidate_id,
        job=offer.job_id,
        from_state=from_state,
        to_state=offer.state if from_state else "",
        data={"application": offer.application_id, "version": offer.version, **(data or {})},
    )


def stop_clock(offer: Offer) -> None:
    offer.warn_at = offer.miss_at = offer.warned_at = offer.escalated_at = None


def not_from_here(offer: Offer, at: datetime) -> Refused:
    """The offer is somewhere else: where it stands, and who brought it there."""
    last = _last_event(offer)
    if last is None or last.by is None:
        said = _("The offer to %(name)s is in the state “%(state)s”; from there this is not possible.")
        return Refused(said % _names(offer), "not_from_here")
    return moved_meanwhile(offer, at)


def moved_meanwhile(offer: Offer, at: datetime) -> Refused:
    """Who changed it, how, and when: the sentence for the second of two people."""
    last = _last_event(offer)
    if last is None or last.by is None:
        return Refused(
            _("The offer to %(name)s changed while you were looking: %(state)s. Nothing was changed.") % _names(offer),
            "moved",
        )
    terms = {
        **_names(offer),
        "who": last.by.name,
        "ago": words.since_then(timezone.localtime(last.at), at, get_language() or "en"),
    }
    sentences = {
        "offer.drafted": _("%(who)s drafted the offer to %(name)s %(ago)s. Nothing was changed."),
        "offer.revised": _("%(who)s changed the terms for %(name)s %(ago)s. Nothing was changed."),
        "offer.approval_asked": _("%(who)s asked for approval of the offer to %(name)s %(ago)s. Nothing was changed."),
        "offer.approved": _("%(who)s approved the offer to %(name)s %(ago)s. Nothing was changed."),
        "offer.approval_refused": _("%(who)s sent the offer to %(name)s back %(ago)s. Nothing was changed."),
        "offer.extended": _("%(who)s extended the offer to %(name)s %(ago)s. Nothing was changed."),
        "offer.accepted": _("%(who)s recorded that %(name)s accepted, %(ago)s. Nothing was changed."),
        "offer.declined": _("%(who)s recorded that %(name)s declined, %(ago)s. Nothing was changed."),
        "offer.rescinded": _("%(who)s rescinded the offer to %(name)s %(ago)s. Nothing was changed."),
    }
    usual = _("%(who)s changed the offer to %(name)s %(ago)s: %(state)s. Nothing was changed.")
    return Refused(sentences.get(last.verb, usual) % terms, "moved")


def _names(offer: Offer) -> dict[str, Any]:
    now = Offer.objects.select_related("application__candidate").get(pk=offer.pk)
    return {"name": now.application.candidate.name, "state": now.get_state_display()}


def _last_event(offer: Offer) -> Event | None:
    told = Event.objects.filter(subject="offer", subject_key=offer.pk).exclude(by=None)
    return told.select_related("by").order_by("-id").first()
