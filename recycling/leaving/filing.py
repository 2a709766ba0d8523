"""file_entry(): the one place that puts somebody to rest, with a condition for each reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db import transaction

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, ContactPoint
from recruiting.candidates.models.contact_points import REACHABLE, ContactKind
from recruiting.contact.models import TouchKind
from recruiting.core.days import day_of, plus_months
from recruiting.core.events import record
from recruiting.jobs.models import JobFamily
from recruiting.skills.models import Skill
from recycling import reasons
from recycling.models import Condition, ConditionSkill, ExitReason, PoolEntry, Rest

CHANNELS = {ContactKind.EMAIL: TouchKind.MAIL, ContactKind.PHONE: TouchKind.CALL}


@dataclass(frozen=True)
class Gap:
    """A requirement that was not met: what was asked, and what they had that day."""

    skill: Skill | None
    term: str = ""
    level: int | None = None
    held_level: int | None = None


@dataclass(frozen=True)
class Term:
    """One reason as a condition to be: its kind, its day, its gaps and the months it stays silent."""

    reason: ExitReason
    kind: str
    months: int = 0
    due_on: date | None = None
    gaps: Sequence[Gap] = ()


@dataclass(frozen=True)
class Touchpoint:
    """How we stay in touch: who keeps the contact, and by which way."""

    keeper: User | None = None
    contact_point: ContactPoint | None = None
    channel: str = ""


def way_to_reach(candidate: Candidate, contact_point: ContactPoint | None = None) -> ContactPoint | None:
    """The one chosen, else the preferred one that can be used."""
    if contact_point is not None:
        return contact_point
    return next((point for point in candidate.contact_points.all() if point.state in REACHABLE), None)


def channel_of(point: ContactPoint | None) -> str:
    """The way that fits a contact point: mail, call, else a message."""
    return str(CHANNELS.get(ContactKind(point.kind), TouchKind.MESSAGE)) if point else ""


@transaction.atomic
def file_entry(
    *,
    candidate: Candidate,
    origin: str,
    terms: Sequence[Term],
    by: User | None,
    at: datetime,
    left: Application | None = None,
    family: JobFamily | None = None,
    touch: Touchpoint | None = None,
    cooled_from: date | None = None,
    review_on: date | None = None,
) -> PoolEntry:
    """Let somebody rest. The first term is the decisive reason and names the pool; each gets a condition.

    `cooled_from` is the day they were told, where that is known. Family and rank are those of the job left, that day.
    """
    entry = entry_row(candidate, origin, terms, touch or Touchpoint(), at, left, cooled_from, review_on)
    entry.save()
    add_conditions(entry=entry, terms=terms, at=at, cooled_from=cooled_from, family=family)
    record(
        "entry.filed",
        entry,
        by=by,
        at=at,
        person=candidate.pk,
        job=left.job_id if left else None,
        to_state=Rest.RESTING,
        why=terms[0].reason.key,
    )
    return entry


def entry_row(
    candidate: Candidate,
    origin: str,
    terms: Sequence[Term],
    touch: Touchpoint,
    at: datetime,
    left: Application | None = None,
    cooled_from: date | None = None,
    review_on: date | None = None,
) -> PoolEntry:
    """What one stay comes to, not saved yet."""
    point = way_to_reach(candidate, touch.contact_point)
    pool = terms[0].reason.pool
    if pool is None:
        raise ValueError(f"{terms[0].reason.key} keeps nobody resting")
    return PoolEntry(
        pool=pool,
        candidate=candidate,
        origin=origin,
        left=left,
        reason=terms[0].reason,
        state=Rest.RESTING,
        state_since=at,
        entered_at=at,
        keeper=touch.keeper,
        contact_point=point,
        channel=touch.channel or channel_of(point),
        review_on=review_on or review_day(candidate, terms, entered_on=day_of(at), cooled_from=cooled_from),
    )


def add_conditions(
    *,
    entry: PoolEntry,
    terms: Sequence[Term],
    at: datetime,
    cooled_from: date | None = None,
    family: JobFamily | None = None,
) -> list[Condition]:
    """One condition per term; the first is the decisive one. Facts after `at` are news to them."""
    made = []
    for place, term in enumerate(terms):
        condition = condition_row(entry, term, at, is_decisive=place == 0, cooled_from=cooled_from, family=family)
        condition.save()
        ConditionSkill.objects.bulk_create(
            ConditionSkill(
                condition=condition, skill=gap.skill, term=gap.term, level=gap.level, held_level=gap.held_level
            )
            for gap in term.gaps
        )
        made.append(condition)
    return made


def condition_row(
    entry: PoolEntry,
    term: Term,
    at: datetime,
    *,
    is_decisive: bool,
    cooled_from: date | None = None,
    family: JobFamily | None = None,
) -> Condition:
    """What one reason of a stay waits for, not saved yet."""
    job = entry.left.job if entry.left else None
    return Condition(
        entry=entry,
        candidate_id=entry.candidate_id,
        reason=term.reason,
        is_decisive=is_decisive,
        kind=term.kind,
        reach=term.reason.reach,
        left_job=job,
        family_id=job.family_id if job else (family.pk if family else None),
        rank=job.level_id if job else None,
        is_waiting=entry.is_waiting,
        entered_at=at,
        cool_until=reasons.cool_until(exited_on=day_of(at), told_on=cooled_from, months=term.months),
        due_on=term.due_on,
        re_entry=term.reason.re_entry,
    )


def review_day(
    candidate: Candidate, terms: Sequence[Term], *, entered_on: date, cooled_from: date | None = None
) -> date:
    """When somebody looks again at this person."""
    return review_day_before(candidate.use_until, terms, entered_on=entered_on, cooled_from=cooled_from)


def review_day_before(
    use_until: date | None, terms: Sequence[Term], *, entered_on: date, cooled_from: date | None = None
) -> date:
    """When somebody looks again: a named day that no machine waits for, else by the rule of reviews."""
    named = [term.due_on for term in terms if term.kind == "review" and term.due_on]
    cooled = [plus_months(cooled_from or entered_on, term.months) for term in terms]
    return reasons.review_on(
        entered_on=entered_on,
        cool_until=max([*cooled, *named]),
        use_until=use_until,
        months=0 if named else settings.REVIEW_MONTHS,
        lead_days=settings.REVIEW_BEFORE_USE_ENDS_DAYS,
    )
