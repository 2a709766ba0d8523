from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from recruiting.core import health, outbox
from recruiting.core.models import OutboxMessage, SweepBeat


def swept(seconds_ago: float = 1) -> None:
    when = timezone.now() - timedelta(seconds=seconds_ago)
    SweepBeat.objects.create(path="planted", started_at=when, finished_at=when)


@pytest.fixture(autouse=True)
def _embedded(settings: Any) -> None:
    settings.REDIS_URL = ""


def test_the_process_answers_without_a_database(client: Client) -> None:
    assert client.get("/healthz").json() == {"alive": True}


@pytest.mark.django_db
def test_a_house_at_work_is_ready(client: Client) -> None:
    OutboxMessage.objects.all().delete()
    swept()

    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json()["ready"] is True
    assert response.json()["oldest_unsent_age"] is None


@pytest.mark.django_db
def test_a_house_that_never_swept_says_so(client: Client) -> None:
    OutboxMessage.objects.all().delete()

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["reasons"] == ["no sweep has run yet"]


@pytest.mark.django_db
def test_sweeps_that_stand_still_are_seen(client: Client) -> None:
    OutboxMessage.objects.all().delete()
    swept(seconds_ago=61)

    assert client.get("/readyz").json()["reasons"] == ["the sweeps stand still"]


@pytest.mark.django_db
def test_messages_that_wait_too_long_are_seen(client: Client) -> None:
    swept()
    outbox.post(topic="t", key="old", at=timezone.now() - timedelta(seconds=301), payload={})

    assert client.get("/readyz").json()["reasons"] == ["outbox messages wait too long"]


@pytest.mark.django_db
def test_one_message_that_keeps_failing_is_counted_and_is_no_reason(client: Client) -> None:
    OutboxMessage.objects.all().delete()
    swept()
    outbox.post(topic="t", key="old", at=timezone.now() - timedelta(days=1), payload={})
    OutboxMessage.objects.update(failure="spilt")

    response = client.get("/readyz").json()

    assert (response["ready"], response["failing_messages"]) == (True, 1)


@pytest.mark.django_db
def test_a_broker_that_does_not_answer_is_a_reason(client: Client, settings: Any) -> None:
    OutboxMessage.objects.all().delete()
    swept()
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert client.get("/readyz").json()["reasons"] == ["the broker does not answer"]


def test_a_database_that_does_not_answer_is_a_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db import OperationalError

    def away(*_args: Any, **_more: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(SweepBeat.objects, "aggregate", away)

    assert health.readiness(timezone.now())["reasons"] == ["the database does not answer"]
