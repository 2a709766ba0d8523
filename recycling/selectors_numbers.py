"""What the numbers of the way back count: set-based, each figure asked for by itself, so that a difference shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When

from funnel.metrics import Balance, Rate
from funnel.models import Ended, Outcome
from funnel.selectors_numbers import counted_visits, ended_in
from funnel.stages import ORDER
from recruiting.core.days import day_of, plus_months, start_of
from recycling import metrics
from recycling.models import Exit, ExitReason, Pool, PoolEntry, Proposal
from recycling.models.exits import ReasonClass, Side
from recycling.models.pools import ClosedWhy, Rest
from recycling.models.proposals import ProposalState

WAITING = (Rest.RESTING, Rest.SURFACED, Rest.APPROACHED)
ACCEPTED = (ProposalState.ACCEPTED, ProposalState.RE_ENTERED, ProposalState.DECLINED, ProposalState.UNANSWERED)


@dataclass(frozen=True, slots=True)
class ReasonLine:
    reason: ExitReason
    ours: int
    theirs: int
    share: int  # of the most frequent reason, in hundredths: the length of its bar

    @property
    def n(self) -> int:
        return self.ours + self.theirs


def standing_exits(since: datetime, until: datetime) -> QuerySet[Exit]:
    """Exits of the window that nobody undid (exits_by_reason). An exit imported without a day is in no window."""
    return Exit.objects.filter(undone_at=None, exited_at__gte=since, exited_at__lt=until).order_by()


def exits_by_reason(since: datetime, until: datetime) -> list[ReasonLine]:
    """The decisive reasons, most frequent first, by who decided; the administrative count nowhere."""
    told = standing_exits(since, until).exclude(klass=ReasonClass.ADMINISTRATIVE).values_list("reason")
    counts = told.annotate(ours=Count("pk", filter=Q(side=Side.WE)), n=Count("pk")).order_by("-n", "reason")
    rows = list(counts)
    reasons = ExitReason.objects.in_bulk([reason for reason, _ours, _n in rows])
    most = rows[0][2] if rows else 1
    return [ReasonLine(reasons[key], ours, n - ours, max(1, round(100 * n / most))) for key, ours, n in rows]


def leavers(since: datetime, until: datetime) -> metrics.Leavers:
    """Each exit of the window in one of four kinds."""
    kind = Case(
        When(klass=ReasonClass.ADMINISTRATIVE, then=Value("administrative")),
        When(klass=ReasonClass.NEVER, then=Value("permanent")),
        When(candidate__use_until=None, then=Value("without_basis")),
        When(candidate__use_until__lt=day_of(until), then=Value("without_basis")),
        default=Value("pooled"),
        output_field=CharField(),
    )
    told: Counter[str] = Counter(
        dict(standing_exits(since, until).annotate(kind=kind).values_list("kind").annotate(n=Count("pk")))
    )
    return metrics.Leavers(told["pooled"], told["permanent"], told["without_basis"], told["administrative"])


@dataclass(frozen=True, slots=True)
class PoolLine:
    pool: Pool
    balance: Balance
    resting: int
    ready: int
    proposed: int
    asked: int
    returned: int  # in the window, out of this pool
    expired: int  # closed in the window because the basis ran out


def pools(since: datetime, until: datetime, entries: QuerySet[PoolEntry] | None = None) -> list[PoolLine]:
    """Per pool start + in − out = end, and how those at the end stand. One read of the entries for all of it.

    A stay whose exit was undone never was. `entries` narrows whose or which stays are counted.
    """
    gone = ~Q(state__in=WAITING)
    told: Any = (
        (PoolEntry.objects.all() if entries is None else entries)
        .exclude(closed_why=ClosedWhy.EXIT_UNDONE)
        .order_by()
        .values("pool")
        .annotate(
            start=Count("pk", filter=Q(entered_at__lt=since) & (Q(state__in=WAITING) | Q(state_since__gte=since))),
            entered=Count("pk", filter=Q(entered_at__gte=since, entered_at__lt=until)),
            left=Count("pk", filter=gone & Q(state_since__gte=since, state_since__lt=until)),
            end=Count("pk", filter=Q(entered_at__lt=until) & (Q(state__in=WAITING) | Q(state_since__gte=until))),
            ready=Count("pk", filter=Q(state=Rest.RESTING, ready_since__isnull=False)),
            resting=Count("pk", filter=Q(state=Rest.RESTING, ready_since=None)),
            proposed=Count("pk", filter=Q(state=Rest.SURFACED)),
            asked=Count("pk", filter=Q(state=Rest.APPROACHED)),
            returned=Count("pk", filter=Q(state=Rest.RE_ENTERED, state_since__gte=since, state_since__lt=until)),
            expired=Count("pk", filter=Q(closed_why=ClosedWhy.EXPIRED, state_since__gte=since, state_since__lt=until)),
        )
    )
    by_pool = {row.pop("pool"): row for row in told}
    lines = []
    for pool in Pool.objects.all():
        row = by_pool.get(pool.pk)
        if row is not None:
            balance = Balance(row.pop("start"), row.pop("entered"), row.pop("left"), row.pop("end"))
            lines.append(PoolLine(pool=pool, balance=balance, **row))
    return lines


@dataclass(frozen=True, slots=True)
class Rates:
    recycle: Rate
    precision: Rate
    proposal_return: Rate
    won: Rate
    share: Rate


def rates(since: datetime, until: datetime) -> Rates:
    decided = Proposal.objects.filter(decided_at__gte=since, decided_at__lt=until).order_by()
    states: Counter[str] = Counter(dict(decided.values_list("state").annotate(n=Count("pk"))))
    accepted = sum(states[state] for state in ACCEPTED)
    hires = ended_in(counted_visits(), since, until).filter(ended_as=Ended.HIRED)
    told = hires.aggregate(n=Count("pk"), recycled=Count("pk", filter=Q(is_recycled=True)))
    back = won_by_stage(since, until)
    return Rates(
        recycle=leavers(since, until).recycle_rate,
        precision=metrics.proposal_precision(accepted, states[ProposalState.DISMISSED]),
        proposal_return=metrics.proposal_return(states[ProposalState.RE_ENTERED], accepted),
        won=metrics.recycled_won(sum(line.back.passed for line in back), sum(line.back.n for line in back)),
        share=metrics.recycled_share(told["recycled"], told["n"]),
    )


@dataclass(frozen=True, slots=True)
class WonLine:
    """Hires of those who came back and of first cycles, from the same stage of entry."""

    stage: str
    back: Rate
    first: Rate


def won_by_stage(since: datetime, until: datetime) -> list[WonLine]:
    entered = counted_visits().filter(
        entered_at__gte=since,
        entered_at__lt=until,
        stage=F("application__first_stage"),
        entered_at=F("application__entered_at"),
    )
    rows = entered.values_list("stage", "is_recycled").annotate(
        hired=Count("pk", filter=Q(application__outcome=Outcome.HIRED)), n=Count("pk")
    )
    told = {(stage, is_recycled): Rate(hired, n) for stage, is_recycled, hired, n in rows}
    nobody = Rate(0, 0)
    return [
        WonLine(str(stage.label), told.get((stage, True), nobody), told.get((stage, False), nobody))
        for stage in ORDER
        if (stage, True) in told
    ]


def re_entry_rates(days: int, until: datetime) -> list[tuple[int, Rate]]:
    """Per age of 3, 6 and 12 months: the stays of a window that lies so far back, and who re-entered within it."""
    found = []
    for months in metrics.MONTHS:
        end = start_of(plus_months(day_of(until), -months))
        age = until - end
        cohort = PoolEntry.objects.filter(entered_at__gte=end - timedelta(days=days), entered_at__lt=end)
        back = Q(state=Rest.RE_ENTERED, state_since__lte=F("entered_at") + age)
        told = cohort.aggregate(n=Count("pk"), back=Count("pk", filter=back))
        found.append((months, metrics.re_entry_rate(told["back"], told["n"])))
    return found
