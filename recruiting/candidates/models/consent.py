"""What lets us keep and use somebody's data: one row per purpose and moment, never overwritten."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    THIS_APPLICATION = "this_application", _("This application")
    FUTURE_ROLES = "future_roles", _("Future roles")
    ALUMNI = "alumni", _("Alumni")
    MAILINGS = "mailings", _("Mailings")
    AD_AUDIENCES = "ad_audiences", _("Ad audiences")


class BasisKind(models.TextChoices):
    ANNOUNCED = "announced", _("Announced at application")
    AGREED = "agreed", _("They agreed")


class LawfulBasis(models.Model):
    """One basis for one purpose: which text, in which language, since when, until when, withdrawn or not."""

    candidate = models.ForeignKey("candidates.Candidate", on_delete=models.CASCADE, related_name="bases")
    purpose = models.CharField(_("Purpose"), max_length=20, choices=Purpose.choices)
    kind = models.CharField(_("Rests on"), max_length=10, choices=BasisKind.choices)
    text_version = models.CharField(_("Text"), max_length=60, blank=True)
    text_language = models.CharField(_("Language of the text"), max_length=10, blank=True)
    given_on = models.DateField(_("Since"))
    until = models.DateField(_("Until"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-given_on", "-id"]
        indexes = [
            # Read by the block "no lawful basis for future roles".
            models.Index(
                fields=["candidate", "until"],
                name="basis_for_future_roles",
                condition=models.Q(purpose="future_roles", withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.get_kind_display()}"
