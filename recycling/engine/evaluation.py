"""evaluate(): standing, hold, withdraw, propose, surface, in one transaction; for events and sweep alike.

Entry rows are the locks, taken in the order of people: whoever closes, accepts or re-enters moves the entry first and
its proposals after. What unique constraints refuse is silently not inserted, so that late, doubled and parallel runs
change nothing twice.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from recycling.engine import matching, proposing, readying, withdrawing
from recycling.engine.scope import Scope
from recycling.models import Chosen, Holding, Standing
from recycling.sql import add_to_temporary, create_temporary, drop_temporary, plan_simply


@dataclass(frozen=True)
class Outcome:
    """What one evaluation, or a whole sweep, changed."""

    proposed: int = 0
    withdrawn: int = 0
    marked: int = 0
    readied: int = 0

    def __add__(self, other: Outcome) -> Outcome:
        return Outcome(
            self.proposed + other.proposed,
            self.withdrawn + other.withdrawn,
            self.marked + other.marked,
            self.readied + other.readied,
        )

    @property
    def changed(self) -> int:
        return self.proposed + self.withdrawn + self.marked + self.readied


@transaction.atomic
def evaluate(scope: Scope, at: datetime) -> Outcome:
    """Make the proposals of a scope agree with the facts, as of `at`. Run again, it changes nothing."""
    if scope.is_empty:
        return Outcome()
    plan_simply()
    readied = readying.ready_entries(scope, at) if scope.is_about_people else 0
    create_temporary(Standing, withdrawing.standing(scope))  # before hold: what comes in between is not ours to judge
    create_temporary(Holding, *matching.holding(matching.waiting(), scope.of_pairs(), at))
    marked = 0
    if withdrawing.anybody_is_asked():
        asked = matching.being_asked(scope.people_of())
        add_to_temporary(Holding, *matching.holding(asked, scope.of_pairs(), at))
        marked = withdrawing.mark_accepted(at)
    withdrawn = withdrawing.withdraw(scope, at)
    withdrawing.confirm()
    proposed = proposing.propose(uuid.uuid4(), at)
    drop_temporary(Standing, Holding, Chosen)
    return Outcome(proposed=proposed, withdrawn=withdrawn, marked=marked, readied=readied)
