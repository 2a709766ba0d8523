"""exit_application(): end an application for a stated reason and, if the reason says so, put the person to rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from funnel import leaving as funnel_leaving
from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.candidates.services import set_employed
from recruiting.core.days import day_of
from recruiting.jobs.models import Job
from recruiting.jobs.selectors import deciders_of, requirements_of
from recruiting.jobs.stages import Stage
from recycling import reasons
from recycling.leaving.filing import Gap, Term, Touchpoint, file_entry
from recycling.leaving.orders import ExitOrder, check
from recycling.leaving.traces import gaps_of, leave_traces
from recycling.models import Exit, FurtherReason, Origin, PoolEntry
from recycling.models.exits import ReasonClass, Told

MOVED = "admin.moved"


@transaction.atomic
def exit_application(
    *, application: Application, order: ExitOrder, by: User | None, at: datetime, seen_version: int | None = None
) -> Exit:
    """They leave this job's funnel: the exit, what it taught us, and the rest it begins, in one transaction."""
    check(order)
    funnel_leaving.leave(
        application=application,
        by=by,
        at=at,
        as_="moved" if order.reason.key == MOVED else "exited",
        is_counted=order.reason.klass != ReasonClass.ADMINISTRATIVE,
        why=order.reason.key,
        seen_version=seen_version,
    )
    return settle(application=application, order=order, by=by, at=at)


@transaction.atomic
def exit_many(
    *,
    applications: Sequence[Application],
    order: ExitOrder,
    by: User | None,
    at: datetime,
    seen_versions: dict[int, int] | None = None,
) -> list[Exit]:
    """The same exit for several, all or nothing: each as exit_application would, in the order of their keys."""
    seen = seen_versions or {}
    return [
        exit_application(application=application, order=order, by=by, at=at, seen_version=seen.get(application.pk))
        for application in sorted(applications, key=lambda application: application.pk)
    ]


@transaction.atomic
def did_not_start(*, application: Application, order: ExitOrder, by: User | None, at: datetime) -> Exit:
    """Hired, and did not start: the opening opens again, and they leave for a stated reason."""
    check(order)
    funnel_leaving.did_not_start(application=application, by=by, at=at, why=order.reason.key)
    set_employed(candidate=application.candidate, employed_on=None, by=by, at=at)
    return settle(application=application, order=order, by=by, at=at)


def settle(*, application: Application, order: ExitOrder, by: User | None, at: datetime) -> Exit:
    """What every exit writes once the application has ended."""
    failed = gaps_of(application.candidate, list(order.failed))
    exit = _write_exit(application, order, by, at)
    leave_traces(exit=exit, order=order, by=by, at=at)
    if exit.klass in (ReasonClass.NOT_NOW, ReasonClass.OTHER_ROLE):
        _file(exit, order, failed, by, at)
    return exit


def terms_of(order: ExitOrder, *, was_final: bool, at: datetime, gaps: Sequence[Gap] = ()) -> list[Term]:
    """Each reason of the order as the condition it makes."""
    return [
        Term(
            reason=reason,
            kind=order.kind_for(reason),
            months=reasons.cool_months(
                months=reason.cool_months,
                months_final=reason.cool_months_final,
                was_final=was_final,
                years_missing=order.years_missing if reasons.Need.YEARS in reasons.needs_of(reason.key) else None,
            ),
            due_on=order.due_on_for(reason, day_of(at)),
            gaps=gaps if reasons.Need.SKILL in reasons.needs_of(reason.key) else (),
        )
        for reason in order.reasons
    ]


def is_final(application: Application) -> bool:
    """They had come as far as whoever decides: a final step, or beyond it."""
    return application.stage == Stage.HIRE or bool(application.step and application.step.is_final)


def _write_exit(application: Application, order: ExitOrder, by: User | None, at: datetime) -> Exit:
    exit = exit_row(application, order, snapshot_of(application.job), by, at)
    exit.save()
    FurtherReason.objects.bulk_create(
        FurtherReason(exit=exit, reason=reason, position=place) for place, reason in enumerate(order.further, start=1)
    )
    return exit


def exit_row(
    application: Application, order: ExitOrder, snapshot: dict[str, Any], by: User | None, at: datetime
) -> Exit:
    """What one exit comes to, not saved yet; `snapshot` is the job's."""
    was_final = is_final(application)
    return Exit(
        application=application,
        candidate=application.candidate,
        job=application.job,
        reason=order.reason,
        reason_version=order.reason.version,
        klass=order.reason.klass,
        side=order.decided_side,
        stage=application.stage,
        was_final=was_final,
        is_runner_up=order.is_runner_up,
        exited_at=at if application.is_dated else None,
        exited_by=by,
        told=order.told,
        told_on=order.told_on if order.told == Told.TOLD else None,
        told_what=order.told_what,
        evidence=order.evidence,
        note=order.note,
        caused_by=order.caused_by,
        created_at=at,
        snapshot={
            **snapshot,
            "step": str(application.step) if application.step else "",
            "refused_by": [user.pk for user in order.refused_by],
            "cool_months": {term.reason.key: term.months for term in terms_of(order, was_final=was_final, at=at)},
        },
    )


def snapshot_of(job: Job) -> dict[str, Any]:
    """The job as it was that day."""
    return {
        "family": job.family.key if job.family else None,
        "level": job.level_id,
        "band": [str(end) if end is not None else None for end in (job.band_min, job.band_max)],
        "currency": job.currency,
        "period": job.period,
        "requirements": [
            {
                "skill": requirement.skill.key if requirement.skill else None,
                "term": requirement.term,
                "level": requirement.level,
                "is_must": requirement.is_must,
            }
            for requirement in requirements_of(job)
        ],
        "deciders": list(deciders_of(job).values_list("pk", flat=True)),
    }


def _file(exit: Exit, order: ExitOrder, failed: Sequence[Gap], by: User | None, at: datetime) -> PoolEntry:
    owner = order.keeper or exit.application.owner or by
    return file_entry(
        candidate=exit.candidate,
        origin=Origin.EXIT,
        terms=terms_of(order, was_final=exit.was_final, at=at, gaps=failed),
        by=by,
        at=at,
        left=exit.application,
        touch=Touchpoint(owner, order.contact_point, order.channel),
        cooled_from=exit.told_on,
    )
