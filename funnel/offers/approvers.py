"""Who approves an offer: whom to ask, and who may answer for whom."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from funnel.handoffs.receivers import last_resort
from funnel.models import Approval, Offer, OfferApproval, OfferState
from funnel.offers.changing import current_version
from recruiting.accounts.models import Absence, User
from recruiting.accounts.roles import PERMISSIONS, SEES_EVERYBODY
from recruiting.core.days import day_of
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, JobSeat, Seat

APPROVE_OFFER = "funnel.approve_offer"
TWICE = timedelta(minutes=1)  # two presses of one thumb on a slow line
_ROLES = [role for role, allowed in PERMISSIONS.items() if APPROVE_OFFER in allowed]


def possible_approvers(job: Job, drafters: Sequence[int | None] = ()) -> list[User]:
    """Whoever may approve offers and sees this job, except who wrote the terms."""
    seated = JobSeat.objects.filter(job=job, until=None).values("user")
    users = User.objects.filter(is_active=True, role__in=_ROLES).exclude(pk__in=[key for key in drafters if key])
    return list(users.filter(role__in=SEES_EVERYBODY) | users.filter(pk__in=seated))


def proposed_approvers(job: Job, drafters: Sequence[int | None], at: datetime) -> list[User]:
    """The job's approvers in the order they were seated, else its hiring managers, else a recruiting lead."""
    possible = {user.pk: user for user in possible_approvers(job, drafters)}
    for seat in (Seat.APPROVER, Seat.HIRING_MANAGER):
        held = JobSeat.objects.filter(job=job, seat=seat, until=None, deputy_for=None).order_by("since", "id")
        found = [possible[key] for key in held.values_list("user", flat=True) if key in possible]
        if found:
            return found
    lead = last_resort(at) if possible else None
    return [possible[lead.pk]] if lead is not None and lead.pk in possible else list(possible.values())[:1]


def drafters_of(offer: Offer) -> list[int | None]:
    """Who wrote this offer: whoever began it and whoever wrote the terms that stand."""
    return [offer.created_by_id, current_version(offer).by_id]


def check_approvers(offer: Offer, approvers: Sequence[User]) -> None:
    """Each once, each allowed to, nobody their own."""
    drafters, possible = drafters_of(offer), {user.pk for user in possible_approvers(offer.job)}
    for user in approvers:
        if user.pk in drafters:
            raise Refused(_own() % {"name": user.name}, "own_offer")
        if user.pk not in possible:
            said = _("%(name)s cannot approve offers for this job: their role does not, or they hold no seat on it.")
            raise Refused(said % {"name": user.name}, "approver")
    if len({user.pk for user in approvers}) != len(approvers):
        raise Refused(_("Name each approver once."), "approver")


def stands_in(user: User, turn: OfferApproval, at: datetime) -> bool:
    """Whether somebody answers for the approver: as a deputy on a seat of the job, or named for their absence."""
    deputy = JobSeat.objects.filter(job=turn.offer.job_id, user=user, until=None, deputy_for=turn.approver_id)
    away = Absence.objects.on(day_of(at)).filter(user=turn.approver_id, deputy=user)
    return deputy.exists() or away.exists()


def may_answer(offer: Offer, turn: OfferApproval | None, user: User, at: datetime) -> bool:
    """Whether this person's word is the one awaited, in their own name or for the approver."""
    if turn is None or not user.has_perm(APPROVE_OFFER) or user.pk in drafters_of(offer):
        return False
    return turn.approver_id == user.pk or stands_in(user, turn, at)


def approved_just_now(offer: Offer, user: User, at: datetime) -> bool:
    """A thumb that pressed twice: this person's yes is the last word given, and the offer still stands on it."""
    given = OfferApproval.objects.filter(offer=offer, number=offer.version, at__gt=at - TWICE).order_by("position")
    last = given.last()
    is_theirs = last is not None and last.state == Approval.APPROVED and last.by_id == user.pk
    return is_theirs and offer.state in (OfferState.WAITING, OfferState.APPROVED)


def demand_turn(offer: Offer, turn: OfferApproval, user: User, at: datetime) -> None:
    """Why this person's word does not count now, in a whole sentence."""
    if user.pk in drafters_of(offer):
        raise Refused(_own() % {"name": user.name}, "own_offer")
    if not may_answer(offer, turn, user, at):
        said = _("The offer to %(person)s waits for %(name)s, not for you.")
        terms = {"person": offer.application.candidate.name, "name": turn.approver.name}
        raise Refused(said % terms, "not_your_turn")


def _own() -> str:
    return _("%(name)s wrote these terms, and nobody approves an offer of their own.")
