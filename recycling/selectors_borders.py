"""What the later stages' exits say back to the earlier ones: of people handed over and accepted, why they left."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from funnel.models import HandoffState
from funnel.selectors_borders import counted_handoffs
from funnel.stages import ORDER, is_before
from recruiting.accounts.models import User
from recruiting.jobs.models import BORDERS, Job
from recruiting.jobs.stages import Stage
from recycling.models import ExitReason
from recycling.models.exits import ReasonClass

COUNTED = [klass for klass in ReasonClass.values if klass != ReasonClass.ADMINISTRATIVE]
MOST_NAMED = 3  # reasons beside one person


@dataclass(frozen=True, slots=True)
class ReasonBack:
    """One reason: how often in which later stage, and the length of its bar."""

    reason: ExitReason
    by_stage: tuple[int, ...]
    n: int
    share: int  # of the most frequent, in hundredths


@dataclass(frozen=True, slots=True)
class SenderBack:
    """One sender: how many of theirs left later on, and what for, most often first."""

    user: User
    n: int
    reasons: tuple[tuple[ExitReason, int], ...]


@dataclass(frozen=True, slots=True)
class Back:
    """What one border hears: exits of the window of people who had been accepted over it."""

    to_stage: str
    stages: tuple[Stage, ...]  # where they can have left: this one and those behind it
    n: int
    reasons: tuple[ReasonBack, ...]
    senders: tuple[SenderBack, ...]

    @property
    def label(self) -> str:
        return str(Stage(self.to_stage).label)


def later_stages(to_stage: str) -> tuple[Stage, ...]:
    """The stage a border leads into, and those after it."""
    return tuple(stage for stage in ORDER if not is_before(stage, to_stage))


def exits_back(
    jobs: QuerySet[Job] | Iterable[int] | None, since: datetime, until: datetime, *, reader: User, stage: str = ""
) -> list[Back]:
    """Per border, the exits of the window in the stages behind it. Single senders only for whom recruiting shows them.

    Three reads: the counts, the reasons' labels, the senders' names. Undone and administrative exits, voided crossings
    and what was accepted at once are in none of it. Somebody who left is counted once per border and sender.
    """
    asked = (stage,) if stage in BORDERS else BORDERS
    behind = Q()
    for each in asked:
        behind |= Q(to_stage=each, application__exits__stage__in=later_stages(each))
    rows = (
        counted_handoffs(jobs)
        .filter(
            behind,
            state=HandoffState.ACCEPTED,
            is_at_once=False,
            application__exits__undone_at=None,
            application__exits__klass__in=COUNTED,
            application__exits__exited_at__gte=since,
            application__exits__exited_at__lt=until,
        )
        .values_list("to_stage", "from_user", "application__exits__reason", "application__exits__stage")
        .annotate(n=Count("application__exits", distinct=True))
    )
    told: defaultdict[str, list[tuple[int, int, str, int]]] = defaultdict(list)
    for to_stage, sender, reason, left_in, n in rows:
        told[to_stage].append((sender, reason, left_in, n))
    every = [row for some in told.values() for row in some]
    reasons = ExitReason.objects.in_bulk({reason for _sender, reason, _stage, _n in every})
    senders = {sender for sender, _reason, _stage, _n in every}
    users = User.objects.in_bulk(senders if reader.has_perm("funnel.view_numbers") else senders & {reader.pk})
    return [_back(each, told.get(each, []), reasons, users) for each in asked]


def _back(
    to_stage: str, rows: list[tuple[int, int, str, int]], reasons: dict[int, ExitReason], users: dict[int, User]
) -> Back:
    stages = later_stages(to_stage)
    by_reason: defaultdict[int, Counter[str]] = defaultdict(Counter)
    by_sender: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for sender, reason, left_in, n in rows:
        by_reason[reason][left_in] += n
        by_sender[sender][reason] += n
    most = max((counts.total() for counts in by_reason.values()), default=1)
    lines = [
        ReasonBack(
            reasons[key],
            tuple(counts[stage] for stage in stages),
            counts.total(),
            max(1, round(100 * counts.total() / most)),
        )
        for key, counts in by_reason.items()
    ]
    people = [
        SenderBack(users[key], counts.total(), tuple((reasons[one], n) for one, n in counts.most_common(MOST_NAMED)))
        for key, counts in by_sender.items()
        if key in users
    ]
    return Back(
        to_stage,
        stages,
        sum(line.n for line in lines),
        tuple(sorted(lines, key=lambda line: (-line.n, line.reason.position, line.reason.pk))),
        tuple(sorted(people, key=lambda one: (-one.n, one.user.pk))),
    )
