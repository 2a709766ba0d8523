"""The board of one job: every column in one query, every count in another, whatever the number of cards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from funnel.ageing import whole_days
from funnel.cards import COLUMNS, AtGate, Card, Reader, card
from funnel.flow import band, gates
from funnel.handoffs.clocks import RUNNING
from funnel.models import Application, Handoff, HandoffState
from funnel.stages import ORDER
from recruiting.core import words
from recruiting.jobs.models import Step

CARDS_A_COLUMN = 20
ANY_STEP = -1  # stands for a step's key in SQL that is compiled once for all columns
# How the cards of a column may stand: its key, its words, its order.
SORTS: dict[str, tuple[Any, str]] = {
    "age": (_("Longest here"), "step_since"),
    "due": (_("Next action"), "next_action_on"),
}


@dataclass
class Column:
    """A step with its first cards. `more` is how many wait below them."""

    step: Step
    count: int
    cards: list[Card]
    is_gate: bool = False

    @property
    def more(self) -> int:
        return max(0, self.count - len(self.cards))


@dataclass
class StageHead:
    """A stage over its columns. All but the last end at a gate; who passes it is loaded later."""

    stage: str
    label: str
    span: int
    count: int
    has_gate: bool = False


@dataclass
class Board:
    columns: list[Column]
    heads: list[StageHead]
    chips: dict[str, int]
    flow: str = ""
    ticks: list[float] = field(default_factory=list)
    nowhere: int = 0  # live, but in no column of this board


def order_by(sort: str) -> list[Any]:
    """Oldest stay first is the order of the index board_cards; a card without a day comes after those with one."""
    if sort == "due":
        return [F("next_action_on").asc(nulls_last=True), "pk"]
    return ["step_since", "pk"]


def counted(rows: QuerySet[Application], chips: Mapping[str, Q]) -> dict[int | None, dict[str, int]]:
    """Per step how many, and how many of each chip. count(*), so that board_cards alone can answer."""
    told: Any = (
        rows.order_by()
        .values("step")
        .annotate(all=Count("*"), **{key: Count("pk", filter=condition) for key, condition in chips.items()})
    )
    return {row.pop("step"): row for row in told}


def first_cards(rows: QuerySet[Application], steps: Sequence[Step], sort: str) -> dict[int, list[tuple[Any, ...]]]:
    """The first rows of each column in one query: a short walk of board_cards per step, then the rows by key."""
    short = rows.filter(step=ANY_STEP).order_by(*order_by(sort))[:CARDS_A_COLUMN]
    found: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    if not steps:
        return found
    for row in _of_each(short, steps).order_by(*order_by(sort)).values_list(*COLUMNS):
        found[row[2]].append(row)
    return found


def medians(job: int, steps: Sequence[Step], now: datetime) -> dict[int, int | None]:
    """The days of each column's middle card: half of those who stand there came earlier."""
    rows = Application.objects.live().filter(job=job)
    found = {}
    for step, count in rows.order_by().values_list("step").annotate(n=Count("*")):  # board_cards
        middle = rows.filter(step=step).order_by("step_since").values_list("step_since", flat=True)
        found[step] = whole_days(middle[count // 2], now)
    return {step.pk: found[step.pk] for step in steps if step.pk in found}


def _of_each(short: QuerySet[Application], steps: Sequence[Step]) -> QuerySet[Application]:
    """Whoever is in the slice of any of these steps. The slice is compiled once, for ANY_STEP, and its SQL repeated.

    (SQLite takes no slice in a UNION of the ORM's own.)
    """
    try:
        sql, values = short.values("pk").query.sql_with_params()
    except EmptyResultSet:  # a filter that nobody can pass
        return Application.objects.none()
    repeated = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS step_{step.pk}" for step in steps)  # noqa: S608
    given = tuple(step.pk if value == ANY_STEP else value for step in steps for value in values)
    return Application.objects.filter(pk__in=RawSQL(repeated, given))  # noqa: S611 - the compiler's SQL, values apart


def cards_after(rows: QuerySet[Application], step: Step, sort: str, after: int) -> tuple[list[tuple[Any, ...]], int]:
    """The next rows of one column, from the card that was last (keyset), and how many wait below them."""
    last = Application.objects.filter(pk=after).values_list("step_since", "next_action_on").first()
    if last is None:
        return [], 0
    since, due_on = last
    if sort != "due":
        beyond = Q(step_since__gt=since) | Q(step_since=since, pk__gt=after)
    elif due_on is None:
        beyond = Q(next_action_on=None, pk__gt=after)
    else:
        beyond = Q(next_action_on__gt=due_on) | Q(next_action_on=due_on, pk__gt=after) | Q(next_action_on=None)
    waiting = rows.filter(beyond, step=step.pk)
    found = list(waiting.order_by(*order_by(sort)).values_list(*COLUMNS)[:CARDS_A_COLUMN])
    return found, waiting.count() - len(found)


def at_gates(keys: Sequence[int]) -> dict[int, AtGate]:
    """Of these cards those that are offered, and those that came back, in one query."""
    japanese = (get_language() or "").startswith("ja")
    text = "failed__text_ja" if japanese else "failed__text_en"
    side = ("family_name", "given_name", "name_lang")
    columns = ("application", "state", "miss_at", "back_miss_at", text, *(f"to_user__{name}" for name in side))
    found = {}
    running = Handoff.objects.filter(RUNNING, application__in=keys) if keys else Handoff.objects.none()
    for key, state, miss_at, back_at, failed, family, given, lang in running.order_by("pk").values_list(*columns):
        is_back = state == HandoffState.RETURNED
        name = " ".join(filter(None, (family, given) if lang in words.FAMILY_FIRST else (given, family)))
        initials, due_at = words.initials(family, given, lang), back_at if is_back else miss_at
        found[key] = AtGate(is_back, name, initials, lang, due_at, failed or "")
    return found


def drawn_cards(rows: Sequence[tuple[Any, ...]], limits: Mapping[int, int], reader: Reader) -> list[Card]:
    """Rows of COLUMNS as cards, each with its column's limit and how it stands at a gate."""
    standing = at_gates([row[0] for row in rows])
    return [card(row, limits.get(row[2], 7), reader, standing.get(row[0])) for row in rows]


def build(
    rows: QuerySet[Application],
    steps: Sequence[Step],
    *,
    chips: Mapping[str, Q],
    shown: QuerySet[Application],
    chip: str,
    sort: str,
    reader: Reader,
) -> Board:
    """The whole board. `rows` are what the filters leave, `shown` what the chip leaves of them."""
    counts = counted(rows, chips)
    drawn = first_cards(shown, steps, sort)
    gates_now = at_gates([row[0] for rows_of in drawn.values() for row in rows_of])
    columns = [
        Column(
            step=step,
            count=counts.get(step.pk, {}).get(chip or "all", 0),
            cards=[card(row, step.limit_days, reader, gates_now.get(row[0])) for row in drawn.get(step.pk, [])],
            is_gate=place > 0 and steps[place - 1].stage != step.stage,
        )
        for place, step in enumerate(steps)
    ]
    totals = {key: sum(row[key] for row in counts.values()) for key in ("all", *chips)}
    known = {step.pk for step in steps}
    nowhere = sum(row[chip or "all"] for step, row in counts.items() if step not in known)
    heads = stage_heads(columns)
    spans, sums = [head.span for head in heads], [head.count for head in heads]
    return Board(columns, heads, totals, band(sums, spans), gates(spans), nowhere)


def stage_heads(columns: Sequence[Column]) -> list[StageHead]:
    heads = []
    for stage in ORDER:
        of_stage = [column for column in columns if column.step.stage == stage]
        if of_stage:
            count = sum(column.count for column in of_stage)
            heads.append(StageHead(stage, str(stage.label), len(of_stage), count))
    for head in heads[:-1]:
        head.has_gate = True
    return heads
