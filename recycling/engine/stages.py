"""Where a return starts: the latest possible stage, in bulk and for one (the arithmetic of recycling.reasons)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Case, CharField, Exists, Max, Min, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest, Least, Substr

from funnel.models import Application, Ended, Visit
from funnel.stages import INDEX, ORDER
from recruiting.core.days import day_of, plus_months, start_of
from recruiting.jobs.stages import Stage
from recycling import reasons
from recycling.models import Condition
from recycling.models.exits import ReEntry
from recycling.reasons.arithmetic import EVALUATED

PASSED = (Ended.ADVANCED, Ended.HIRED)
# A stage with its place before it compares as text in the order of the stages.
CODES = {stage: f"{place}{stage.value}" for place, stage in enumerate(ORDER)}
NEXT = dict(zip(ORDER, [*ORDER[1:], ORDER[-1]], strict=True))
LATEST = Value(CODES[Stage.HIRE])


def stage_of(at: datetime) -> Substr:
    """The stage as an expression over a row with a condition and its entry (the working table Chosen)."""
    passed = Visit.objects.filter(application=OuterRef("entry__left"), ended_as__in=PASSED, is_voided=False)
    valid = Visit.objects.filter(
        application=OuterRef("application"),
        stage=OuterRef("stage"),
        ended_as__in=PASSED,
        is_voided=False,
        left_at__gte=start_of(_last_expired(day_of(at)) + timedelta(days=1)),
    )
    expired = passed.filter(~Exists(valid), stage__in=EVALUATED)
    after_pass = Greatest(
        Coalesce(_code("entry__left__first_stage"), Value(CODES[Stage.SOURCING])),
        Coalesce(_aggregate(passed, Max(_code("stage", of=NEXT))), Value(CODES[Stage.SOURCING])),
    )
    wanted = Case(
        When(condition__re_entry=ReEntry.AFTER_VALID, then=after_pass),
        *(When(condition__re_entry=stage.value, then=Value(code)) for stage, code in CODES.items()),
        default=LATEST,
    )
    left = Coalesce(_code("entry__left__stage"), LATEST)
    first_expired = Coalesce(_aggregate(expired, Min(_code("stage"))), LATEST)
    return Substr(Least(left, first_expired, wanted), 2)


def _code(column: str, of: dict[Stage, Stage] | None = None) -> Case:
    """The stage in a column, or the one after it, as a code; NULL where there is none."""
    codes = {stage: CODES[(of or {}).get(stage, stage)] for stage in ORDER}
    return Case(
        *(When(**{column: stage.value}, then=Value(code)) for stage, code in codes.items()), output_field=CharField()
    )


def _aggregate(visits: QuerySet[Visit], aggregate: Max | Min) -> Subquery:
    rows = visits.order_by().values("application").annotate(found=aggregate).values("found")
    return Subquery(rows, output_field=CharField())


def _last_expired(today: date) -> date:
    """The latest day whose evaluations no longer count: months are clamped, so the way back is not the way there."""
    months = settings.EVALUATION_VALID_MONTHS
    day = plus_months(today, -months)
    while plus_months(day + timedelta(days=1), months) <= today:
        day += timedelta(days=1)
    return day


def stage_of_return(condition: Condition, at: datetime) -> Stage:
    """The twin of stage_of(), for one: the stage at which this condition's person would come back."""
    left = condition.entry.left
    if left is None:
        return Stage(condition.re_entry) if condition.re_entry in INDEX else Stage.HIRE
    return reasons.re_entry_stage(
        condition.re_entry,
        left=left.stage,
        passed_on=passed_on(left, day_of(at)),
        on=day_of(at),
        valid_months=settings.EVALUATION_VALID_MONTHS,
    )


def passed_on(left: Application, today: date) -> dict[str, date]:
    """The last day each stage was passed; a pass without a day has run out, a stage never entered needs none."""
    days: dict[str, date] = dict.fromkeys([stage.value for stage in ORDER[: INDEX[left.first_stage]]], today)
    for visit in left.visits.filter(ended_as__in=PASSED, is_voided=False):
        day = day_of(visit.left_at) if visit.left_at else date(1970, 1, 1)
        days[visit.stage] = max(day, days.get(visit.stage, day))
    return days
