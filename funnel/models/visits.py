"""The stays in stages: the source of every number."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from funnel.models.applications import Application
from recruiting.jobs.models import Job
from recruiting.jobs.stages import Stage


class Ended(models.TextChoices):
    """How a visit ended; empty while it goes on."""

    ADVANCED = "advanced", _("Advanced")
    EXITED = "exited", _("Left")
    HIRED = "hired", _("Hired")
    STEPPED_BACK = "stepped_back", _("Stepped back")
    CORRECTED = "corrected", _("Corrected")
    MOVED = "moved", _("Moved to another job")


class Visit(models.Model):
    """One stay in one stage: the source of every number. The random key outlives the person.

    Open while `ended_as` is empty. `days` (elapsed, of 24 hours) is stored when it ends, so medians never compute it.
    Imported stays without dates have neither moment nor duration.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="visits")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="visits")
    stage = models.CharField(max_length=10, choices=Stage.choices)
    entered_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    days = models.FloatField(null=True)
    ended_as = models.CharField(max_length=12, choices=Ended.choices, blank=True)
    is_voided = models.BooleanField(default=False)  # a mistake: kept, counted nowhere
    is_counted = models.BooleanField(default=True)  # False once the exit is administrative (class A)
    is_recycled = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(ended_as=""), name="one_open_visit_per_application"
            ),
        ]
        indexes = [
            models.Index(fields=["job", "left_at", "stage"], name="visits_of_job_that_ended"),
            models.Index(fields=["left_at", "stage"], name="visits_that_ended"),
            models.Index(fields=["job", "entered_at", "stage"], name="visits_of_job_by_entry"),
            models.Index(fields=["entered_at", "stage"], name="visits_by_entry"),
            models.Index(fields=["job", "stage"], name="visits_open", condition=models.Q(ended_as="")),
            # Few, and asked for by everything that counts handoffs.
            models.Index(
                fields=["application"],
                name="visits_that_count_nowhere",
                condition=models.Q(is_voided=True) | models.Q(is_counted=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.stage}"
