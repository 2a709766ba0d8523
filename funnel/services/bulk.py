"""Many at once: the set-based twins of moving.py and opening.py. A test holds each pair together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Case, F, Max, Value, When
from django.utils.translation import gettext as _

from funnel.elapsed import ElapsedDays
from funnel.handoffs import settling
from funnel.models import Application, Ended, Outcome, Visit
from funnel.offers.ending import end_offers, say_unanswered, with_unanswered
from funnel.selectors import first_step
from funnel.services.moving import correct_stage
from funnel.services.opening import check_open
from funnel.stages import ORDER, between, is_before
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.core.events import record_all
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recruiting.jobs.models import Job, Step

# What a bulk move looks at, so that a thousand rows stay light.
NEEDED = ("pk", "candidate_id", "job_id", "stage", "outcome", "step_id", "previous_id", "version")


@dataclass
class Moved:
    """Who moved, and one sentence for each who did not."""

    moved: list[int] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def move_applications(*, keys: Iterable[int], step: Step, by: User | None, at: datetime, back: str = "") -> Moved:
    """Move many cards of one job to one column, in a fixed number of queries. Who cannot move stays, and is named.

    Over borders as advance_application does it, inside the stage as move_to_step; whoever stands beyond is moved only
    when `back` says how: "step_back" or "correct" (those one by one: each has its own visits to void).
    """
    if by is not None and not by.has_perm("funnel.move_application"):
        raise Refused(_("Your role does not move people between columns."), "not_allowed")
    rows = Application.objects.filter(pk__in=list(keys), job=step.job_id).only(*NEEDED)
    result = Moved()
    forward: list[Application] = []
    aside: list[Application] = []
    behind: list[Application] = []
    stuck: list[Application] = []
    for row in rows.order_by("pk").select_for_update():
        if row.outcome != Outcome.ACTIVE or (is_before(step.stage, row.stage) and not back):
            stuck.append(row)
        elif row.stage == step.stage:
            aside += [row] if row.step_id != step.pk else []
        else:
            (behind if is_before(step.stage, row.stage) else forward).append(row)
    behind, unanswered = _without_offers_out(behind)
    result.refused = [*_why_not(stuck, step), *_why_not_back(unanswered, by)]
    if back == "correct":
        whole = Application.objects.select_related("candidate").filter(pk__in=[row.pk for row in behind])
        for row in whole.order_by("pk"):
            correct_stage(application=row, step=step, by=by, at=at)
        result.moved = [row.pk for row in behind]
        behind = []
    _cross(forward, Ended.ADVANCED, step, at)
    _cross(behind, Ended.STEPPED_BACK, step, at)
    if behind:
        end_offers(applications=behind, by=by, at=at, because="stage")
    _shift([*forward, *behind, *aside], step, at)
    happened = [_event(row, "application.advanced", step, by, at, _border(row, step)) for row in forward]
    happened += [_event(row, "application.stepped_back", step, by, at, {}) for row in behind]
    happened += [_event(row, "application.stepped", step, by, at, {}) for row in aside]
    record_all(happened)
    settling.settle([row.pk for row in forward], why=settling.SETTLES["skip"], by=by, at=at)
    settling.settle([row.pk for row in behind], why=settling.SETTLES["step_back"], by=by, at=at)
    result.moved += [row.pk for row in (*forward, *behind, *aside)]
    return result


def _without_offers_out(behind: list[Application]) -> tuple[list[Application], list[Application]]:
    """Whoever has an offer in their hands does not go back; and these."""
    unanswered = with_unanswered([row.pk for row in behind]) if behind else set()
    stay = [row for row in behind if row.pk in unanswered]
    return [row for row in behind if row.pk not in unanswered], stay


def _why_not_back(rows: list[Application], by: User | None) -> list[str]:
    names = Candidate.objects.in_bulk([row.candidate_id for row in rows]) if rows else {}
    return [say_unanswered([names[row.candidate_id].name], by) for row in rows]


def _why_not(stuck: list[Application], step: Step) -> list[str]:
    """One sentence for each who stays where they are."""
    people = Candidate.objects.in_bulk([row.candidate_id for row in stuck]) if stuck else {}
    said = []
    for row in stuck:
        terms = {"name": people[row.candidate_id].name, "step": step}
        if row.outcome == Outcome.ON_HOLD:
            said.append(_("%(name)s is on hold.") % terms)
        elif row.outcome != Outcome.ACTIVE:
            said.append(_("%(name)s is no longer in this funnel.") % terms)
        else:
            said.append(_("%(name)s is already beyond %(step)s.") % terms)
    return said


def _cross(rows: list[Application], ends: Ended, step: Step, at: datetime) -> None:
    """Close the open visits of these and open the new ones."""
    if not rows:
        return
    Visit.objects.filter(application__in=rows, ended_as="").update(
        left_at=at, ended_as=ends, days=ElapsedDays("entered_at", until=at)
    )
    Visit.objects.bulk_create(
        Visit(application=row, job_id=row.job_id, stage=step.stage, entered_at=at, is_recycled=row.is_recycled)
        for row in rows
    )


def _shift(rows: list[Application], step: Step, at: datetime) -> None:
    """The rows are locked: one UPDATE for those who cross a border, one for those who stay in the stage."""
    crossing = [row.pk for row in rows if row.stage != step.stage]
    staying = [row.pk for row in rows if row.stage == step.stage]
    earlier = [stage for stage in ORDER if is_before(stage, step.stage)]
    shared: dict[str, Any] = {"step": step, "step_since": at, "last_moved_at": at, "version": F("version") + 1}
    if crossing:
        Application.objects.filter(pk__in=crossing).update(
            stage=step.stage,
            stage_since=at,
            furthest_stage=Case(When(furthest_stage__in=earlier, then=Value(step.stage)), default=F("furthest_stage")),
            **shared,
        )
    if staying:
        Application.objects.filter(pk__in=staying).update(**shared)


def _border(row: Application, step: Step) -> dict[str, Any]:
    skipped = [stage.value for stage in between(row.stage, step.stage)]
    return {"handoff": "direct", **({"skipped": skipped} if skipped else {})}


def _event(row: Application, verb: str, step: Step, by: User | None, at: datetime, data: dict[str, Any]) -> Event:
    return Event(
        at=at,
        verb=verb,
        subject="application",
        subject_key=row.pk,
        person=row.candidate_id,
        job=row.job_id,
        from_state=row.stage,
        to_state=step.stage,
        data={"stage": step.stage, "from_step": row.step_id, "step": step.pk, **data},
        by=by,
    )


@transaction.atomic
def open_applications(
    *, candidates: Iterable[int], job: Job, by: User | None, at: datetime, step: Step | None = None
) -> list[Application]:
    """Add many people to a job's funnel; whoever is in it already is passed over. The twin of open_application."""
    check_open(job)
    step = step or first_step(job, ORDER[0])
    stage = step.stage if step else ORDER[0].value
    wanted = sorted(set(candidates))
    there = set(Application.objects.live().filter(job=job, candidate__in=wanted).values_list("candidate", flat=True))
    told = Application.objects.filter(candidate__in=wanted).values_list("candidate").annotate(top=Max("cycle"))
    cycles: dict[int, int] = dict(told.order_by())
    opened = Application.objects.bulk_create(
        Application(
            candidate_id=candidate,
            job=job,
            stage=stage,
            step=step,
            cycle=cycles.get(candidate, 1),
            first_stage=stage,
            furthest_stage=stage,
            owner=by,
            entered_at=at,
            stage_since=at,
            step_since=at,
            last_moved_at=at,
        )
        for candidate in wanted
        if candidate not in there
    )
    Visit.objects.bulk_create(
        Visit(application=application, job=job, stage=stage, entered_at=at) for application in opened
    )
    record_all([_opened(application, by, at) for application in opened])
    return opened


def _opened(application: Application, by: User | None, at: datetime) -> Event:
    return Event(
        at=at,
        verb="application.opened",
        subject="application",
        subject_key=application.pk,
        person=application.candidate_id,
        job=application.job_id,
        to_state=application.stage,
        data={"cycle": application.cycle, "previous": None, "is_move": False},
        by=by,
    )
