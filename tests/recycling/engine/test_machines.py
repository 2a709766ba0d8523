"""The two machines under any order of moves: only the arrows of the model, and the invariants of the pair."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from recruiting.core.models import Event
from recruiting.core.refused import Refused
from recycling.entries import close_entry, end_proposals, reopen_entry
from recycling.models import Condition, PoolEntry, Proposal
from recycling.models.pools import WAITING
from recycling.models.proposals import LIVE_PROPOSAL
from recycling.transitions import run_transition
from tests.builders import MONDAY, a_recruiter
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_entry

pytestmark = pytest.mark.django_db

ENTRY = {
    ("resting", "surfaced"), ("surfaced", "approached"), ("surfaced", "resting"), ("approached", "resting"),
    ("resting", "re_entered"), ("surfaced", "re_entered"), ("approached", "re_entered"), ("re_entered", "resting"),
    ("resting", "closed"), ("surfaced", "closed"), ("approached", "closed"), ("closed", "resting"),
}  # fmt: skip
CARD = {
    ("open", "snoozed"), ("snoozed", "open"), ("open", "accepted"), ("snoozed", "accepted"), ("open", "dismissed"),
    ("snoozed", "dismissed"), ("dismissed", "open"), ("open", "withdrawn"), ("snoozed", "withdrawn"),
    ("accepted", "withdrawn"), ("accepted", "re_entered"), ("accepted", "declined"), ("accepted", "unanswered"),
}  # fmt: skip


class Rests(RuleBasedStateMachine):
    """One entry and its cards, moved by anybody in any order; a move that is refused changes nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.by, self.at = a_recruiter(), MONDAY
        self.key = an_entry("timing.start_date", by=self.by).pk
        self.job = an_open_job()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @property
    def entry(self) -> PoolEntry:
        return PoolEntry.objects.select_related("left").get(pk=self.key)

    @property
    def card(self) -> Proposal | None:
        return Proposal.objects.filter(entry=self.key).order_by("-pk").first()

    def move(self, subject, verb, **terms) -> bool:
        try:
            with transaction.atomic():
                run_transition(subject=subject, verb=verb, by=self.by, at=self.at, **terms)
        except Refused:
            return False
        return True

    @rule()
    def is_proposed(self) -> None:
        entry = self.entry
        if self.move(entry, "surface"):
            Proposal.objects.create(
                candidate=entry.candidate, entry=entry, job=self.job, kind="date", stage="screening", created_at=self.at
            )

    @rule(
        verb=st.sampled_from(
            [
                ("snooze", {"until": MONDAY.date()}),
                ("wake", {}),
                ("accept", {"asker": None, "what_changed": "Free now"}),
                ("dismiss", {"dismissal": "not_now"}),
                ("withdraw", {}),
                ("decline", {}),
                ("unanswered", {}),
            ]
        )
    )
    def the_card_is_moved(self, verb) -> None:
        """As services do: the entry first, the card after it, both or neither."""
        name, terms = verb
        card = self.card
        if card is None:
            return
        entry_verb = {"accept": "approach", "snooze": "", "wake": ""}.get(name, "rest_again")
        with transaction.atomic():
            moved = not entry_verb or self.move(self.entry, entry_verb)
            if not (moved and self.move(card, name, **terms)):
                transaction.set_rollback(True)

    @rule()
    def somebody_asks_them(self) -> None:
        Proposal.objects.filter(entry=self.key, state="accepted").update(asked_at=self.at)

    @rule(why=st.sampled_from(["opted_out", "expired", "never", "by_hand"]))
    def is_closed(self, why) -> None:
        try:
            with transaction.atomic():
                close_entry(entry=self.entry, closed_why=why, by=self.by, at=self.at)
        except Refused:
            pass

    @rule()
    def agrees_anew(self) -> None:
        before = self.entry.closed_why
        try:
            with transaction.atomic():
                reopen_entry(entry=self.entry, by=self.by, at=self.at)
        except Refused:
            return
        assert before in ("opted_out", "expired")

    @rule()
    def applies_again(self) -> None:
        entry = self.entry
        if self.move(entry, "re_enter", trigger="applied", application=entry.left):
            end_proposals(entry=entry, by=self.by, at=self.at)

    @rule()
    def that_was_a_mistake(self) -> None:
        self.move(self.entry, "undo_re_enter")

    @invariant()
    def only_the_arrows_of_the_model(self) -> None:
        moved = Event.objects.exclude(from_state="").values_list("subject", "from_state", "to_state")
        assert {(a, b) for subject, a, b in moved.filter(subject="poolentry")} <= ENTRY
        assert {(a, b) for subject, a, b in moved.filter(subject="proposal")} <= CARD

    @invariant()
    def a_condition_waits_exactly_while_its_entry_does(self) -> None:
        waits = set(Condition.objects.filter(entry=self.key).values_list("is_waiting", flat=True))
        assert waits == {self.entry.state in WAITING}

    @invariant()
    def the_card_and_the_entry_tell_the_same_story(self) -> None:
        live = list(Proposal.objects.filter(entry=self.key, state__in=LIVE_PROPOSAL).values_list("state", flat=True))
        state = self.entry.state
        assert len(live) <= 1
        assert (state == "surfaced") == (live in (["open"], ["snoozed"]))
        assert (state == "approached") == (live == ["accepted"])


def test_entries_and_cards_move_only_along_the_arrows_of_the_model():
    quiet = settings(
        max_examples=15,
        stateful_step_count=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(Rests, settings=quiet)


def test_the_second_of_two_people_is_told_that_the_card_has_moved():
    entry = an_entry("timing.start_date")
    seen_by_first, seen_by_second = PoolEntry.objects.get(pk=entry.pk), PoolEntry.objects.get(pk=entry.pk)
    run_transition(subject=seen_by_first, verb="surface", by=None, at=MONDAY)

    with pytest.raises(Refused, match="changed this"):
        run_transition(subject=seen_by_second, verb="surface", by=None, at=MONDAY)

    assert Event.objects.filter(subject="poolentry", subject_key=entry.pk, verb="entry.surfaced").count() == 1
