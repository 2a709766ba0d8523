"""Any life an application can lead: whatever is done in whatever order, the books stay straight."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from funnel import leaving, services
from funnel.models import LIVE, Application, Visit
from funnel.selectors_numbers import counted_visits, stage_numbers
from funnel.stages import INDEX, ORDER, furthest, is_before
from recruiting.core.models import Event, OutboxMessage
from recruiting.core.refused import Refused
from tests.builders import MONDAY, a_recruiter
from tests.builders_candidates import a_candidate
from tests.builders_funnel import fresh
from tests.builders_jobs import an_open_job

stages = st.sampled_from(ORDER)


class ALife(RuleBasedStateMachine):
    """One application (and, once it has ended, its undoing) under every verb, legal or not."""

    @initialize(start=stages)
    def open(self, start):
        self.recruiter = a_recruiter()
        self.job = an_open_job()
        self.now = MONDAY
        self.key = services.open_application(
            candidate=a_candidate(), job=self.job, by=self.recruiter, at=self.now, stage=start
        ).pk
        self.version = 1
        self.changes = 1
        self.reached = start

    def attempt(self, verb, **terms):
        """Run a verb on what the database has now; a refusal must leave everything as it was."""
        self.now += timedelta(hours=7)
        before = fresh(Application(pk=self.key))
        seen = (before.version, Event.objects.count(), Visit.objects.count())
        try:
            verb(application=before, by=self.recruiter, at=self.now, **terms)
        except Refused:
            now = fresh(before)
            assert (now.version, Event.objects.count(), Visit.objects.count()) == seen
            return None
        self.changes += 1
        self.version += 1
        return before

    @rule(to=stages)
    def advance(self, to):
        if self.attempt(services.advance_application, to=to):
            self.reached = furthest(self.reached, to)

    @rule(data=st.data())
    def step_aside(self, data):
        row = fresh(Application(pk=self.key))
        steps = list(self.job.steps.filter(stage=row.stage).exclude(pk=row.step_id))
        if steps:
            self.attempt(services.move_to_step, step=data.draw(st.sampled_from(steps)))

    @rule(to=stages)
    def correct(self, to):
        if self.attempt(services.correct_stage, to=to):
            standing = Visit.objects.filter(application=self.key, is_voided=False).values_list("stage", flat=True)
            self.reached = furthest(*standing)

    @rule(to=stages)
    def step_back(self, to):
        self.attempt(services.step_back, to=to)

    @rule(days=st.integers(-2, 120))
    def hold(self, days):
        self.attempt(services.hold_application, until=(self.now + timedelta(days=days)).date(), reason="Holiday")

    @rule()
    def resume(self):
        self.attempt(services.resume_application)

    @rule(is_counted=st.booleans())
    def leave(self, is_counted):
        self.attempt(leaving.leave, is_counted=is_counted)

    @precondition(lambda self: fresh(Application(pk=self.key)).outcome == "exited")
    @rule()
    def undo(self):
        self.attempt(leaving.undo_leave)

    @rule()
    def hire(self):
        self.attempt(services.hire_application, starts_on=(self.now + timedelta(days=30)).date())

    @rule()
    def did_not_start(self):
        self.attempt(leaving.did_not_start)

    @invariant()
    def a_live_application_has_exactly_one_open_visit_and_the_others_none(self):
        row = fresh(Application(pk=self.key))
        standing = Visit.objects.filter(application=self.key, ended_as="", is_voided=False)
        assert standing.count() == (1 if row.outcome in LIVE else 0)
        assert row.outcome not in LIVE or standing.get().stage == row.stage

    @invariant()
    def every_change_grew_the_version_and_was_told(self):
        row = fresh(Application(pk=self.key))
        assert row.version == self.version
        events = Event.objects.filter(subject="application", subject_key=self.key)
        assert events.count() == self.changes
        assert OutboxMessage.objects.filter(topic__startswith="application.").count() == self.changes

    @invariant()
    def the_furthest_stage_is_where_they_have_been(self):
        row = fresh(Application(pk=self.key))
        assert row.furthest_stage == self.reached
        assert not is_before(row.furthest_stage, row.stage)

    @invariant()
    def the_stages_balance(self):
        visits = counted_visits([self.job.pk])
        for line in stage_numbers(visits, MONDAY + timedelta(hours=20), self.now + timedelta(seconds=1)):
            assert line.balance.difference == 0

    @invariant()
    def visits_follow_one_another(self):
        visits = list(Visit.objects.filter(application=self.key, is_voided=False).order_by("id"))
        for earlier, later in pairwise(visits):
            assert earlier.left_at == later.entered_at
            goes_back = INDEX[later.stage] < INDEX[earlier.stage]
            assert goes_back == (earlier.ended_as == "stepped_back")
        assert Counter(visit.ended_as for visit in visits)[""] <= 1


class RolledBack(ALife):
    """Each life in a savepoint of its own, as if it had never been."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


@pytest.mark.django_db
def test_any_life_keeps_the_books_straight():
    # Shrinking a life costs a database each time: the printed steps are short enough.
    rules = settings(
        max_examples=25,
        stateful_step_count=15,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(RolledBack, settings=rules)
