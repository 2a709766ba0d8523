"""What people are told of handoffs: that a card waits, that it was answered, that a clock ran out.

An answer is told a few seconds later, and not at all when it was taken back meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import ngettext

from funnel import notice_kinds as kinds
from funnel.handoffs.links import link_path
from funnel.handoffs.offering import TOGETHER
from funnel.handoffs.while_away import at_work, who_answers
from funnel.models import Handoff, HandoffState
from funnel.telling import Fact, fact_of, leads, tell, user_of
from recruiting.accounts.models import User
from recruiting.core import outbox
from recruiting.core.models import OutboxMessage
from recruiting.core.outbox import handler
from recruiting.notices.composing import absolute, mail_together
from recruiting.notices.kinds import Kind, in_words_of
from recruiting.notices.services import settle

UNDO_SHOWN = timedelta(seconds=15)  # the page offers Undo for ten
ANSWER = "funnel.answer_stands"
WAITING = [kinds.OFFERED.key, kinds.CLOCK.key, kinds.ESCALATED.key]
BACK = [kinds.RETURNED.key, kinds.CLOCK.key, kinds.ESCALATED.key, kinds.LEAD_ASKED.key]
ANSWERED = {
    "handoff.accepted": HandoffState.ACCEPTED,
    "handoff.returned": HandoffState.RETURNED,
    "handoff.decided": HandoffState.DECIDED,
}


def _handoff(fact: Fact) -> Handoff | None:
    return Handoff.objects.select_related("to_user", "from_user", "failed").filter(pk=fact.payload["key"]).first()


def _tell(
    fact: Fact, handoff: Handoff, users: Iterable[User | None], kind: Kind, *, by_mail: bool = False, **about: Any
) -> int:
    """About a handoff: with its page, and from a mail by the link that is good for this one."""
    names = {"from": handoff.from_user.name, "to": handoff.to_user.name, **about}
    told = 0
    for user in users:
        mail_path = link_path(handoff, user) if user and by_mail else ""
        path = reverse("funnel:handoff", args=[handoff.pk])
        told += tell(fact, [user], kind, subject=f"handoff:{handoff.pk}", path=path, mail_path=mail_path, **names)
    return told


def _settle(fact: Fact, kinds_done: list[str], *, user: User | None = None) -> None:
    """Nobody is reminded of what is answered. Keys of people change when two are merged, so the event's own counts."""
    for person in {fact.event.person, fact.application.candidate_id}:
        if person:
            settle(
                person=person, subject=f"handoff:{fact.payload['key']}", kinds=kinds_done, at=fact.event.at, user=user
            )


@handler("handoff.offered", "handoff.reassigned")
def a_card_is_offered(message: OutboxMessage) -> None:
    fact = fact_of(message)
    handoff = _handoff(fact) if fact else None
    if not fact or not handoff or handoff.is_at_once:
        return
    is_passed_on = message.topic == "handoff.reassigned"
    if is_passed_on:
        was = user_of(fact.payload.get("was_user"))
        _settle(fact, WAITING, user=was)
        _tell(fact, handoff, [was], kinds.CHANGED, what="reassigned")
    if handoff.state != HandoffState.OFFERED or handoff.to_user_id != fact.payload["to_user"]:
        return  # answered or passed on before this was told
    what = "reassigned" if is_passed_on and fact.event.by else "again" if handoff.attempt > 1 else "offered"
    _settle_back(fact, handoff)
    is_alone = not fact.payload.get("is_one_of_many")
    _tell(fact, handoff, [handoff.to_user], kinds.OFFERED, by_mail=True, is_mailed=is_alone, what=what)


@handler(TOGETHER)
def cards_are_offered_together(message: OutboxMessage) -> None:
    """One letter about everything that was offered to somebody in one go and still waits for them."""
    rows = Handoff.objects.offered().filter(pk__in=message.payload["handoffs"], to_user=message.payload["user"])
    waiting = list(rows.select_related("application__candidate", "job", "from_user", "to_user").order_by("pk"))
    if not waiting:
        return
    first = waiting[0]
    with in_words_of(first.to_user):
        said = ngettext(
            "%(from)s offers you %(n)s person for %(job)s.",
            "%(from)s offers you %(n)s people for %(job)s.",
            len(waiting),
        )
        mail_together(
            user=first.to_user,
            kind=kinds.OFFERED.key,
            key=f"outbox:{message.key}",
            title=said % {"from": first.from_user.name, "n": len(waiting), "job": first.job.title},
            lines=[_line(handoff) for handoff in waiting],
            path=reverse("funnel:handoffs"),
            at=message.created_at,
        )


def _line(handoff: Handoff) -> dict[str, str]:
    title = f"{handoff.application.candidate.name} · {handoff.job.title}"
    return {"title": title, "url": absolute(link_path(handoff, handoff.to_user))}


def _settle_back(fact: Fact, handoff: Handoff) -> None:
    """The card that came back is on its way again."""
    if handoff.previous_id:
        person = fact.event.person or fact.application.candidate_id
        settle(person=person, subject=f"handoff:{handoff.previous_id}", kinds=BACK, at=fact.event.at)


