"""Any life a card can lead at its gates: whatever is done in whatever order, nobody is asked twice or in vain."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from funnel import leaving, services
from funnel.handoffs.answering import (
    accept_handoff,
    decide_handoff,
    reassign_handoff,
    return_handoff,
    undo_answer,
    withdraw_handoff,
)
from funnel.handoffs.offering import offer_handoff
from funnel.handoffs.reminding import remind
from funnel.models import Application, Handoff, Visit
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from tests.builders import MONDAY, a_lead, a_sourcer
from tests.builders_funnel import an_application, fresh
from tests.builders_handoffs import a_full_order, a_job_with_sides, again, first_key

minutes = st.sampled_from([0, 1, 90, 600, 3000])


class AtTheGates(RuleBasedStateMachine):
    """One card, offered, answered, held, moved and let go by everybody who may."""

    @initialize()
    def begin(self):
        self.now = MONDAY
        self.job = a_job_with_sides()
        self.sourcer, self.lead = a_sourcer(), a_lead()
        self.key = an_application(job=self.job, by=self.sourcer, at=self.now).pk

    @property
    def card(self):
        return fresh(Application(pk=self.key))

    def attempt(self, verb, *, later=30, **terms):
        """A refusal must leave everything as it was."""
        self.now += timedelta(minutes=later)
        told = Event.objects.count()
        try:
            with transaction.atomic():
                return verb(at=self.now, **terms)
        except Refused:
            assert Event.objects.count() == told
            return None

    def last(self):
        return Handoff.objects.filter(application=self.key).order_by("-pk").first()

    @rule()
    def offer(self):
        card = self.card
        if card.outcome == "active" and card.stage != "hire":
            order = a_full_order(card, at=self.now)
            by = self.sourcer if card.stage == "sourcing" else self.lead
            self.attempt(offer_handoff, application=card, order=order, by=by)

    @rule(later=minutes)
    def accept(self, later):
        if last := self.last():
            self.attempt(accept_handoff, later=later, handoff=again(last), by=last.to_user)

    @rule(later=minutes)
    def give_back(self, later):
        if last := self.last():
            terms = {"failed": first_key(last), "why": "Not yet", "by": last.to_user}
            self.attempt(return_handoff, later=later, handoff=again(last), **terms)

    @rule()
    def withdraw(self):
        if last := self.last():
            self.attempt(withdraw_handoff, handoff=again(last), by=last.from_user)

    @rule()
    def pass_on(self):
        if last := self.last():
            self.attempt(reassign_handoff, handoff=again(last), to=self.lead, by=self.lead)

    @rule(later=st.sampled_from([0, 5]))
    def take_back(self, later):
        if (last := self.last()) and last.answered_by:
            self.attempt(undo_answer, later=later, handoff=again(last), by=last.answered_by)

    @rule(is_undone=st.booleans())
    def let_go(self, is_undone):
        last = self.last()
        if last and self.attempt(decide_handoff, handoff=again(last), by=last.to_user, why="x"):
            leaving.leave(application=self.card, by=self.lead, at=self.now)
            if is_undone:
                leaving.undo_leave(application=self.card, by=self.lead, at=self.now)

    @rule(days=st.integers(1, 5))
    def hold(self, days):
        until = (self.now + timedelta(days=days + 1)).date()
        self.attempt(services.hold_application, application=self.card, until=until, reason="Away", by=self.lead)

    @rule(later=minutes)
    def resume(self, later):
        self.attempt(services.resume_application, later=later, application=self.card, by=self.lead)

    @rule()
    def correct(self):
        self.attempt(services.correct_stage, application=self.card, to="sourcing", by=self.lead)

    @rule()
    def move_directly(self):
        self.attempt(services.advance_application, application=self.card, by=self.lead)

    @rule(later=minutes)
    def sweep(self, later):
        self.attempt(remind, later=later)

    @invariant()
    def only_a_live_card_before_the_border_is_offered(self):
        for handoff in Handoff.objects.offered().select_related("application"):
            assert handoff.application.is_live
            assert handoff.application.stage == handoff.from_stage

    @invariant()
    def a_clock_stands_still_exactly_while_its_card_is_on_hold(self):
        for handoff in Handoff.objects.offered().select_related("application"):
            assert (handoff.paused_at is not None) == (handoff.application.outcome == "on_hold")
            assert handoff.warn_at <= handoff.miss_at

    @invariant()
    def whoever_answered_is_known_and_so_is_how_long_it_took(self):
        for handoff in Handoff.objects.exclude(state__in=["offered", "withdrawn"]):
            assert handoff.answered_by is not None
            assert handoff.response_minutes is not None
            assert handoff.is_in_time is not None
            assert handoff.answered_at >= handoff.offered_at

    @invariant()
    def every_acceptance_is_one_crossing(self):
        crossed = Event.objects.filter(verb="application.advanced", subject_key=self.key)
        by_handoff = [event.data["handoff"] for event in crossed if event.data["handoff"] != "direct"]
        accepted = Handoff.objects.filter(state="accepted").values_list("pk", flat=True)
        assert set(accepted) <= set(by_handoff)

    @invariant()
    def the_visits_stay_straight(self):
        card = self.card
        standing = Visit.objects.filter(application=card, ended_as="", is_voided=False)
        assert standing.count() == (1 if card.is_live else 0)


class RolledBack(AtTheGates):
    """Each life in a savepoint of its own, as if it had never been."""

    def __init__(self):
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


@pytest.mark.django_db
def test_any_life_at_the_gates_keeps_the_books_straight():
    rules = settings(
        max_examples=20,
        stateful_step_count=15,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    run_state_machine_as_test(RolledBack, settings=rules)
