from __future__ import annotations

import pytest

from recycling.models import PoolEntry
from recycling.reasons import BUILT_IN
from tests.builders_funnel import an_application
from tests.builders_jobs import an_open_job
from tests.builders_recycling import an_exit

pytestmark = pytest.mark.django_db

CHOSEN_BY_HAND = [row for row in BUILT_IN if row.is_by_hand]


@pytest.mark.parametrize("row", CHOSEN_BY_HAND, ids=lambda row: row.key)
def test_each_reason_ends_the_application_and_rests_as_its_row_says(row, recruiter):
    job = an_open_job(asks=(("Python", 3),))
    application = an_application(through="interview", job=job, by=recruiter)

    exit = an_exit(row.key, application=application, by=recruiter)

    assert application.outcome == "exited"
    assert (exit.reason.key, exit.klass, exit.stage) == (row.key, row.klass, "interview")
    entries = PoolEntry.objects.filter(left=application)
    if row.pool is None:
        assert not entries.exists()
        return
    entry = entries.get()
    condition = entry.conditions.get()
    assert entry.pool.key == row.pool
    assert (condition.kind, condition.reach, condition.re_entry) == (row.kind, row.reach, row.re_entry)
