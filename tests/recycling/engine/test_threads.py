"""Real threads: two sweeps at once, and somebody who closes entries meanwhile. SQLite has one writer: not there."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from recruiting.core.refused import Refused
from recycling.engine import sweep
from recycling.entries import close_entry
from recycling.models import PoolEntry, Proposal, Rest, SweepRun
from recycling.models.proposals import LIVE_PROPOSAL
from tests.builders import MONDAY, moment
from tests.builders_recycling import an_entry

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]
LEFT = MONDAY + timedelta(days=10)
DUE = moment("2027-03-05")


def at_once(*works) -> list[BaseException]:
    failures: list[BaseException] = []
    start = threading.Barrier(len(works))

    def run(work) -> None:
        try:
            start.wait()
            work()
        except BaseException as wrong:
            failures.append(wrong)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return failures


def test_two_sweeps_at_once_do_each_slice_once_and_propose_nobody_twice():
    people = [an_entry("timing.start_date", at=LEFT).candidate_id for _ in range(8)]

    failures = at_once(lambda: sweep(DUE, size=2), lambda: sweep(DUE, size=2))

    assert failures == []
    run = SweepRun.objects.get()
    assert (run.proposed, run.running) == (8, None)
    assert sorted(Proposal.objects.values_list("candidate", flat=True)) == sorted(people)
    assert PoolEntry.objects.filter(state=Rest.SURFACED).count() == 8


def test_nobody_closed_while_a_sweep_runs_keeps_a_card():
    entries = [an_entry("timing.start_date", at=LEFT) for _ in range(8)]

    def close_all() -> None:
        for entry in entries:
            for _try in range(3):
                try:
                    again = PoolEntry.objects.select_related("left").get(pk=entry.pk)
                    close_entry(entry=again, closed_why="opted_out", by=None, at=DUE)
                    break
                except Refused:
                    continue

    assert at_once(lambda: sweep(DUE, size=3), close_all) == []
    assert PoolEntry.objects.filter(state=Rest.CLOSED).count() == 8
    assert not Proposal.objects.filter(state__in=LIVE_PROPOSAL).exists()
