"""Whatever is done to an offer in whatever order: it is always in one state that its columns and words bear out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from funnel import leaving
from funnel.models import OPEN_OFFER, Approval, Offer
from funnel.offers import answering, approving, clocks, drafting
from funnel.offers.changing import seen_of, turn_of
from recruiting.core.days import day_of
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from tests.builders import MONDAY, a_lead, a_recruiter, an_approver
from tests.builders_funnel import fresh
from tests.builders_offers import a_chosen_person, the_terms

HOURS = st.integers(1, 72)
TURNS = ("waiting", "approved")


class AnOffer(RuleBasedStateMachine):
    """One person in stage hire, and everybody who may do something with what they are offered."""

    @initialize()
    def choose(self):
        self.recruiter, self.approver, self.lead = a_recruiter(), an_approver(), a_lead()
        self.key = a_chosen_person(self.approver, by=self.recruiter).pk
        self.now = MONDAY

    @property
    def row(self):
        return fresh(drafting.Application(pk=self.key))

    @property
    def offer(self):
        return Offer.objects.filter(application=self.key).order_by("-pk").first()

    def attempt(self, verb, **terms):
        """Run a verb; a refusal leaves everything as it was."""
        self.now += timedelta(hours=3)
        before = self.everything()
        try:
            with transaction.atomic():
                verb(at=self.now, **terms)
        except Refused:
            assert self.everything() == before

    def everything(self):
        offers = list(Offer.objects.filter(application=self.key).order_by("pk").values())
        words = [list(offer.approvals.values()) for offer in Offer.objects.filter(application=self.key)]
        return offers, words, Event.objects.filter(subject="offer").count()

    @rule(amount=st.sampled_from([9_000_000, 12_000_000]))
    def draft(self, amount):
        self.attempt(drafting.draft_offer, application=self.row, terms=the_terms(amount), by=self.recruiter)

    @rule(amount=st.sampled_from([9_000_000, 9_500_000, 12_000_000]))
    def revise(self, amount):
        if self.offer:
            self.attempt(drafting.revise_offer, offer=self.offer, terms=the_terms(amount), by=self.recruiter)

    @rule(many=st.integers(0, 2))
    def ask(self, many):
        if self.offer:
            asked = [self.approver, self.lead][:many]
            self.attempt(approving.ask_approval, offer=self.offer, approvers=asked, by=self.recruiter)

    @rule(says_yes=st.booleans(), is_lead=st.booleans())
    def answer(self, says_yes, is_lead):
        by = self.lead if is_lead else self.approver
        if self.offer and says_yes:
            self.attempt(approving.approve_offer, offer=self.offer, by=by)
        elif self.offer:
            self.attempt(approving.refuse_offer, offer=self.offer, why="Too much", by=by)

    @rule(days=st.integers(-1, 9))
    def extend(self, days):
        if self.offer:
            until = day_of(self.now) + timedelta(days=days)
            self.attempt(answering.extend_offer, offer=self.offer, expires_on=until, by=self.recruiter)

    @rule()
    def accept(self):
        if self.offer:
            self.attempt(answering.accept_offer, offer=self.offer, by=self.recruiter)

    @rule(why=st.sampled_from(["", "No budget"]))
    def rescind(self, why):
        if self.offer:
            self.attempt(answering.rescind_offer, offer=self.offer, why=why, by=self.recruiter)

    @rule()
    def leave(self):
        self.attempt(leaving.leave, application=self.row, by=self.recruiter)

    @rule()
    def undo(self):
        if self.row.outcome == "exited":
            self.attempt(leaving.undo_leave, application=self.row, by=self.recruiter)

    @rule(hours=HOURS)
    def wait(self, hours):
        self.now += timedelta(hours=hours)
        clocks.remind(self.now)
        answering.expire_offers(self.now)
        assert clocks.remind(self.now) == answering.expire_offers(self.now) == 0

    @invariant()
    def at_most_one_is_open_and_only_while_the_person_is_here(self):
        open_ones = Offer.objects.filter(application=self.key, state__in=OPEN_OFFER).count()
        assert open_ones <= (1 if self.row.outcome == "active" else 0)

    @invariant()
    def the_words_bear_out_the_state(self):
        for offer in Offer.objects.filter(application=self.key):
            waiting = offer.approvals.filter(state=Approval.WAITING)
            assert waiting.exists() == (offer.state == "waiting")
            assert not waiting.exclude(number=offer.version).exists()
            if offer.state in ("approved", "extended", "accepted"):
                assert offer.approvals.filter(number=offer.version, state=Approval.APPROVED).exists()
            assert (turn_of(offer) is not None) == (offer.state == "waiting")
            assert list(offer.versions.values_list("number", flat=True)) == list(range(1, offer.version + 1))

    @invariant()
    def a_clock_runs_only_where_it_is_somebodys_turn(self):
        for offer in Offer.objects.filter(application=self.key):
            assert (offer.miss_at is not None) == (offer.state in TURNS)
            assert offer.state != "extended" or offer.expires_on >= day_of(offer.extended_at)
            assert (offer.resolved_at is None) == (offer.state in OPEN_OFFER)
            assert seen_of(offer).startswith(offer.state)

    @invariant()
    def who_accepted_is_hired_and_nobody_else(self):
        accepted = Offer.objects.filter(application=self.key, state="accepted").exists()
        assert accepted == (self.row.outcome == "hired")


class RolledBack(AnOffer):
    """Each life in its own transaction, which ends with it."""

    def __init__(self):
        super().__init__()
        self.whole = transaction.atomic()
        self.whole.__enter__()

    def teardown(self):
        transaction.set_rollback(True)
        self.whole.__exit__(None, None, None)


@pytest.mark.django_db
def test_any_life_of_an_offer_keeps_its_books_straight():
    run_state_machine_as_test(
        RolledBack,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
