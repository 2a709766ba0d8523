from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from recruiting.core import outbox
from recruiting.core.models import OutboxMessage

TOPIC = "planted.happened"


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """The keys of the messages that a listener of this test has heard."""
    keys: list[str] = []
    outbox.handler(TOPIC)(lambda message: keys.append(message.key))
    yield keys
    outbox._handlers.pop(TOPIC)


@pytest.fixture(autouse=True)
def _nothing_else(request: pytest.FixtureRequest) -> None:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        OutboxMessage.objects.all().delete()


def post(key: str, topic: str = TOPIC, at: Any = None) -> OutboxMessage:
    return outbox.post(topic=topic, key=key, at=at or timezone.now(), payload={})


@pytest.mark.django_db
def test_what_was_promised_is_told_in_order_and_once(heard: list[str]) -> None:
    post("first")
    post("second")

    assert outbox.relay() == 2
    assert outbox.relay() == 0
    assert heard == ["first", "second"]


@pytest.mark.django_db
def test_a_topic_without_a_listener_is_simply_sent() -> None:
    message = post("unheard", topic="nobody.listens")

    assert outbox.relay() == 1
    assert OutboxMessage.objects.get(pk=message.pk).sent_at is not None


@pytest.mark.django_db
def test_what_is_not_due_waits(heard: list[str]) -> None:
    post("tomorrow", at=timezone.now() + timedelta(days=1))

    assert outbox.relay() == 0


@pytest.mark.django_db
def test_the_same_promise_is_made_once() -> None:
    post("once")

    with pytest.raises(IntegrityError), transaction.atomic():
        post("once")


@pytest.mark.django_db
def test_a_message_that_fails_waits_its_turn_and_the_others_pass_it_by(heard: list[str]) -> None:
    def fails(message: OutboxMessage) -> None:
        if message.key == "poison":
            raise ValueError("spilt")

    outbox.handler(TOPIC)(fails)
    poison, _good = post("poison"), post("good")

    assert outbox.relay() == 1
    row = OutboxMessage.objects.get(pk=poison.pk)
    assert (row.sent_at, row.tries, row.claimed_until) == (None, 1, None)
    assert "spilt" in row.failure
    assert outbox.relay() == 0  # its next try is in two seconds, then four, then eight

    with time_machine.travel(timezone.now() + timedelta(seconds=3)):
        outbox.relay()
    assert OutboxMessage.objects.get(pk=poison.pk).due_at > row.due_at + timedelta(seconds=3)


@pytest.mark.django_db
def test_what_a_killed_relay_held_is_told_when_its_lease_is_over(heard: list[str]) -> None:
    message = post("held")
    now = timezone.now()
    OutboxMessage.objects.filter(pk=message.pk).update(claimed_until=now + outbox.LEASE)

    assert outbox.relay() == 0
    with time_machine.travel(now + outbox.LEASE + timedelta(seconds=5)):
        assert outbox.relay() == 1
    assert heard == ["held"]


def test_the_pause_doubles_up_to_an_hour() -> None:
    pauses = [outbox._pause(tries).total_seconds() for tries in (0, 1, 5, 20, 2000)]

    assert pauses == [2, 4, 64, 3600, 3600]


@pytest.mark.django_db(transaction=True)
def test_two_relays_at_once_tell_nothing_twice(heard: list[str]) -> None:
    OutboxMessage.objects.all().delete()
    for number in range(30):
        post(f"number-{number}")
    together = threading.Barrier(2)

    def relay() -> None:
        together.wait()
        try:
            outbox.relay()
        finally:
            connection.close()

    both = [threading.Thread(target=relay) for _one in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert sorted(heard) == sorted({f"number-{number}" for number in range(30)})
    assert not OutboxMessage.objects.filter(sent_at=None).exists()


@pytest.mark.django_db
def test_what_was_told_a_month_ago_is_forgotten_a_part_at_a_time() -> None:
    now = timezone.now()
    for number in range(3):
        post(f"old-{number}")
    OutboxMessage.objects.update(sent_at=now - timedelta(days=31))
    fresh, waiting = post("fresh"), post("waiting")
    OutboxMessage.objects.filter(pk=fresh.pk).update(sent_at=now - timedelta(days=29))

    assert outbox.prune(at=now, limit=2) == 2
    assert outbox.prune(at=now, limit=2) == 1
    assert set(OutboxMessage.objects.all()) == {fresh, waiting}
