"""What happened (events), what must be told (outbox), and when each sweep last ran. No recruiting words here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models


class Event(models.Model):
    """One thing that happened; append-only. `person` and `job` are keys, so that erasing somebody keeps the count."""

    at = models.DateTimeField()
    verb = models.CharField(max_length=60)  # "application.advanced": noun, dot, what happened
    subject = models.CharField(max_length=30)  # "application", "pool_entry", "candidate" …
    subject_key = models.BigIntegerField()
    person = models.BigIntegerField(null=True)
    job = models.BigIntegerField(null=True)
    from_state = models.CharField(max_length=60, blank=True)
    to_state = models.CharField(max_length=60, blank=True)
    why = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at", "-id"], name="event_timeline_of_a_person"),
            models.Index(fields=["subject", "subject_key", "-id"], name="event_history_of_a_subject"),
            models.Index(fields=["job", "-at"], name="event_history_of_a_job"),
            models.Index(fields=["at"], name="event_by_moment"),  # what changed since the last sweep
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_key}"


class OutboxMessage(models.Model):
    """A promise to tell somebody, written in the transaction of the fact; delivered at least once by the relay."""

    topic = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    payload: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()  # pushed ahead before each try, so that one bad row cannot stall the queue
    tries = models.PositiveIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        indexes = [
            # Read by outbox.relay() and readiness.
            models.Index(fields=["due_at", "id"], name="outbox_unsent", condition=models.Q(sent_at=None)),
            # Read by outbox.prune().
            models.Index(fields=["sent_at"], name="outbox_sent", condition=models.Q(sent_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.key


class SweepBeat(models.Model):
    """The last run of each sweep: what /readyz and the sweeps page read."""

    path = models.CharField(max_length=120, primary_key=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    did = models.IntegerField(default=0)
    failure = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.path

    @property
    def seconds(self) -> float | None:
        """How long the last finished run took; None while it runs."""
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else None
