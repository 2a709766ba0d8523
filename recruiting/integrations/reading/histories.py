"""What a row tells of one way through one job: the stages they stood in, when, and how it ended."""

from __future__ import annotations

from datetime import date

from funnel.stages import INDEX, ORDER
from recruiting.integrations.reading.arrivals import Arrival, Past
from recruiting.integrations.reading.cells import Cells
from recruiting.integrations.reading.fields import FLAGS
from recruiting.integrations.reading.stages import HIRED, LEFT, OPEN, WITHDREW, meaning_of
from recruiting.integrations.reading.values import yes
from recruiting.jobs.stages import Stage

ENTERED = {stage: f"{stage.value}_on" for stage in ORDER}
FLAGGED = {stage: f"flag_{stage.value}" for stage in ORDER}
# What makes a row a history, beside the job itself: a day of arrival alone may belong to the person.
TELLS = frozenset({"stage", "status", "reason", "ended_on", "screening_on", "interview_on", "hire_on", *FLAGS})


def read(row: Cells) -> Past | None:
    """The way through a job, or None where the row tells of none."""
    arrival, job = row.arrival, row.text("job")
    if not job and not any(row.text(target) for target in TELLS & row.layout.has):
        return None
    flags = {stage: _answer(row, FLAGGED[stage], arrival) for stage in ORDER}
    days = {stage: arrival.came_on if stage == Stage.SOURCING else row.day(ENTERED[stage]) for stage in ORDER}
    said, outcomes = _said(row, arrival)
    is_hired = _is_hired(row, arrival, flags, outcomes)
    known = [stage for stage in ORDER if flags[stage] or days[stage]]
    furthest = ORDER[max((INDEX[stage] for stage in (*known, *said, Stage.SOURCING)), default=0)]
    _contradictions(row, arrival, said, known)
    if is_hired:
        furthest = Stage.HIRE
    past = Past(
        job=job[:160],
        stages=[(stage, days[stage]) for stage in _visited(row, flags, days, furthest)],
        is_hired=is_hired,
        withdrew=WITHDREW in outcomes,
        application_id=row.text("application_id")[:120],
        came_on=arrival.came_on,
        ended_on=row.day("ended_on"),
        starts_on=row.day("starts_on"),
        reason=row.text("reason")[:200],
    )
    _how_it_ended(row, arrival, past, outcomes)
    _date(arrival, past)
    return past


def _answer(row: Cells, target: str, arrival: Arrival) -> bool | None:
    """Yes or no; None where the column is missing or says neither."""
    if not row.has(target):
        return None
    text = row.text(target)
    if not text and target == "told":
        return None
    answer = yes(text)
    if answer is None:
        arrival.say("bad_answer", value=text, column=arrival.headers[target])
        row.keep(target, text)
    return answer


def _said(row: Cells, arrival: Arrival) -> tuple[list[Stage], dict[str, str]]:
    """The stages that the words name, and outcome → the word that said so."""
    stages, outcomes = [], {}
    for target in ("stage", "status"):
        word = row.text(target)
        if not word:
            continue
        meaning = row.layout.mapping.stages.get(word) or meaning_of(word)
        if meaning in Stage.values:
            stages.append(Stage(meaning))
        elif meaning:
            outcomes[meaning] = word
        else:
            arrival.say("unknown_stage", value=word)
            row.keep(target, word)
    return stages, outcomes


def _is_hired(row: Cells, arrival: Arrival, flags: dict[Stage, bool | None], outcomes: dict[str, str]) -> bool:
    flag = _answer(row, "flag_hired", arrival)
    is_hired = bool(flag) or HIRED in outcomes
    if is_hired and (flag is False or LEFT in outcomes or WITHDREW in outcomes):
        arrival.say("says_hired_and_not")
    if is_hired and flags[Stage.HIRE] is False:
        arrival.say("hired_without_offer")
    return is_hired


def _contradictions(row: Cells, arrival: Arrival, said: list[Stage], known: list[Stage]) -> None:
    beyond = [stage for stage in known if said and INDEX[stage] > max(INDEX[one] for one in said)]
    if beyond:
        word = row.text("stage") or row.text("status")
        arrival.say("says_less", value=word, stage=beyond[-1].value)
    for stage in known:
        place = INDEX[stage]
        if place and FLAGGED[ORDER[place - 1]] in row.layout.has and ORDER[place - 1] not in known:
            arrival.say("stage_gap", stage=stage.value)


def _visited(
    row: Cells, flags: dict[Stage, bool | None], days: dict[Stage, date | None], furthest: Stage
) -> list[Stage]:
    """Where they stood: what a column of its own confirms, else every stage up to the furthest."""
    visited = []
    for stage in ORDER[: INDEX[furthest] + 1]:
        has_flag = FLAGGED[stage] in row.layout.has
        has_day = stage != Stage.SOURCING and ENTERED[stage] in row.layout.has
        is_there = flags[stage] or days[stage] is not None or stage == furthest
        if is_there or not (has_flag or has_day):
            visited.append(stage)
    return visited


def _how_it_ended(row: Cells, arrival: Arrival, past: Past, outcomes: dict[str, str]) -> None:
    past.told, past.told_on = _answer(row, "told", arrival), row.day("told_on")
    if past.is_hired and past.reason:
        arrival.say("hired_with_reason", value=past.reason)
        row.keep("reason", past.reason)
    if not past.is_hired and OPEN in outcomes:
        arrival.say("still_open", value=outcomes[OPEN])


def _date(arrival: Arrival, past: Past) -> None:
    """Dated is only what is dated whole and runs forward: everything else counts without dates."""
    known = [day for _stage, day in past.stages if day is not None]
    known += [past.ended_on] if past.ended_on else []
    if known != sorted(known):
        arrival.say("dates_backwards")
        return
    past.is_dated = past.ended_on is not None and len(known) == len(past.stages) + 1
