"""Writing down contact, and what it leaves of the budget that everybody shares."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, ContactPoint
from recruiting.contact.models import Touch
from recruiting.core.days import day_of, plus_days, plus_months
from recruiting.core.events import record


@transaction.atomic
def record_touch(
    *,
    candidate: Candidate,
    kind: str,
    by: User | None,
    at: datetime,
    is_inbound: bool = False,
    is_approach: bool = False,
    subject: str = "",
    text: str = "",
    contact_point: ContactPoint | None = None,
) -> Touch:
    """One contact, ours or theirs. An approach moves the first day on which another one may start."""
    touch = Touch.objects.create(
        candidate=candidate,
        kind=kind,
        is_inbound=is_inbound,
        is_approach=is_approach,
        subject=subject,
        text=text,
        contact_point=contact_point,
        at=at,
        by=by,
    )
    candidate.last_contact_at = max(at, candidate.last_contact_at or at)
    columns = ["last_contact_at"]
    if is_approach:
        candidate.touchable_on = touchable_on(candidate)
        columns.append("touchable_on")
    candidate.save(update_fields=columns)
    data = {"kind": kind, "is_inbound": is_inbound, "is_approach": is_approach, "subject": subject}
    record("touch.recorded", touch, by=by, at=at, person=candidate.pk, data=data)
    return touch


def touchable_on(candidate: Candidate) -> date | None:
    """The first day another approach may start: a gap after the last one, and so many in any twelve months."""
    last = Touch.objects.filter(candidate=candidate, is_approach=True).order_by("-at", "-id")
    days = [day_of(at) for at in last.values_list("at", flat=True)[: settings.TOUCHES_PER_YEAR]]
    if not days:
        return None
    after_gap = plus_days(days[0], settings.TOUCH_GAP_DAYS)
    if len(days) < settings.TOUCHES_PER_YEAR:
        return after_gap
    return max(after_gap, plus_months(days[-1], 12))
