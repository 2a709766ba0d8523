"""The page over the borders, put together: per border its pairs of roles, the people in them, returns and contracts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from funnel import borders
from funnel import selectors_borders as counted
from funnel.borders import Alike, Figures, Promise, Week
from funnel.models import Contract
from funnel.selectors_borders import Pair, WeekCount
from funnel.sides import AGREE, Sides
from recruiting.accounts.models import User
from recruiting.core.days import day_of
from recruiting.jobs.gates import gates_of
from recruiting.jobs.models import BORDERS, Criterion, Gate, Job, Seat
from recruiting.jobs.stages import Stage

SENDS, RECEIVES = "sends", "receives"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person on one side of a border."""

    user: User
    side: str
    role_label: str
    figures: Figures

    @property
    def sends(self) -> bool:
        return self.side == SENDS


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """How often something came back for one criterion; None: none was named."""

    criterion: Criterion | None
    n: int
    share: int  # of the most frequent, in hundredths: the length of its bar


@dataclass(frozen=True, slots=True)
class Standing:
    """A contract as the reader finds it: the side that waits for their word, and what else they may do."""

    contract: Contract
    to_agree: str = ""
    may_change: bool = False


@dataclass(frozen=True, slots=True)
class WeekLine:
    """A week of the contract strip: its figures, and in hundredths the bar of its volume and where the promise lies."""

    week: Week
    bar: int
    promised_at: int | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """The contract strip of a pair of roles."""

    running: Standing | None
    coming: Standing | None
    proposal: Standing | None
    weeks: tuple[WeekLine, ...]  # newest first; empty: nothing was agreed, or the reader does not see all of it
    may_propose: bool


@dataclass(frozen=True, slots=True)
class PairBlock:
    """One pair of roles at one border."""

    to_stage: str
    from_role: str
    to_role: str
    figures: Figures
    people: tuple[PersonLine, ...]
    returns: tuple[CriterionLine, ...]
    agreement: Agreement

    @property
    def key(self) -> str:
        return f"{self.to_stage}-{self.from_role}-{self.to_role}"

    @property
    def from_label(self) -> str:
        return str(Seat(self.from_role).label)

    @property
    def to_label(self) -> str:
        return str(Seat(self.to_role).label)

    @property
    def is_judged_by_hire(self) -> bool:
        return borders.aim(self.to_stage) == borders.HIRED


@dataclass(frozen=True, slots=True)
class BorderBlock:
    """One border: the stage it leads into, and who hands over to whom there."""

    to_stage: str
    pairs: tuple[PairBlock, ...]
    arrivals: tuple[counted.Arrival, ...] = ()

    @property
    def label(self) -> str:
        return str(Stage(self.to_stage).label)


@dataclass
class Look:
    """What the reader looks at: a window, and one job or all they may see."""

    user: User
    since: datetime
    until: datetime
    job: Job | None = None
    jobs: Any = None  # the visible jobs, None for every job

    @property
    def sees_people(self) -> bool:
        """Figures of single people are for recruiting; the others see the pair's and their own."""
        return self.user.has_perm("funnel.view_numbers")

    @property
    def sees_promised(self) -> bool:
        """A promise of the whole house is compared with the whole house's figures, or not at all."""
        return self.job is not None or self.user.sees_everybody


def border_blocks(look: Look) -> list[BorderBlock]:
    """Everything the page shows but what the later stages say back, in a fixed number of reads."""
    handoffs = counted.counted_handoffs(look.jobs)
    rows: defaultdict[Pair, list[Alike]] = defaultdict(list)
    for row in counted.alike(handoffs, look.since, look.until):
        rows[row.to_stage, row.from_role, row.to_role].append(row)
    gathered = _Gathered(
        look=look,
        rows=rows,
        of_receivers=counted.responses(handoffs, look.since, look.until, "to_user"),
        of_senders=counted.responses(handoffs, look.since, look.until, "from_user"),
        weeks=counted.weeks(handoffs, borders.last_weeks(day_of(look.until))) if look.sees_promised else {},
        contracts=_contracts(look),
    )
    gathered.name_people()
    came = counted.arrivals(look.jobs, look.since, look.until)
    return [
        BorderBlock(
            stage,
            tuple(gathered.pair(pair) for pair in gathered.pairs_into(stage)),
            tuple(each for each in came if each.stage == stage),
        )
        for stage in BORDERS
    ]


