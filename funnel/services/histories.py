"""Ways through a job that are over: brought in whole from elsewhere, many at once.

The twin of open_application, advance_application and the way out, for what happened before we knew of it. Stages and
outcome are written as they ended; nobody was here to move them. Only recycling ends lives with a reason: an exited
history is settled by recycling.leaving in the same transaction.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from funnel.elapsed import days_between
from funnel.models import Application, Ended, Outcome, Visit
from recruiting.accounts.models import User
from recruiting.core import bulk
from recruiting.core.models import Event

APPLICATION = (
    *("candidate_id", "job_id", "stage", "outcome", "step_id", "cycle", "first_stage", "furthest_stage", "source_id"),
    *("entered_at", "stage_since", "step_since", "ended_at", "last_moved_at", "external_source", "external_id"),
    "is_dated",
)
VISIT = ("key", "application_id", "job_id", "stage", "entered_at", "left_at", "days", "ended_as", "is_counted")


@dataclass(slots=True)
class History:
    """One way that is over. `stages`: each stage they stood in and since when, in order.

    Dated (`is_dated`) is only what is dated whole: then every visit gets its moments and days. Otherwise no visit has
    any, and the application keeps what is known of its beginning and end.
    """

    candidate: int
    job: int
    stages: Sequence[tuple[str, datetime | None]]
    is_hired: bool = False
    is_dated: bool = False
    entered_at: datetime | None = None
    ended_at: datetime | None = None
    step: int | None = None
    source: int | None = None
    external_source: str = ""
    external_id: str = ""
    is_counted: bool = True  # False: it ended for an administrative reason
    key: int = field(default=0, init=False)  # the application, once written

    @property
    def stage(self) -> str:
        """Where they stood last, which is also the furthest."""
        return self.stages[-1][0]


@transaction.atomic
def write_histories(*, histories: Sequence[History], by: User | None, at: datetime, data: dict[str, Any]) -> None:
    """Write the applications and their visits; a person's histories keep the cycle they are in. Keys are set.

    Each leaves one event with `data`; the outbox message for all of them is the caller's.
    """
    cycles = _cycles({history.candidate for history in histories})
    rows = [_application(history, cycles.get(history.candidate, 1), at) for history in histories]
    for history, key in zip(histories, bulk.insert_keyed(Application, APPLICATION, rows), strict=True):
        history.key = key
    bulk.insert(Visit, VISIT, [visit for history in histories for visit in _visits(history)])
    told = [
        (history.key, history.candidate, history.job, _outcome(history), {**data, "stage": history.stage})
        for history in histories
    ]
    shared = {"at": at, "verb": "application.imported", "subject": "application", "by_id": by and by.pk}
    bulk.insert(Event, ("subject_key", "person", "job", "to_state", "data"), told, **shared)


def _cycles(candidates: set[int]) -> dict[int, int]:
    told = Application.objects.filter(candidate__in=candidates).values_list("candidate").annotate(top=Max("cycle"))
    return dict(told.order_by())


def _outcome(history: History) -> str:
    return (Outcome.HIRED if history.is_hired else Outcome.EXITED).value


def _application(history: History, cycle: int, at: datetime) -> tuple[Any, ...]:
    since = history.stages[-1][1] if history.is_dated else None
    first, last = history.stages[0][0], history.stage
    return (
        *(history.candidate, history.job, last, _outcome(history), history.step, cycle, first, last, history.source),
        *(history.entered_at, since, since, history.ended_at, history.ended_at or history.entered_at or at),
        *(history.external_source, history.external_id, history.is_dated),
    )


def _visits(history: History) -> list[tuple[Any, ...]]:
    """One per stage they stood in; each ends where the next begins."""
    rows = []
    for place, (stage, entered_at) in enumerate(history.stages):
        is_last = place == len(history.stages) - 1
        ended_as = Ended.ADVANCED if not is_last else Ended.HIRED if history.is_hired else Ended.EXITED
        left_at = history.ended_at if is_last else history.stages[place + 1][1]
        if not history.is_dated or entered_at is None or left_at is None:
            entered_at, left_at, days = None, None, None
        else:
            days = days_between(entered_at, left_at)
        rows.append(
            (
                uuid.uuid4(),
                history.key,
                history.job,
                stage,
                entered_at,
                left_at,
                days,
                ended_as.value,
                history.is_counted,
            )
        )
    return rows
