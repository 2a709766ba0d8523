from __future__ import annotations

import pytest

from tests.builders_jobs import an_open_job

pytestmark = pytest.mark.django_db


def test_a_job_opens(at):
    job = an_open_job(asks=("Python", ("Go", 3), ("Basket weaving", None, False)))
    assert job.state == "open"
    assert job.current_opening is not None
    assert job.steps.count() == 10