@handler(*ANSWERED)
def an_answer_came(message: OutboxMessage) -> None:
    """Settled at once, told when it can no longer be a slip."""
    fact = fact_of(message)
    if not fact or fact.payload.get("is_at_once"):
        return
    key, due_at = f"{message.key}:stands", fact.event.at + UNDO_SHOWN
    with transaction.atomic():
        _settle(fact, WAITING)
        if not outbox.is_known(key):
            payload = {**message.payload, "verb": message.topic}
            outbox.post(topic=ANSWER, key=key, at=fact.event.at, due_at=due_at, payload=payload)


@handler(ANSWER)
def an_answer_stands(message: OutboxMessage) -> None:
    fact = fact_of(message)
    handoff = _handoff(fact) if fact else None
    verb = message.payload["verb"]
    if not fact or not handoff or handoff.state != ANSWERED[verb] or handoff.answered_at != fact.event.at:
        return  # taken back meanwhile
    if verb == "handoff.returned":
        failed = handoff.failed
        said = (
            {"failed_en": failed.text_en or failed.text_ja, "failed_ja": failed.text_ja or failed.text_en}
            if failed
            else {}
        )
        _tell(fact, handoff, [handoff.from_user], kinds.RETURNED, by_mail=True, why=handoff.why, **said)
    elif verb == "handoff.decided":
        _tell(fact, handoff, [handoff.from_user], kinds.DECIDED)
    else:
        _tell(fact, handoff, [handoff.from_user], kinds.ACCEPTED)


@handler("handoff.answer_undone")
def an_answer_was_taken_back(message: OutboxMessage) -> None:
    """Who had been told of it is told so; whoever else has to answer now is asked again."""
    fact = fact_of(message)
    handoff = _handoff(fact) if fact else None
    if not fact or not handoff or handoff.is_at_once:
        return
    _settle(fact, BACK)
    if _was_told(handoff.from_user, handoff):
        _tell(fact, handoff, [handoff.from_user], kinds.CHANGED, what="undone")
    if handoff.state == HandoffState.OFFERED:
        _tell(fact, handoff, [handoff.to_user], kinds.OFFERED, by_mail=True, what="reopened")


def _was_told(user: User, handoff: Handoff) -> bool:
    told = user.notices.filter(key__startswith=f"handoff:{handoff.pk}:")
    return told.filter(kind__in=[kinds.ACCEPTED.key, kinds.RETURNED.key, kinds.DECIDED.key]).exists()


@handler("handoff.withdrawn")
def an_offer_was_withdrawn(message: OutboxMessage) -> None:
    fact = fact_of(message)
    handoff = _handoff(fact) if fact else None
    if not fact or not handoff:
        return
    _settle(fact, WAITING)
    if handoff.is_at_once or not handoff.to_user.notices.filter(key__startswith=f"handoff:{handoff.pk}:").exists():
        return  # who was never asked need not hear that nobody asks any more
    people = [handoff.to_user, handoff.from_user] if fact.event.by is None else [handoff.to_user]
    _tell(fact, handoff, people, kinds.CHANGED, what="withdrawn" if fact.event.by else "withdrawn_itself")


@handler("handoff.warned", "handoff.missed")
def an_answer_is_late(message: OutboxMessage) -> None:
    fact = fact_of(message)
    handoff = _handoff(fact) if fact else None
    if not fact or not handoff or handoff.state != HandoffState.OFFERED:
        return
    what = message.topic.partition(".")[2]
    _tell(fact, handoff, who_answers(handoff, fact.event.at), kinds.CLOCK, by_mail=True, what=what)
    if what == "missed":
        others = [lead for lead in leads() if lead.pk != handoff.to_user_id]
        _tell(fact, handoff, others, kinds.ESCALATED, what=what, late=handoff.to_user.name)


@handler("handoff.back_warned", "handoff.back_missed")
def a_card_that_came_back_is_late(message: OutboxMessage) -> None:
    fact = fact_of(message)
    handoff = _handoff(fact) if fact else None
    if not fact or not handoff or handoff.state != HandoffState.RETURNED or handoff.settled_at:
        return
    what = message.topic.partition(".")[2]
    _tell(fact, handoff, at_work(handoff.from_user, fact.event.at), kinds.CLOCK, by_mail=True, what=what)
    if what == "back_missed":
        others = [lead for lead in leads() if lead.pk != handoff.from_user_id]
        _tell(fact, handoff, others, kinds.ESCALATED, what=what, late=handoff.from_user.name)


@handler("handoff.lead_asked")
def a_lead_settles_it(message: OutboxMessage) -> None:
    fact = fact_of(message)
    handoff = _handoff(fact) if fact else None
    if fact and handoff and handoff.state == HandoffState.RETURNED:
        _tell(fact, handoff, [handoff.asked_lead], kinds.LEAD_ASKED, by_mail=True)
