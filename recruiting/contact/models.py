"""Any contact with a person, counted against one budget across everybody."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruiting.candidates.models import Candidate, ContactPoint


class TouchKind(models.TextChoices):
    MAIL = "mail", _("Mail")
    CALL = "call", _("Call")
    MEETING = "meeting", _("Meeting")
    MESSAGE = "message", _("Message")
    AGENCY = "agency", _("Through the agency")


class Touch(models.Model):
    """One contact, ours or theirs. `is_approach` marks those that try to bring somebody back: they use the budget."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="touches")
    kind = models.CharField(max_length=10, choices=TouchKind.choices)
    is_inbound = models.BooleanField(default=False)
    is_approach = models.BooleanField(default=False)
    contact_point = models.ForeignKey(ContactPoint, null=True, on_delete=models.SET_NULL, related_name="+")
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["candidate", "-at"], name="touches_of_a_person")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
