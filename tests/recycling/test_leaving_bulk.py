"""Histories brought in whole are what the services would have written step by step."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from funnel.models import Application
from funnel.services.histories import History, write_histories
from recruiting.candidates.models import Candidate
from recruiting.candidates.services.bulk import known_people
from recycling.leaving import ExitOrder, exit_application
from recycling.leaving.bulk import PastExit, settle_many
from recycling.models import Condition, Exit, PoolEntry
from tests.builders import MONDAY
from tests.builders_candidates import a_candidate
from tests.builders_funnel import A_DAY, an_application
from tests.builders_jobs import an_open_job
from tests.builders_recycling import a_reason, an_exit

LEFT_AT = MONDAY + 10 * A_DAY
APPLICATION = (
    *("stage", "outcome", "cycle", "first_stage", "furthest_stage", "entered_at", "stage_since", "ended_at"),
    *("is_dated", "owner"),
)
EXIT = (
    *("reason", "reason_version", "klass", "side", "stage", "was_final", "exited_at", "told", "caused_by"),
    "undone_at",
)
ENTRY = (
    *("pool", "origin", "reason", "state", "state_since", "entered_at", "keeper", "channel", "review_on"),
    "ready_since",
)
CONDITION = (
    *("reason", "is_decisive", "kind", "reach", "left_job", "family", "rank", "is_waiting", "entered_at"),
    *("cool_until", "due_on", "re_entry", "revision"),
)


def all_of(candidate: Candidate) -> dict[str, Any]:
    """Everything that an exit leaves behind, but for keys."""
    applications = Application.objects.filter(candidate=candidate)
    visits = applications.get().visits.order_by("pk")
    return {
        "application": applications.values(*APPLICATION).get(),
        "visits": list(
            visits.values("stage", "entered_at", "left_at", "days", "ended_as", "is_counted", "is_recycled")
        ),
        "exit": Exit.objects.filter(candidate=candidate).values(*EXIT).get(),
        "months": Exit.objects.get(candidate=candidate).snapshot["cool_months"],
        "entries": list(PoolEntry.objects.filter(candidate=candidate).values(*ENTRY)),
        "conditions": list(Condition.objects.filter(candidate=candidate).values(*CONDITION)),
        "never": Candidate.objects.get(pk=candidate.pk).never_at,
    }


def past_of(candidate: Candidate, job: Any, key: str, **more: Any) -> PastExit:
    """The same way as a history: in by Monday, a day in each stage, out on the tenth."""
    stages = [("sourcing", MONDAY), ("screening", MONDAY + A_DAY), ("interview", MONDAY + 2 * A_DAY)]
    reason = a_reason(key)
    history = History(
        candidate=candidate.pk,
        job=job.pk,
        stages=stages,
        is_dated=True,
        entered_at=MONDAY,
        ended_at=LEFT_AT,
        is_counted=reason.klass != "A",
    )
    exit = PastExit(history, reason, family=job.family_id, rank=job.level_id, use_until=candidate.use_until, **more)
    exit.reach = known_people([candidate.pk])[candidate.pk].reach
    return exit


def write(exit: PastExit) -> None:
    write_histories(histories=[exit.history], by=None, at=LEFT_AT, data={})
    settle_many(exits=[exit], by=None, at=LEFT_AT, data={})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "key",
    [
        "legacy.not_recorded",
        "interest.stayed",
        "skill.must_have",
        "decision.manager",
        "capacity.filled",
        "terms.pay",
        "integrity.false",
        "admin.duplicate",
        "fit.values",
    ],
)
def test_a_history_is_what_the_services_would_have_written(key):
    job = an_open_job()
    one, other = a_candidate(), a_candidate()
    application = an_application(candidate=one, job=job, through="interview", at=MONDAY)
    Application.objects.filter(pk=application.pk).update(owner=None, step=None)
    order = ExitOrder(reason=a_reason(key), caused_by="import", told="nothing")
    exit_application(application=Application.objects.get(pk=application.pk), order=order, by=None, at=LEFT_AT)

    write(past_of(other, job, key))

    assert all_of(other) == all_of(one)


@pytest.mark.django_db
def test_an_exit_of_class_x_closes_what_they_rested_in():
    candidate = a_candidate()
    an_exit("interest.withdrew", candidate=candidate)

    write(past_of(candidate, an_open_job(), "integrity.false"))

    assert Candidate.objects.get(pk=candidate.pk).never_at is not None
    assert [entry.closed_why for entry in PoolEntry.objects.filter(candidate=candidate)] == ["never"]


@pytest.mark.django_db
def test_a_history_without_dates_has_visits_without_dates():
    candidate, job = a_candidate(), an_open_job()
    history = History(
        candidate=candidate.pk, job=job.pk, stages=[("sourcing", None), ("screening", None)], entered_at=MONDAY
    )
    exit = PastExit(history, a_reason("legacy.not_recorded"))

    write(exit)

    application = Application.objects.get(pk=history.key)
    assert not application.is_dated
    assert {(visit.entered_at, visit.left_at, visit.days) for visit in application.visits.all()} == {(None, None, None)}
    assert [visit.ended_as for visit in application.visits.all()] == ["advanced", "exited"]
    assert Exit.objects.get(application=application).exited_at is None
    assert PoolEntry.objects.get(pk=exit.entry).review_on >= (LEFT_AT + timedelta(days=300)).date()
