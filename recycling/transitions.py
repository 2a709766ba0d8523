"""The only code that runs a transition of a pool entry or a proposal, saves it, records it and posts it."""

from __future__ import annotations

import inspect
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import ConcurrentTransition, TransitionNotAllowed

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recycling.models import PoolEntry, Proposal

# What an event calls the move that a method makes: the topic is "entry.rested", "proposal.accepted" ...
PAST = {
    "surface": "surfaced",
    "approach": "approached",
    "rest_again": "rested",
    "re_enter": "re_entered",
    "undo_re_enter": "re_entry_undone",
    "close": "closed",
    "reopen": "reopened",
    "undo_never": "reopened",
    "snooze": "snoozed",
    "wake": "woken",
    "accept": "accepted",
    "dismiss": "dismissed",
    "undo_dismiss": "dismissal_undone",
    "withdraw": "withdrawn",
    "decline": "declined",
    "unanswered": "unanswered",
}


@transaction.atomic
def run_transition(
    *,
    subject: PoolEntry | Proposal,
    verb: str,
    by: User | None,
    at: datetime,
    why: str = "",
    data: dict[str, Any] | None = None,
    **terms: Any,
) -> Event:
    """Run one named move from the state the caller last saw, and record it; `terms` are the method's own arguments.

    Refused (code "moved") when the row is no longer in the state the caller saw. A condition waits exactly while its
    entry rests or is surfaced. Where entry and proposal both move, the entry moves first: its row is the lock.
    """
    came_from, move = str(subject.state), getattr(subject, verb)
    if "by" in inspect.signature(move).parameters:
        terms["by"] = by
    try:
        move(at=at, **terms)
        subject.save(update_fields=subject.CHANGED_BY_MOVES)
    except (ConcurrentTransition, TransitionNotAllowed) as wrong:
        raise Refused(_("Somebody changed this while you were looking. Look at it again."), code="moved") from wrong
    if isinstance(subject, PoolEntry):
        noun, job = "entry", subject.left.job_id if subject.left else None
        subject.conditions.exclude(is_waiting=subject.is_waiting).update(is_waiting=subject.is_waiting)
    else:
        noun, job = "proposal", subject.job_id
    return record(
        f"{noun}.{PAST[verb]}",
        subject,
        by=by,
        at=at,
        person=subject.candidate_id,
        job=job,
        from_state=came_from,
        to_state=str(subject.state),
        why=why,
        data=data,
    )
