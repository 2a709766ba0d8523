"""How people leave in the sample: a reason with what it needs, and that they are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from funnel.models import Application, Handoff, Outcome
from recruiting.accounts.models import User
from recruiting.home.sample.world import World
from recruiting.jobs.models import JobState
from recycling.handoffs import let_go_at_handoff
from recycling.leaving import ExitOrder, Failed, exit_application, record_told
from recycling.models import Exit

THEIRS = {"process.no_reply", "interest", "timing", "decision.household"}


def let_go(world: World, application: Application, key: str, **terms: object) -> Exit:
    """One exit for a reason, with what that reason needs."""
    return exit_application(
        application=application, order=order_for(world, application, key, **terms), by=application.owner, at=world.now
    )


def let_them_go_there(world: World, handoff: Handoff, key: str) -> Exit:
    """The receiver lets them go at the gate."""
    order = order_for(world, handoff.application, key)
    return let_go_at_handoff(handoff=handoff, order=order, by=handoff.to_user, at=world.now)


def order_for(world: World, application: Application, key: str, **terms: object) -> ExitOrder:
    return ExitOrder(reason=world.reasons[key], **{**terms_for(world, application, key), **terms})  # type: ignore[arg-type]


def terms_for(world: World, application: Application, key: str) -> dict[str, object]:
    job, rng = application.job, world.rng
    side = "they" if key.split(".")[0] in THEIRS or key in THEIRS else "we"
    terms: dict[str, object] = {"side": side if world.reasons[key].side == "either" else world.reasons[key].side}
    if key in {"timing.start_date", "timing.notice", "decision.household", "skill.assessment"}:
        terms["due_on"] = world.today + timedelta(days=rng.randrange(45, 300))
    if key in {"skill.must_have", "skill.language"}:
        skill, level = rng.choice(world.musts[job.pk])
        terms["failed"] = [Failed(skill=skill, level=level)]
    if key == "decision.manager":
        terms["refused_by"] = [world.decider(job)]
    if key == "skill.experience":
        terms["years_missing"] = Decimal(rng.choice(["1", "1.5", "2"]))
    if key == "terms.pay":
        terms |= {"pay_floor": (job.band_max or Decimal(8_000_000)) + Decimal(500_000), "pay_said_on": world.today}
    if key == "capacity.filled":
        terms["is_runner_up"] = True
    return terms


def tell_them(world: World, exit: Exit, by: User | None = None) -> Iterator[timedelta | datetime]:
    """Whoever left hears of it within days."""
    yield world.days(0.2, 3)
    if Exit.objects.filter(pk=exit.pk, undone_at=None, told="not_yet").exists():
        record_told(exit=exit, on=world.today, by=by or exit.exited_by, at=world.now)


def fresh(application: Application) -> Application:
    rows = Application.objects.select_related("candidate", "job__recruiter", "step", "owner")
    return rows.get(pk=application.pk)


def goes_on(application: Application) -> bool:
    return bool(application.outcome == Outcome.ACTIVE and application.job.state == JobState.OPEN)
