"""Where a person came from, every time: the first ever is the origin, the last before a cycle its entry source."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    APPLIED = "applied", _("Applied")
    REFERRAL = "referral", _("Referral")
    AGENCY = "agency", _("Agency")
    SCOUT = "scout", _("Scout mail")
    JOB_BOARD = "job_board", _("Job board")
    SOCIAL = "social", _("Social network")
    EVENT = "event", _("Event")
    AD = "ad", _("Advertisement")
    ALUMNI = "alumni", _("Alumni")
    IMPORT = "import", _("Import")
    OTHER = "other", _("Other")


class Agency(models.Model):
    name = models.CharField(_("Agency"), max_length=160, unique=True)
    contact_name = models.CharField(_("Contact"), max_length=120, blank=True)
    contact_email = models.EmailField(_("E-mail"), blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Source(models.Model):
    """One arrival. An agency's introduction is owned by it until `owned_until`: it is asked, not the person."""

    candidate = models.ForeignKey("candidates.Candidate", on_delete=models.CASCADE, related_name="sources")
    channel = models.CharField(_("Channel"), max_length=10, choices=Channel.choices)
    campaign = models.CharField(_("Campaign"), max_length=120, blank=True)
    medium = models.CharField(_("Medium"), max_length=120, blank=True)
    agency = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="introductions")
    owned_until = models.DateField(_("Owned until"), null=True, blank=True)
    referrer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="referrals"
    )
    came_on = models.DateField(_("Day"))
    is_origin = models.BooleanField(default=False)

    class Meta:
        ordering = ["came_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"], condition=models.Q(is_origin=True), name="a_person_has_one_origin"
            ),
        ]

    def __str__(self) -> str:
        return str(self.agency) if self.agency else self.get_channel_display()
