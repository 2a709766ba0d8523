"""What the numbers at the borders count: a fixed number of grouped reads of the handoffs, whatever the window.

No read brings single handoffs. They are grouped by the database into rows that are alike in everything that is counted
(bounded by who works with whom), and responses into counts by tenths of a working hour (bounded by people × tenths), so
that percentiles are exact to a tenth of an hour on every database. Windows are read by the answer (handoffs_by_answer,
handoffs_of_a_job_by_answer) plus the few that still wait: what was offered since then was answered since then or waits.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncWeek

from funnel.borders import Alike, monday_of
from funnel.metrics import Reach, Way, reach_rate
from funnel.models import Contract, Handoff, HandoffState, Visit
from funnel.models.handoffs import HandoffQuerySet
from funnel.selectors_numbers import counted_visits
from funnel.sides import AGREE, ROLES
from funnel.stages import next_stage
from recruiting.accounts.models import User
from recruiting.candidates.models.sources import Channel
from recruiting.core.days import day_of, organisation_zone, start_of
from recruiting.jobs.models import BORDERS, Job, JobSeat, Seat
from recruiting.jobs.stages import Stage

MOST_CONTRACTS = 12  # on one desk
ANSWERED = (HandoffState.ACCEPTED, HandoffState.RETURNED, HandoffState.DECIDED)
Pair = tuple[str, str, str]  # stage, sender's role, receiver's role
Counted = defaultdict[Any, Counter[int]]  # somebody or a week → tenths of an hour → how many answers


def counted_handoffs(jobs: QuerySet[Job] | Iterable[int] | None = None) -> HandoffQuerySet:
    """Handoffs that count: no application that ended administratively, no crossing that was voided.

    A crossing is the visit its acceptance began, so the two share their moment. `jobs` None: every job.
    """
    of_it = Visit.objects.filter(application=OuterRef("application"))  # visits_that_count_nowhere
    crossing = of_it.filter(is_voided=True, stage=OuterRef("to_stage"), entered_at=OuterRef("answered_at"))
    handoffs = Handoff.objects.filter(~Exists(of_it.filter(is_counted=False)), ~Exists(crossing)).order_by()
    return handoffs if jobs is None else handoffs.filter(job__in=jobs)


# --- Reads ------------------------------------------------------------------------------------------------------------


def _yes(condition: Q) -> Case:
    """A condition as a column, false where it is unknown."""
    return Case(When(condition, then=Value(True)), default=Value(False))


def _of_accepted(column: str) -> Case:
    """The application's column where it was accepted; elsewhere it would only make more groups."""
    return Case(
        When(state=HandoffState.ACCEPTED, then=F(f"application__{column}")),
        default=Value(""),
        output_field=CharField(),
    )


def alike(handoffs: HandoffQuerySet, since: datetime, until: datetime) -> list[Alike]:
    """Everything offered or answered in the window, and everything that waits, grouped. One read."""
    waits = Q(state=HandoffState.OFFERED)
    offered, answered = (
        Q(**{f"{moment}__gte": since, f"{moment}__lt": until}) for moment in ("offered_at", "answered_at")
    )
    late = waits & Q(paused_at=None, miss_at__lte=until)
    rows: Iterable[Any] = (
        handoffs.filter(Q(answered_at__gte=since) | waits)
        .filter(offered | answered | waits)
        .annotate(
            again=_yes(Q(attempt__gt=1)),
            furthest=_of_accepted("furthest_stage"),
            came_to=_of_accepted("outcome"),
            offered=_yes(offered),
            answered=_yes(answered),
            late=_yes(late),
        )
        .values_list(
            *("to_stage", "from_role", "to_role", "from_user", "to_user", "state", "is_at_once", "again"),
            *("is_in_time", "failed", "furthest", "came_to", "offered", "answered", "late"),
        )
        .annotate(n=Count("pk"))
    )
    return [Alike(*[*keys[:6], n, *keys[6:]]) for *keys, n in rows]


