"""What a person looks at on its day: keep them resting, change the reason, think of a job, or close the stay."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruiting.accounts.models import User
from recruiting.candidates import services as people
from recruiting.core import words
from recruiting.core.days import day_of
from recruiting.core.events import record
from recruiting.core.refused import Refused
from recycling.entries import close_entry
from recycling.leaving import ExitOrder, add_conditions
from recycling.leaving.exits import is_final, terms_of
from recycling.leaving.filing import review_day
from recycling.leaving.orders import check
from recycling.leaving.traces import gaps_of, terms_said
from recycling.models import PoolEntry, Refusal, Rest
from recycling.models.exits import ReasonClass
from recycling.models.pools import ClosedWhy

RESTS = (ReasonClass.NOT_NOW, ReasonClass.OTHER_ROLE)


@transaction.atomic
def keep_until(*, entry: PoolEntry, until: date, by: User, at: datetime, why: str = "") -> PoolEntry:
    """Somebody looked, and they go on resting: the next look is on that day, while we may still use their data."""
    _must_rest(entry)
    if until <= day_of(at):
        raise Refused(_("The next review must lie ahead."), "until")
    last = entry.candidate.use_until
    if last is not None and until > last:
        said = _("Their data may be used until %(day)s: choose a day before that.")
        raise Refused(said % {"day": words.full_day(last, get_language() or "en")}, "until")
    return _looked_at(entry, "entry.kept", by=by, at=at, why=why, review_on=until)


@transaction.atomic
def change_reason(*, entry: PoolEntry, order: ExitOrder, by: User, at: datetime) -> PoolEntry:
    """Why they rest is another reason now: the old conditions no longer speak, the new ones do."""
    _must_rest(entry)
    return rest_on_new_terms(entry=entry, order=order, by=by, at=at)


@transaction.atomic
def close_after_review(*, entry: PoolEntry, by: User, at: datetime, why: str = "") -> PoolEntry:
    """Somebody looked, and this stay is over."""
    close_entry(entry=entry, closed_why=ClosedWhy.BY_HAND, by=by, at=at, why=why)
    PoolEntry.objects.filter(pk=entry.pk).update(reviewed_at=at)
    return entry


@transaction.atomic
def rest_on_new_terms(*, entry: PoolEntry, order: ExitOrder, by: User, at: datetime) -> PoolEntry:
    """The stay goes on for another reason, from today: its pool, its conditions, its cool-down and its review date.

    What the old conditions said is settled by hand. Facts after this moment are news to the new ones.
    """
    check(order)
    pool = order.reason.pool
    if pool is None or any(reason.klass not in RESTS for reason in order.reasons):
        raise Refused(_("“%(reason)s” keeps nobody resting.") % {"reason": order.reason}, "reason")
    was = entry.reason.key
    gaps = gaps_of(entry.candidate, list(order.failed))
    was_final = entry.left is not None and is_final(entry.left)
    terms = terms_of(order, was_final=was_final, at=at, gaps=gaps)
    entry.conditions.filter(resolved_at=None).update(resolved_at=at)
    family = entry.conditions.exclude(family=None).order_by("id").first()
    entry.reason, entry.pool = order.reason, pool
    entry.save(update_fields=["reason", "pool"])
    add_conditions(entry=entry, terms=terms, at=at, family=family.family if family else None)
    _note_terms(entry, order, by, at)
    return _looked_at(
        entry,
        "entry.reason_changed",
        by=by,
        at=at,
        why=order.note,
        data={"from": was, "to": order.reason.key},
        review_on=review_day(entry.candidate, terms, entered_on=day_of(at)),
        ready_since=None,
    )


def _note_terms(entry: PoolEntry, order: ExitOrder, by: User, at: datetime) -> None:
    """What they said of pay and dates travels with the person; what was not met, and who refused, is remembered."""
    said = terms_said(order, at)
    if said:
        people.edit_candidate(candidate=entry.candidate, changes=said, by=by, at=at)
    for failed in order.failed:
        if failed.skill is not None:
            people.refute_skill(
                candidate=entry.candidate, skill=failed.skill, level=failed.level, by=by, at=at, note=order.note[:500]
            )
    exit = entry.left.exits.filter(undone_at=None).first() if entry.left else None
    if exit is None:
        return
    for decider in order.refused_by:
        Refusal.objects.get_or_create(candidate=entry.candidate, decider=decider, defaults={"exit": exit, "at": at})


def _looked_at(
    entry: PoolEntry, verb: str, *, by: User, at: datetime, why: str, data: dict[str, Any] | None = None, **columns: Any
) -> PoolEntry:
    columns["reviewed_at"] = at
    for name, value in columns.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(columns))
    record(
        verb,
        entry,
        by=by,
        at=at,
        person=entry.candidate_id,
        job=entry.left.job_id if entry.left else None,
        from_state=str(entry.state),
        to_state=str(entry.state),
        why=why,
        data={**(data or {}), "review_on": str(entry.review_on)},
    )
    return entry


def _must_rest(entry: PoolEntry) -> None:
    if entry.state != Rest.RESTING:
        said = _("%(name)s does not rest here now: %(state)s.")
        raise Refused(said % {"name": entry.candidate.name, "state": entry.get_state_display()}, "moved")
