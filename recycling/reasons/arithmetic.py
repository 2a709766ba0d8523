"""How long a reason holds, when somebody looks again, and where a return starts. Pure: every number comes in."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from funnel.stages import INDEX, ORDER, earliest, next_stage
from recruiting.core.days import plus_months
from recruiting.jobs.stages import Stage

EVALUATED = (Stage.SCREENING, Stage.INTERVIEW)  # sourcing judges nobody; an offer is no evaluation


def cool_months(*, months: int, months_final: int | None, was_final: bool, years_missing: Decimal | None = None) -> int:
    """Months of cool-down: after a final another number may hold; missing years are waited for where they are more."""
    base = months_final if was_final and months_final is not None else months
    return max(base, math.ceil(years_missing * 12)) if years_missing else base


def cool_until(*, exited_on: date, told_on: date | None, months: int) -> date:
    """Over on that day: calendar months from the day they were told, else from the exit."""
    return plus_months(told_on or exited_on, months)


def due_on(*, exited_on: date, named: date | None, months: int | None) -> date | None:
    """The day they named; where nobody named one, so many months after the exit."""
    if named is not None or months is None:
        return named
    return plus_months(exited_on, months)


def review_on(*, entered_on: date, cool_until: date, use_until: date | None, months: int, lead_days: int) -> date:
    """The end of the cool-down or so many months, whichever is later, but `lead_days` before the use ends.

    Where the use ends too soon for that (or has ended, or never began) somebody looks tomorrow at the earliest.
    """
    wanted = max(cool_until, plus_months(entered_on, months))
    if use_until is None:
        return wanted
    return max(min(wanted, use_until - timedelta(days=lead_days)), entered_on + timedelta(days=1))


def first_expired(passed_on: Mapping[str, date], *, on: date, valid_months: int) -> Stage | None:
    """The first stage whose evaluation no longer counts: screening or interview passed `valid_months` ago or longer."""
    expired = [stage for stage in EVALUATED if stage in passed_on and plus_months(passed_on[stage], valid_months) <= on]
    return expired[0] if expired else None


def re_entry_stage(
    re_entry: str, *, left: str, passed_on: Mapping[str, date], on: date, valid_months: int = 12
) -> Stage:
    """Where a return starts: the reason's stage, never later than the stage left or the first expired evaluation.

    `re_entry` is a ReEntry value; `passed_on` maps each stage they passed (advanced out of) to its day.
    """
    expired = first_expired(passed_on, on=on, valid_months=valid_months)
    limits = [Stage(left)] + ([expired] if expired else [])
    if re_entry == "after_valid":
        limits.append(_after_last_pass(passed_on))
    elif re_entry in INDEX:
        limits.append(Stage(re_entry))
    return earliest(*limits)


def _after_last_pass(passed_on: Mapping[str, date]) -> Stage:
    passed = [stage for stage in ORDER if stage in passed_on]
    return (next_stage(passed[-1]) or Stage.HIRE) if passed else Stage.SOURCING