def responses(handoffs: HandoffQuerySet, since: datetime, until: datetime, who: str) -> dict[Pair, Counted]:
    """Per pair of roles and person (`who`: from_user or to_user): how many answers took so many tenths of an hour."""
    timed = handoffs.filter(
        answered_at__gte=since,
        answered_at__lt=until,
        state__in=ANSWERED,
        is_at_once=False,
        response_minutes__isnull=False,
    )
    rows = timed.annotate(tenths=_tenths()).values_list("to_stage", "from_role", "to_role", who, "tenths")
    found: dict[Pair, Counted] = defaultdict(lambda: defaultdict(Counter))
    for stage, sender, receiver, person, tenths, n in rows.annotate(n=Count("pk")):
        found[stage, sender, receiver][person][tenths] += n
    return found


def _tenths() -> Any:
    """borders.tenths() in the database; whole numbers divide to a whole number on SQLite and PostgreSQL."""
    return (F("response_minutes") + 3) / Value(6, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class WeekCount:
    """What crossed a pair of roles in one week."""

    accepted: int = 0
    returned: int = 0
    tenths: Mapping[int, int] | None = None


def weeks(handoffs: HandoffQuerySet, mondays: list[date]) -> dict[Pair, dict[date, WeekCount]]:
    """Per pair of roles and ISO week of the organisation: accepted, returned, and the responses. One read."""
    between_two = handoffs.filter(answered_at__gte=start_of(mondays[0]), state__in=ANSWERED, is_at_once=False)
    rows = (
        between_two.annotate(week=TruncWeek("answered_at", tzinfo=organisation_zone()), tenths=_tenths())
        .values_list("to_stage", "from_role", "to_role", "week", "tenths")
        .annotate(
            accepted=Count("pk", filter=Q(state=HandoffState.ACCEPTED)),
            returned=Count("pk", filter=Q(state=HandoffState.RETURNED)),
            n=Count("pk"),
        )
    )
    counts: dict[Pair, dict[date, list[Any]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, Counter()]))
    for stage, sender, receiver, week, tenths, accepted, returned, n in rows:
        count = counts[stage, sender, receiver][week.date()]
        count[0] += accepted
        count[1] += returned
        if tenths is not None:
            count[2][tenths] += n
    return {pair: {week: WeekCount(*count) for week, count in by_week.items()} for pair, by_week in counts.items()}


# --- Who came by themselves -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arrival:
    """Who entered at a later stage without anybody offering them: per source, and how far they came."""

    stage: str
    channel: str
    n: int
    onward: Reach | None  # None: the last stage has none after it

    @property
    def stage_label(self) -> str:
        return str(Stage(self.stage).label)

    @property
    def channel_label(self) -> str:
        return str(Channel(self.channel).label) if self.channel else ""


def arrivals(jobs: QuerySet[Job] | None, since: datetime, until: datetime) -> list[Arrival]:
    """Applications whose first stage of the window lies behind a border: no sender, so measured by source (model, 2).

    A move from another job is none: it was handed over there.
    """
    first = counted_visits(jobs).filter(
        entered_at__gte=since,
        entered_at__lt=until,
        stage__in=BORDERS,
        application__first_stage=F("stage"),
        application__entered_at=F("entered_at"),
        application__is_move=False,
    )
    done = _yes(Q(application__ended_at__isnull=False))
    rows = first.annotate(done=done).values_list(
        "stage", "application__source__channel", "application__furthest_stage", "done"
    )
    ways: defaultdict[tuple[str, str], list[Way]] = defaultdict(list)
    for stage, channel, furthest, is_finished, n in rows.annotate(n=Count("pk")):
        ways[stage, channel or ""].append(Way(furthest, is_finished, n))
    found = []
    for (stage, channel), cohort in ways.items():
        following = next_stage(stage)
        onward = reach_rate(cohort, following) if following else None
        found.append(Arrival(stage, channel, sum(way.n for way in cohort), onward))
    return sorted(found, key=lambda each: (BORDERS.index(Stage(each.stage)), -each.n, each.channel))


