"""People who left, through the one door: exits, stays and the orders that cause them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.jobs.selectors import deciders_of, requirements_of
from recycling import leaving
from recycling.leaving import ExitOrder, Failed
from recycling.models import Exit, ExitReason, PoolEntry
from recycling.reasons import BY_KEY, Need, needs_of
from tests.builders import MONDAY, a_recruiter
from tests.builders_funnel import an_application

LEFT_AT = MONDAY + timedelta(days=10)


def a_reason(key: str = "skill.must_have") -> ExitReason:
    return ExitReason.objects.select_related("pool").get(key=key)


def an_order(key: str = "interest.withdrew", *, application: Application | None = None, **more: Any) -> ExitOrder:
    """A whole order for a reason: what the reason needs is filled in from the application's job."""
    further = [a_reason(each) for each in more.pop("further", ())]
    needs = {need for each in (key, *(reason.key for reason in further)) for need in needs_of(each)}
    if Need.DATE in needs:
        more.setdefault("due_on", date(2027, 4, 1))
    if Need.PAY in needs:
        more.setdefault("pay_floor", 12_500_000)
    if Need.DECIDER in needs and application is not None:
        more.setdefault("refused_by", list(deciders_of(application.job)))
    if Need.SKILL in needs and application is not None:
        asked = requirements_of(application.job).filter(is_must=True)
        more.setdefault("failed", [Failed(each.skill, each.level, each.term) for each in asked])
    if BY_KEY[key].side == "either":
        more.setdefault("side", "we")
    if not BY_KEY[key].is_by_hand:
        more.setdefault("caused_by", "import")
    return ExitOrder(reason=a_reason(key), further=further, **more)


def an_exit(
    key: str = "interest.withdrew",
    *,
    application: Application | None = None,
    at: datetime = LEFT_AT,
    by: User | None = None,
    through: str = "interview",
    order: dict[str, Any] | None = None,
    **more: Any,
) -> Exit:
    """Somebody left a job for that reason, ten days after Monday. `more` goes to the application."""
    by = by or a_recruiter()
    application = application or an_application(through=through, by=by, **more)
    return leaving.exit_application(
        application=application, order=an_order(key, application=application, **(order or {})), by=by, at=at
    )


def an_entry(key: str = "interest.withdrew", **more: Any) -> PoolEntry:
    """Somebody who rests since an exit for that reason."""
    exit = an_exit(key, **more)
    return PoolEntry.objects.select_related("candidate", "left", "pool", "reason").get(left=exit.application)


def again(row: Any) -> Any:
    """The row as the database has it now."""
    return type(row)._default_manager.get(pk=row.pk)
