"""The pools: who rests, why, since when, what comes due and what keeps most people out. Set-based, each part once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from funnel.metrics import Rate
from funnel.models import LIVE, Application
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.candidates.selectors import search
from recruiting.core.days import day_of, plus_days, plus_months, start_of
from recruiting.jobs.models import Job, JobFamily
from recycling.models import Condition, Exit, ExitReason, PoolEntry, Proposal, Rest
from recycling.models.exits import ReasonClass
from recycling.models.pools import STANDING
from recycling.models.proposals import ProposalState
from recycling.selectors_numbers import ACCEPTED, PoolLine, pools

DUE_DAYS, BACK_MONTHS, COMING_MONTHS = 30, 6, 12
CAME_BACK_DAYS, LEFT_DAYS = 90, 30  # under the board
RETAKE, STAYED = ("skill.assessment",), ("interest.stayed", "decision.household")
# What a month brings, in the order of the legend.
GROUPS = ("date", "months", "retake", "review")


@dataclass(frozen=True)
class Narrowed:
    """Whose stays and which: every number of the page and every line of the list obeys it."""

    keeper: int | None = None
    family: int | None = None
    reason: str = ""
    stage: str = ""
    pool: str = ""
    job: int | None = None
    state: str = ""  # resting, ready, surfaced, approached
    due: str = ""  # "30" (days), or a month: "2027-04"
    left_days: int | None = None  # began to rest within so many days
    q: str = ""


def entries(user: User, by: Narrowed, at: datetime) -> QuerySet[PoolEntry]:
    """The stays a reader may see, narrowed; over ones included, for the balance."""
    found = PoolEntry.objects.visible_to(user)
    if by.keeper:
        found = found.filter(keeper=by.keeper)
    if by.family:
        found = found.filter(left__job__family=by.family)
    if by.reason:
        found = found.filter(reason__key=by.reason)
    if by.stage:
        found = found.filter(left__stage=by.stage)
    if by.pool:
        found = found.filter(pool__key=by.pool)
    if by.job:
        found = found.filter(left__job=by.job)
    return found


def resting(user: User, by: Narrowed, at: datetime) -> QuerySet[PoolEntry]:
    """The lines of the list: standing stays of people whose data may be used today."""
    today = day_of(at)
    usable = Q(candidate__use_until__gte=today, candidate__erased_at=None, candidate__objected_at=None)
    found = entries(user, by, at).filter(usable, state__in=STANDING)
    if by.state == "ready":
        found = found.filter(state=Rest.RESTING, ready_since__isnull=False)
    elif by.state:
        found = found.filter(state=by.state)
    if by.due:
        found = found.filter(due_within(*_window(by.due, today)))
    if by.left_days:
        found = found.filter(entered_at__gte=start_of(plus_days(today, -by.left_days)))
    if by.q.strip():
        found = found.filter(candidate__in=search(Candidate.objects.filter(erased_at=None), by.q).values("pk"))
    return found.select_related("candidate", "pool", "reason", "keeper", "left__job")


def _window(due: str, today: date) -> tuple[date, date]:
    """A month named "2027-04", or so many days from today; the end is the first day outside."""
    if due.isdecimal():
        return today, plus_days(today, int(due))
    first = date(int(due[:4]), int(due[5:7]), 1)
    return max(first, today), plus_months(first, 1)


def _dates() -> QuerySet[Condition]:
    standing = Condition.objects.filter(entry=OuterRef("pk"), kind="date", resolved_at=None)
    return standing.filter(due_on__isnull=False)


def due_within(start: date, end: date) -> Q:
    """A date of theirs falls there; who waits for no date, on the day of review."""
    named = Exists(_dates().filter(due_on__gte=start, due_on__lt=end))
    return Q(named) | (~Q(Exists(_dates())) & Q(review_on__gte=start, review_on__lt=end))


@dataclass(frozen=True)
class Line:
    """One row of the table of pools."""

    counted: PoolLine
    due: int
    back: Rate
    precision: Rate


def lines(user: User, by: Narrowed, since: datetime, until: datetime) -> list[Line]:
    """Each pool with its balance, what comes due, how many came back, and how often a card was right. Four reads."""
    mine = entries(user, by, until)
    today = day_of(until)
    standing = mine.filter(state__in=STANDING).order_by()
    due = _counts(standing.filter(due_within(today, plus_days(today, DUE_DAYS))))
    end = start_of(plus_months(today, -BACK_MONTHS))
    cohort = mine.filter(entered_at__gte=start_of(plus_months(today, -BACK_MONTHS - 12)), entered_at__lt=end)
    came = Q(state=Rest.RE_ENTERED, state_since__lte=F("entered_at") + (until - end))
    back = _rates(cohort.order_by().values_list("pool").annotate(n=Count("pk"), hit=Count("pk", filter=came)))
    decided = Proposal.objects.filter(
        decided_at__gte=start_of(plus_months(today, -12)), state__in=[*ACCEPTED, ProposalState.DISMISSED]
    )
    if by != Narrowed():
        decided = decided.filter(entry__in=mine.values("pk"))
    right = Count("pk", filter=~Q(state=ProposalState.DISMISSED))
    precise = _rates(decided.order_by().values_list("entry__pool").annotate(n=Count("pk"), hit=right))
    nobody = Rate(0, 0)
    return [
        Line(each, due.get(each.pool.pk, 0), back.get(each.pool.pk, nobody), precise.get(each.pool.pk, nobody))
        for each in pools(since, until, mine)
    ]


def _counts(found: QuerySet[PoolEntry]) -> dict[int, int]:
    return dict(found.values_list("pool").annotate(n=Count("pk")))


def _rates(rows: object) -> dict[int, Rate]:
    return {pool: Rate(hit, n) for pool, n, hit in rows}  # type: ignore[attr-defined]


@dataclass
class Month:
    """One bar: how many of each group, lowest first."""

    first: date
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def key(self) -> str:
        return f"{self.first:%Y-%m}"


def coming_due(user: User, by: Narrowed, at: datetime) -> list[Month]:
    """The next twelve months: dates they named, retakes, months elsewhere, and reviews of who waits for no date."""
    today = day_of(at)
    start, end = today, plus_months(today.replace(day=1), COMING_MONTHS)
    standing = entries(user, by, at).filter(state__in=STANDING)
    found: defaultdict[date, dict[str, int]] = defaultdict(lambda: dict.fromkeys(GROUPS, 0))
    dates = Condition.objects.filter(entry__in=standing.values("pk"), kind="date", resolved_at=None)
    dates = dates.filter(due_on__gte=start, due_on__lt=end).order_by()
    for month, reason, n in dates.values_list(TruncMonth("due_on"), "reason__key").annotate(n=Count("entry")):
        found[month][_group(reason)] += n
    reviews = standing.filter(~Q(Exists(_dates())), review_on__gte=start, review_on__lt=end).order_by()
    for month, n in reviews.values_list(TruncMonth("review_on")).annotate(n=Count("pk")):
        found[month]["review"] += n
    months = [plus_months(today.replace(day=1), place) for place in range(COMING_MONTHS)]
    return [Month(first, found[first]) for first in months]


def _group(reason: str) -> str:
    return "retake" if reason in RETAKE else "months" if reason in STAYED else "date"


@dataclass(frozen=True)
class Due:
    """Who comes next, on which day, and what happens then."""

    entry: PoolEntry
    on: date
    is_review: bool


def next_due(user: User, by: Narrowed, at: datetime, limit: int = 5) -> list[Due]:
    """The nearest dates and reviews, in two reads."""
    today = day_of(at)
    usable = Q(candidate__use_until__gte=today, candidate__erased_at=None, candidate__objected_at=None)
    standing = entries(user, by, at).filter(usable, state=Rest.RESTING)
    related = ("candidate", "reason", "left__job")
    dates = Condition.objects.filter(entry__in=standing.values("pk"), kind="date", resolved_at=None)
    dates = dates.filter(due_on__gte=today).order_by("due_on", "pk")  # conditions_by_the_clock
    rows = dates.select_related(*(f"entry__{name}" for name in related))[:limit]
    found = [Due(row.entry, row.due_on, False) for row in rows if row.due_on]
    reviews = standing.filter(~Q(Exists(_dates())), review_on__gte=today).order_by("review_on", "pk")
    found += [Due(entry, entry.review_on, True) for entry in reviews.select_related(*related)[:limit]]
    return sorted(found, key=lambda due: (due.on, due.entry.pk))[:limit]


@dataclass(frozen=True)
class Matrix:
    """Reason × field of the job: who rests, with sums on both edges."""

    families: list[JobFamily | None]
    rows: list[tuple[ExitReason, list[int], int]]
    sums: list[int]
    total: int
    most: int


def what_keeps_out(user: User, by: Narrowed, at: datetime) -> Matrix:
    """What keeps most people out: standing stays by decisive reason and the family of the job they left. One read."""
    told = entries(user, by, at).filter(state__in=STANDING).order_by()
    cells: dict[tuple[int, int | None], int] = {
        (reason, family): n
        for reason, family, n in told.values_list("reason", "left__job__family").annotate(n=Count("pk"))
    }
    by_family: defaultdict[int | None, int] = defaultdict(int)
    by_reason: defaultdict[int, int] = defaultdict(int)
    for (reason, family), n in cells.items():
        by_family[family] += n
        by_reason[reason] += n
    families = sorted(by_family, key=lambda key: (key is None, -by_family[key]))
    reasons = ExitReason.objects.in_bulk(list(by_reason))
    named = JobFamily.objects.in_bulk([key for key in families if key is not None])
    ordered = sorted(by_reason, key=lambda key: (-by_reason[key], reasons[key].position))
    return Matrix(
        families=[named[key] if key is not None else None for key in families],
        rows=[(reasons[key], [cells.get((key, each), 0) for each in families], by_reason[key]) for key in ordered],
        sums=[by_family[key] for key in families],
        total=sum(by_reason.values()),
        most=max(cells.values(), default=0),
    )


def undertow_of(job: Job, at: datetime) -> dict[str, Any]:
    """What flows under a job's board: who left it, rests from it, is due, and came back to it. Five counts."""
    today = day_of(at)
    standing = PoolEntry.objects.filter(left__job=job, state__in=STANDING)
    back = Application.objects.filter(job=job, previous__isnull=False)
    back = back.filter(entered_at__gte=at - timedelta(days=CAME_BACK_DAYS))
    left = Exit.objects.filter(job=job, undone_at=None, exited_at__gte=at - timedelta(days=LEFT_DAYS))
    return {
        "back": back.count(),
        "still_here": back.filter(outcome__in=LIVE).count(),
        "due": standing.filter(due_within(today, plus_days(today, DUE_DAYS))).count(),
        "resting": standing.count(),
        "left": left.exclude(klass=ReasonClass.ADMINISTRATIVE).count(),
        "days": {"back": CAME_BACK_DAYS, "left": LEFT_DAYS, "due": DUE_DAYS},
    }
