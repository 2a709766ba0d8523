"""Two people, one card, the same second."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import OperationalError, connections

from funnel.models import Application
from recruiting.core.refused import Refused
from recycling import leaving
from recycling.models import Exit, PoolEntry
from tests.builders import a_recruiter
from tests.builders_funnel import an_application
from tests.builders_recycling import LEFT_AT, again, an_exit, an_order

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*verbs: Callable[[], object]) -> list[str]:
    """Run them at the same time; "done", or why not."""
    start = Barrier(len(verbs))

    def run(verb: Callable[[], object]) -> str:
        try:
            start.wait()
            verb()
        except (Refused, OperationalError) as wrong:
            return type(wrong).__name__
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(verbs)) as pool:
        return sorted(pool.map(run, verbs))


def test_of_two_who_let_the_same_person_go_one_is_refused():
    application, by = an_application(through="interview"), a_recruiter()
    seen = [
        Application.objects.select_related("candidate", "job", "step", "owner").get(pk=application.pk) for _ in "12"
    ]
    order = an_order("interest.withdrew")

    said = at_once(
        *(lambda one=one: leaving.exit_application(application=one, order=order, by=by, at=LEFT_AT) for one in seen)
    )

    assert said[1] == "done" or said[0] == "done"
    assert said.count("done") == 1
    assert Exit.objects.filter(application=application).count() == 1
    assert PoolEntry.objects.filter(left=application).count() == 1


def test_an_exit_is_undone_or_told_never_both():
    exit, by = an_exit("interest.withdrew"), a_recruiter()
    related = ("application__job", "application__candidate", "candidate", "job", "reason")
    one, other = (Exit.objects.select_related(*related).get(pk=exit.pk) for _ in "12")
    later = LEFT_AT + timedelta(days=1)

    said = at_once(
        lambda: leaving.undo_exit(exit=one, by=by, at=later),
        lambda: leaving.record_told(exit=other, on=later.date(), by=by, at=later),
    )

    exit = again(exit)
    assert said.count("done") == 1
    assert (exit.undone_at is None) == (exit.told == "told")