def agreement_at(look: Look, pair: Pair) -> PairBlock:
    """One pair with its contracts alone: what the strip shows after a verb."""
    handoffs = counted.counted_handoffs(look.jobs).filter(to_stage=pair[0], from_role=pair[1], to_role=pair[2])
    weeks = counted.weeks(handoffs, borders.last_weeks(day_of(look.until))) if look.sees_promised else {}
    gathered = _Gathered(look, {}, {}, {}, weeks, _contracts(look), sides=Sides(look.user, [look.job]))
    return PairBlock(*pair, Figures(), (), (), gathered.agreement(pair))


def contracts_elsewhere(look: Look) -> list[Contract]:
    """Contracts and proposals of single jobs, where the page is over all of them."""
    if look.job is not None:
        return []
    rows = Contract.objects.filter(job__isnull=False, until_on=None).select_related("job").order_by("job__title", "pk")
    return list(rows if look.jobs is None else rows.filter(job__in=look.jobs))


def _contracts(look: Look) -> dict[Pair, list[Contract]]:
    """What was in force in one of the last weeks, is to come or is proposed, newest first."""
    first = borders.last_weeks(day_of(look.until))[0]
    rows = Contract.objects.filter(Q(until_on=None) | Q(until_on__gt=first), job=look.job)
    rows = rows.select_related("job", "proposed_by", "sender_agreed_by", "receiver_agreed_by")
    found: defaultdict[Pair, list[Contract]] = defaultdict(list)
    for each in rows:
        if each.until_on is None or each.since_on < each.until_on:  # not taken back
            found[each.to_stage, each.from_role, each.to_role].append(each)
    return found


