"""What the two sides of a border have agreed on for a week."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce

from recruiting.jobs.models import Job, Seat
from recruiting.jobs.stages import Stage

AGREED = models.Q(sender_agreed_at__isnull=False, receiver_agreed_at__isnull=False)
_BORDER = (Coalesce("job", 0), "to_stage", "from_role", "to_role")  # of one job, or of the whole house


class Contract(models.Model):
    """A weekly promise at one border between two roles: so many, of this quality, answered within so many hours.

    For one job, or for the whole house (job None). In force once both sides agreed, until `until_on` (half-open).
    A changed promise is a new row; the old one ends the day it begins.
    """

    job = models.ForeignKey(Job, null=True, blank=True, on_delete=models.CASCADE, related_name="contracts")
    to_stage = models.CharField(max_length=10, choices=Stage.choices)
    from_role = models.CharField(max_length=15, choices=Seat.choices)
    to_role = models.CharField(max_length=15, choices=Seat.choices)
    volume = models.PositiveIntegerField()  # accepted handoffs a week
    acceptance = models.DecimalField(max_digits=4, decimal_places=3)  # accepted / (accepted + returned), 0 to 1
    response_hours = models.PositiveSmallIntegerField()  # median, in working hours
    note = models.CharField(max_length=300, blank=True)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    sender_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sender_agreed_at = models.DateTimeField(null=True)
    receiver_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    receiver_agreed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-since_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="an_agreed_acceptance_is_a_share",
                condition=models.Q(acceptance__gte=0, acceptance__lte=1),
            ),
            models.CheckConstraint(
                name="a_contract_ends_after_it_begins",
                condition=models.Q(until_on=None) | models.Q(until_on__gte=models.F("since_on")),
            ),
            models.UniqueConstraint(
                *_BORDER,
                condition=models.Q(until_on=None) & AGREED,
                name="a_border_has_one_contract_without_an_end",
            ),
            models.UniqueConstraint(
                *_BORDER,
                condition=models.Q(until_on=None)
                & (models.Q(sender_agreed_at=None) | models.Q(receiver_agreed_at=None)),
                name="a_border_has_one_open_proposal",
            ),
        ]
        indexes = [models.Index(fields=["to_stage", "job"], name="contracts_of_a_border")]

    def __str__(self) -> str:
        return f"{self.job or ''} → {self.to_stage}"

    @property
    def is_agreed(self) -> bool:
        return self.sender_agreed_at is not None and self.receiver_agreed_at is not None

    @property
    def is_open(self) -> bool:
        """A proposal that waits for somebody's word. One that was taken back ends the day it would have begun."""
        return not self.is_agreed and self.until_on is None
