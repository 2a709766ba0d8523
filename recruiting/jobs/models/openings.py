"""A seat to fill. The job is filled when its last opening is."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from recruiting.accounts.models import User


class OpeningState(models.TextChoices):
    ASKED = "asked", _("Waits for approval")
    OPEN = "open", _("Open")
    FILLED = "filled", _("Filled")
    CLOSED = "closed", _("Closed")


class Opening(ConcurrentTransitionMixin, models.Model):
    """One seat of a job: asked for, open once approved, filled (Application.opening says by whom), or closed."""

    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="openings")
    state = FSMField(default=OpeningState.ASKED, choices=OpeningState.choices, protected=True)
    asked_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    filled_at = models.DateTimeField(null=True)
    held_days = models.FloatField(default=0)  # days on hold, taken off time to fill

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.job} {self.pk}"

    @transition(state, OpeningState.ASKED, OpeningState.OPEN)
    def approve(self, *, by: User | None, at: datetime) -> None:
        self.approved_at, self.approved_by = at, by

    @transition(state, OpeningState.OPEN, OpeningState.FILLED)
    def fill(self, *, at: datetime) -> None:
        self.filled_at = at

    @transition(state, [OpeningState.FILLED, OpeningState.CLOSED], OpeningState.OPEN)
    def open_again(self) -> None:
        """Whoever filled it did not start, or the job it was closed with hires again."""
        self.filled_at = None

    @transition(state, [OpeningState.ASKED, OpeningState.OPEN], OpeningState.CLOSED)
    def close(self) -> None:
        """Nobody will be hired for it."""