# --- One line for everybody's desk ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BorderLine:
    """Somebody's week at the borders so far, and the contract that is furthest behind of those they stand for."""

    offered: int = 0
    accepted: int = 0
    answered: int = 0
    in_time: int = 0
    contract: Contract | None = None
    done: int = 0  # accepted this week at the contract's border, by everybody
    to_agree: int = 0  # proposals that wait for their word

    @property
    def stage_label(self) -> str:
        return str(Stage(self.contract.to_stage).label) if self.contract else ""

    def __bool__(self) -> bool:
        return bool(self.offered or self.answered or self.contract or self.to_agree)


def border_line(user: User, at: datetime) -> BorderLine:
    """This week so far, in two reads: the contracts they stand for, and every count (one, without a contract)."""
    monday = monday_of(day_of(at))
    since = start_of(monday)
    standing = contracts_of(user, monday) if user.has_perm(AGREE) else []
    running = [each for each in standing if each.is_agreed and each.since_on <= monday]
    mine = Q(from_user=user) | Q(to_user=user)
    wanted = Q(mine)
    for each in running:
        wanted |= _at_border_of(each)
    answered, taken = Q(to_user=user, state__in=ANSWERED, answered_at__gte=since), Q(state=HandoffState.ACCEPTED)
    this_week = Q(answered_at__gte=since) | Q(state=HandoffState.OFFERED, offered_at__gte=since)
    told: dict[str, int] = (
        counted_handoffs()
        .filter(wanted, this_week, is_at_once=False)
        .aggregate(
            offered=Count("pk", filter=Q(from_user=user, offered_at__gte=since)),
            accepted=Count("pk", filter=taken & Q(from_user=user)),
            answered=Count("pk", filter=answered),
            in_time=Count("pk", filter=answered & Q(is_in_time=True)),
            **{f"done_{each.pk}": Count("pk", filter=taken & _at_border_of(each)) for each in running},
        )
    )
    done = {each.pk: told.pop(f"done_{each.pk}") for each in running}
    behind = min(running, key=lambda each: done[each.pk] / max(each.volume, 1), default=None)
    return BorderLine(
        **told,
        contract=behind,
        done=done[behind.pk] if behind else 0,
        to_agree=sum(_waits_for(each, user) for each in standing),
    )


def contracts_of(user: User, day: date) -> list[Any]:
    """Contracts and proposals of the sides somebody stands for: their seat, their role, the jobs they recruit for."""
    seats = JobSeat.objects.filter(user=user, until=None)
    roles = [seat for seat, role in ROLES.items() if role == user.role]

    def stands(side: str) -> Case:
        in_house = Q(job=None) & (Q(**{f"{side}__in": roles}) | Exists(seats.filter(seat=OuterRef(side))))
        on_job = Exists(seats.filter(job=OuterRef("job"), seat=OuterRef(side)))
        return _yes(in_house | on_job | Q(job__recruiter=user, **{side: Seat.RECRUITER}))

    rows = Contract.objects.filter(Q(until_on=None) | Q(until_on__gt=day)).select_related("job")
    rows = rows.annotate(is_sender=stands("from_role"), is_receiver=stands("to_role"))
    return list(rows.filter(Q(is_sender=True) | Q(is_receiver=True)).order_by("to_stage", "pk")[:MOST_CONTRACTS])


def _at_border_of(contract: Contract) -> Q:
    pair = Q(to_stage=contract.to_stage, from_role=contract.from_role, to_role=contract.to_role)
    return pair & Q(job=contract.job_id) if contract.job_id else pair


def _waits_for(contract: Any, user: User) -> bool:
    """Whether a proposal waits for this person's word; nobody agrees with themselves."""
    if not contract.is_open or user.pk in (contract.sender_agreed_by_id, contract.receiver_agreed_by_id):
        return False
    for_sender = contract.is_sender and contract.sender_agreed_at is None
    return bool(for_sender or (contract.is_receiver and contract.receiver_agreed_at is None))
