"""The touch budget: one for everybody."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from recruiting.candidates.models import Candidate
from recruiting.contact.services import record_touch
from tests.builders import moment
from tests.builders_candidates import a_candidate

pytestmark = pytest.mark.django_db


def test_contact_of_either_side_is_the_last_contact(at, recruiter):
    person = a_candidate()
    record_touch(candidate=person, kind="mail", is_inbound=True, by=recruiter, at=at)
    record_touch(candidate=person, kind="call", by=recruiter, at=at - timedelta(days=9))

    person = Candidate.objects.get(pk=person.pk)
    assert person.last_contact_at == at
    assert person.touchable_on is None  # nobody tried to bring them back


def test_the_next_approach_waits_ninety_days(at, recruiter):
    person = a_candidate()

    record_touch(candidate=person, kind="mail", is_approach=True, by=recruiter, at=at)

    assert person.touchable_on == date(2027, 1, 31)


def test_the_fourth_approach_waits_until_the_first_of_three_is_a_year_old(recruiter):
    person = a_candidate()
    for day in ("2026-01-10", "2026-04-15", "2026-07-20"):
        record_touch(candidate=person, kind="mail", is_approach=True, by=recruiter, at=moment(day))

    assert person.touchable_on == date(2027, 1, 10)
