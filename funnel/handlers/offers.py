"""What people are told of offers. No pay is in any of it, nor what an approver wrote: that stands on the offer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from funnel import notice_kinds as kinds
from funnel.models import Offer, OfferState
from funnel.models.offers import VIEW_OFFER
from funnel.telling import Fact, fact_of, managers_of, tell, user_of
from recruiting.accounts.models import User
from recruiting.core.models import OutboxMessage
from recruiting.core.outbox import handler
from recruiting.notices.kinds import Kind
from recruiting.notices.services import settle


def _about_offer(fact: Fact, users: Iterable[User | None], kind: Kind, **about: Any) -> None:
    """It leads to the offer, for whoever may not see offers to the job's board."""
    for user in users:
        may_see = user is not None and user.has_perm(VIEW_OFFER)
        name, key = ("funnel:offer", fact.application.pk) if may_see else ("funnel:board", fact.application.job_id)
        tell(fact, [user], kind, subject=f"offer:{fact.payload['key']}", path=reverse(name, args=[key]), **about)


def _state_of(fact: Fact) -> str:
    return str(Offer.objects.filter(pk=fact.payload["key"]).values_list("state", flat=True).first() or "")


@handler("offer.approval_asked")
def an_offer_waits_for_approval(message: OutboxMessage) -> None:
    fact = fact_of(message)
    if fact and _state_of(fact) == OfferState.WAITING:
        _about_offer(fact, [user_of(fact.payload.get("to_user"))], kinds.APPROVAL_ASKED)


@handler("offer.approved", "offer.approval_refused", "offer.rescinded", "offer.revised")
def an_approver_answered(message: OutboxMessage) -> None:
    fact = fact_of(message)
    if not fact:
        return
    _settle_offer(fact, message.payload.get("approver"))
    to = user_of(message.payload.get("to_user"))
    if message.topic == "offer.approved" and message.payload.get("is_last"):
        _about_offer(fact, [to], kinds.APPROVED)
    elif message.topic == "offer.approval_refused":
        _about_offer(fact, [to], kinds.REFUSED)


def _settle_offer(fact: Fact, approver: int | None) -> None:
    """The word is given, or no longer awaited: of this approver, else of everybody."""
    done = [kinds.APPROVAL_ASKED.key, kinds.OFFER_CLOCK.key]
    person, subject = fact.event.person or fact.application.candidate_id, f"offer:{fact.payload['key']}"
    settle(person=person, subject=subject, kinds=done, at=fact.event.at, user=user_of(approver))


@handler("offer.warned", "offer.missed")
def an_offer_waits_too_long(message: OutboxMessage) -> None:
    fact = fact_of(message)
    if not fact or _state_of(fact) not in (OfferState.WAITING, OfferState.APPROVED):
        return
    whose, is_missed = user_of(fact.payload.get("to_user")), message.topic == "offer.missed"
    what = "approval" if fact.payload.get("is_approval") else "extend"
    _about_offer(fact, [whose], kinds.OFFER_CLOCK, what=what, is_missed=is_missed)
    recruiter = user_of(fact.payload.get("recruiter"))
    if is_missed and whose and recruiter and recruiter.pk != whose.pk:
        _about_offer(fact, [recruiter], kinds.OFFER_CLOCK, what="other", is_missed=True, late=whose.name)


@handler("offer.extended", "offer.accepted", "offer.declined", "offer.expired", "offer.rescinded")
def an_offer_came_to_its_end(message: OutboxMessage) -> None:
    fact = fact_of(message)
    if fact:
        people = [fact.owner, *managers_of(fact.application)]
        _about_offer(fact, people, kinds.ANSWERED, what=message.topic.partition(".")[2])