@dataclass
class _Gathered:
    """All that was read, waiting to be put together."""

    look: Look
    rows: Mapping[Pair, list[Alike]]
    of_receivers: Mapping[Pair, Any]
    of_senders: Mapping[Pair, Any]
    weeks: Mapping[Pair, Mapping[date, WeekCount]]
    contracts: Mapping[Pair, list[Contract]]
    users: dict[int, User] = field(default_factory=dict)
    criteria: dict[int, Criterion] = field(default_factory=dict)
    gates: dict[str, list[Pair]] = field(default_factory=dict)
    sides: Sides | None = None

    def name_people(self) -> None:
        """The names behind the keys: people, criteria, gates and seats, each in one read."""
        rows = [row for some in self.rows.values() for row in some]
        keys = {row.from_user for row in rows} | {row.to_user for row in rows}
        self.users = User.objects.in_bulk(keys if self.look.sees_people else keys & {self.look.user.pk})
        failed = {row.failed for row in rows if row.failed is not None}
        self.criteria = Criterion.objects.select_related("raises").in_bulk(failed)
        self.sides = Sides(self.look.user, [self.look.job])
        self.gates = _gates(self.look.job)

    def pairs_into(self, stage: str) -> list[Pair]:
        """Pairs with something to show; at a border that nothing crossed, those its gates name."""
        told = {pair for pair in (*self.rows, *self.contracts) if pair[0] == stage}
        known = self.gates.get(stage, [])
        if not told:
            return known
        return sorted(told, key=lambda pair: (pair not in known, -self.figures(pair).offered, pair))

    def figures(self, pair: Pair) -> Figures:
        response = borders.pooled(self.of_receivers.get(pair, {}).values())
        return borders.figures(self.rows.get(pair, ()), response)

    def pair(self, pair: Pair) -> PairBlock:
        figures = self.figures(pair)
        return PairBlock(*pair, figures, tuple(self.people(pair)), self.returns(figures), self.agreement(pair))

    def people(self, pair: Pair) -> Iterable[PersonLine]:
        """Each person on each side whom the reader may see."""
        for side, column, role, responses in (
            (SENDS, "from_user", pair[1], self.of_senders),
            (RECEIVES, "to_user", pair[2], self.of_receivers),
        ):
            own: defaultdict[int, list[Alike]] = defaultdict(list)
            for row in self.rows.get(pair, ()):
                own[getattr(row, column)].append(row)
            for key, rows in own.items():
                if key in self.users:
                    figures = borders.figures(rows, responses.get(pair, {}).get(key, {}))
                    yield PersonLine(self.users[key], side, str(Seat(role).label), figures)

    def returns(self, figures: Figures) -> tuple[CriterionLine, ...]:
        most = figures.returns[0][1] if figures.returns else 1
        return tuple(
            CriterionLine(self.criteria.get(key or 0), n, max(1, round(100 * n / most))) for key, n in figures.returns
        )

    def agreement(self, pair: Pair) -> Agreement:
        contracts = self.contracts.get(pair, [])
        today = day_of(self.look.until)
        agreed = [each for each in contracts if each.is_agreed]
        running = next((each for each in agreed if _is_on(each, today)), None)
        coming = next((each for each in reversed(agreed) if each.since_on > today), None)
        proposal = next((each for each in contracts if each.is_open), None)
        return Agreement(
            self.standing(running),
            self.standing(coming),
            self.standing(proposal),
            _lines(self.judged(pair, agreed)) if agreed and self.look.sees_promised else (),
            proposal is None and self.may_propose(pair),
        )

    def may_propose(self, pair: Pair) -> bool:
        sides, job = self.sides, self.look.job
        if sides is None or not self.look.user.has_perm(AGREE):
            return False
        return sides.leads or sides.holds(pair[1], job) or sides.holds(pair[2], job)

    def standing(self, contract: Contract | None) -> Standing | None:
        if contract is None or self.sides is None:
            return None
        return Standing(contract, self.sides.may_agree(contract), self.sides.may_change(contract))

    def judged(self, pair: Pair, agreed: Sequence[Contract]) -> Iterator[Week]:
        """The last weeks at this pair, each against what was in force when it began."""
        terms = [(each.since_on, each.until_on, promise_of(each)) for each in agreed]
        mondays = borders.last_weeks(day_of(self.look.until))
        for monday in mondays:
            count = self.weeks.get(pair, {}).get(monday, WeekCount())
            yield Week(
                monday,
                count.accepted,
                borders.acceptance(count.accepted, count.returned),
                borders.response_of(count.tenths or {}),
                borders.promise_on(monday, terms),
                is_running=monday == mondays[-1],
            )


def _lines(weeks: Iterable[Week]) -> tuple[WeekLine, ...]:
    """Newest first, all bars on one scale."""
    told = list(weeks)
    most = max(1, *(week.accepted for week in told), *(week.promise.volume for week in told if week.promise))
    return tuple(
        WeekLine(
            week, round(100 * week.accepted / most), round(100 * week.promise.volume / most) if week.promise else None
        )
        for week in reversed(told)
    )


def promise_of(contract: Contract) -> Promise:
    return Promise(contract.volume, float(contract.acceptance), contract.response_hours)


def _is_on(contract: Contract, day: date) -> bool:
    return contract.since_on <= day and (contract.until_on is None or day < contract.until_on)


def _gates(job: Job | None) -> dict[str, list[Pair]]:
    """Who hands over to whom as the gates say: this job's, or every pipeline's."""
    found: defaultdict[str, list[Pair]] = defaultdict(list)
    if job is not None:
        for gate in gates_of(job).values():
            found[gate.to_stage].append((gate.to_stage, gate.sender, gate.receiver))
        return found
    rows = Gate.objects.filter(pipeline__isnull=False).order_by("to_stage", "sender", "receiver")
    for pair in rows.values_list("to_stage", "sender", "receiver").distinct():
        found[pair[0]].append(pair)
    return found
