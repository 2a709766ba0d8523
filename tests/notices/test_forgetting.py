"""Letters are kept thirty days, notices half a year, and nothing about whoever is erased."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from recruiting.notices import services
from recruiting.notices.models import Mail, Notice
from tests.builders import MONDAY
from tests.notices.builders import a_letter, relay_all, told

pytestmark = pytest.mark.django_db


def test_old_letters_and_older_notices_are_forgotten(manager: Any) -> None:
    a_letter()
    told(manager)

    assert services.forget_old(at=MONDAY + timedelta(days=30)) == 0
    assert services.forget_old(at=MONDAY + timedelta(days=31)) == 1
    assert services.forget_old(at=MONDAY + timedelta(days=181)) == 1
    assert not Mail.objects.exists()
    assert not Notice.objects.exists()


def test_nothing_said_about_an_erased_person_is_left(manager: Any) -> None:
    told(manager, person=7)
    told(manager, person=8)
    relay_all()

    services.forget_person(person=7)

    assert list(Notice.objects.values_list("person", flat=True)) == [8]
    assert list(Mail.objects.values_list("person", flat=True)) == [8]


def test_what_is_settled_is_read_for_everybody_and_only_that(manager: Any, lead: Any) -> None:
    for user in (manager, lead):
        told(user, key="handoff:1:5:offered", person=7)
    other = told(manager, key="handoff:12:6:offered", person=7)

    assert services.settle(person=7, subject="handoff:1", kinds=["test.waits"], at=MONDAY) == 2
    assert Notice.objects.get(read_at=None) == other


def test_a_fact_delivered_again_does_not_settle_what_came_later(manager: Any) -> None:
    told(manager, key="handoff:1:5:offered", person=7, at=MONDAY + timedelta(hours=1))

    assert services.settle(person=7, subject="handoff:1", kinds=["test.waits"], at=MONDAY) == 0
