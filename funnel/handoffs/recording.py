"""run_handoff(): the only code that runs a handoff's transition, saves it and records it; one at a time or many."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django_fsm import TransitionNotAllowed

from funnel.models import Handoff, HandoffState
from recruiting.accounts.models import User
from recruiting.core import events, words
from recruiting.core.models import Event
from recruiting.core.refused import Refused

# Everything a transition, or whoever runs it, may change.
COLUMNS = (
    *("state", "checks", "answered_at", "answered_by", "response_minutes", "is_in_time", "why", "failed"),
    *("back_warn_at", "back_miss_at", "back_warned_at", "back_escalated_at", "settled_at", "asked_lead"),
    *("warn_at", "miss_at", "paused_at", "paused_minutes", "is_at_once"),
)


# What others may change while it waits: by a hold, or by asking somebody else.
WAITING = ("to_user", "asked_at", "warn_at", "miss_at", "warned_at", "escalated_at", "paused_at", "paused_minutes")


def catch_up(handoff: Handoff, at: datetime) -> None:
    """The row as it is now, held until the end: who is asked, and since when, may have changed since it was read."""
    now = Handoff.objects.select_related("to_user").select_for_update(of=("self",)).get(pk=handoff.pk)
    if now.state != handoff.state:
        raise answered_meanwhile(handoff, at)
    for name in WAITING:
        setattr(handoff, name, getattr(now, name))


def run_handoff(
    *,
    handoff: Handoff,
    move: str,
    verb: str,
    by: User | None,
    at: datetime,
    terms: Mapping[str, Any] | None = None,
    data: dict[str, Any] | None = None,
) -> Handoff:
    """Run one transition from the state the caller saw and record it; else refuse and say who was first, and when.

    `terms` go to the transition beside who and when. What the caller has set on the row beforehand is saved with it.
    A refused handoff must be fetched again.
    """
    before = handoff.state
    given = {} if move == "reopen" else {"by": by, "at": at, **(terms or {})}
    try:
        getattr(handoff, move)(**given)
    except TransitionNotAllowed as wrong:
        raise answered_meanwhile(handoff, at) from wrong
    still = Handoff.objects.filter(pk=handoff.pk, state=before)
    if not still.update(**{name: getattr(handoff, name) for name in COLUMNS}):
        raise answered_meanwhile(handoff, at)
    handoff._update_initial_state()  # the mixin's own compare-and-swap starts from what is now stored
    told = event_of(handoff, verb, from_=before, to=handoff.state, by=by, at=at, why=handoff.why, data=data)
    events.record_all([told])
    return handoff


def event_of(
    handoff: Handoff,
    verb: str,
    *,
    to: str,
    by: User | None,
    at: datetime,
    from_: str = "",
    why: str = "",
    data: dict[str, Any] | None = None,
) -> Event:
    """What happened to a handoff, with what a notice about it names. `due`: until when whoever is asked has time."""
    is_back = to == HandoffState.RETURNED
    due = handoff.back_miss_at if is_back else handoff.miss_at
    return Event(
        at=at,
        verb=verb,
        subject="handoff",
        subject_key=handoff.pk,
        person=handoff.application.candidate_id,
        job=handoff.job_id,
        from_state=str(from_),
        to_state=str(to),
        why=why,
        data={
            "from_user": handoff.from_user_id,
            "to_user": handoff.to_user_id,
            "to_stage": str(handoff.to_stage),
            "application": handoff.application_id,
            "attempt": handoff.attempt,
            "due": due.isoformat() if due else None,
            **({"is_at_once": True} if handoff.is_at_once else {}),
            **(data or {}),
        },
        by=by,
    )


def record_handoffs(
    rows: Iterable[Handoff], verb: str, *, to: str, by: User | None, at: datetime, why: str = "", **data: Any
) -> None:
    """The same event for many, in two writes. Each row comes with its application."""
    told = [event_of(row, verb, from_=row.state, to=to, by=by, at=at, why=why, data=data) for row in rows]
    if told:
        events.record_all(told)


def answered_meanwhile(handoff: Handoff, at: datetime) -> Refused:
    """Who answered, what and when: the sentence for the second of two people."""
    now = Handoff.objects.select_related("answered_by", "to_user", "application__candidate").get(pk=handoff.pk)
    name = now.application.candidate.name
    if now.answered_at is None or now.answered_by is None:
        return Refused(_("The handoff of %(name)s changed while you were looking.") % {"name": name}, "moved")
    terms = {
        "who": now.answered_by.name,
        "name": name,
        "ago": words.since_then(timezone.localtime(now.answered_at), at, get_language() or "en"),
    }
    sentences = {
        HandoffState.ACCEPTED: _("%(who)s accepted %(name)s %(ago)s. Nothing was changed."),
        HandoffState.RETURNED: _("%(who)s returned %(name)s %(ago)s. Nothing was changed."),
        HandoffState.DECIDED: _("%(who)s let %(name)s go %(ago)s. Nothing was changed."),
        HandoffState.WITHDRAWN: _("%(who)s withdrew the offer of %(name)s %(ago)s. Nothing was changed."),
    }
    return Refused(sentences[HandoffState(now.state)] % terms, "moved")
