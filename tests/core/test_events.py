from __future__ import annotations

import pytest
from django.db import transaction

from recruiting.accounts.models import User
from recruiting.core.events import record
from recruiting.core.models import Event, OutboxMessage
from tests.builders import MONDAY


@pytest.mark.django_db
def test_what_happened_and_the_promise_to_tell_it_stand_together(recruiter: User) -> None:
    event = record(
        "user.waved", recruiter, by=recruiter, at=MONDAY, person=7, job=9, why="a guest", data={"hand": "left"}
    )

    message = OutboxMessage.objects.get(key=f"event:{event.pk}")
    assert (event.subject, event.subject_key, event.by) == ("user", recruiter.pk, recruiter)
    assert (message.topic, message.due_at) == ("user.waved", MONDAY)
    assert message.payload == {
        "event": event.pk, "subject": "user", "key": recruiter.pk, "person": 7, "job": 9, "hand": "left",
    }  # fmt: skip


@pytest.mark.django_db
def test_what_is_taken_back_is_not_told(recruiter: User) -> None:
    with transaction.atomic():
        record("user.waved", recruiter, by=None, at=MONDAY)
        transaction.set_rollback(True)

    assert not Event.objects.filter(verb="user.waved").exists()
    assert not OutboxMessage.objects.filter(topic="user.waved").exists()
