"""The ways to reach a person, each with its state."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ContactKind(models.TextChoices):
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    LINE = "line", _("LINE")
    LINKEDIN = "linkedin", _("LinkedIn")
    OTHER = "other", _("Other")


class ContactState(models.TextChoices):
    USABLE = "usable", _("Usable")
    UNCHECKED = "unchecked", _("Not checked")
    BOUNCED = "bounced", _("Bounced")
    OPTED_OUT = "opted_out", _("Opted out")
    WRONG = "wrong", _("Not theirs")


REACHABLE = (ContactState.USABLE, ContactState.UNCHECKED)


class ContactPoint(models.Model):
    """One e-mail address, number or account of a person. `normal` is what equality is judged on."""

    candidate = models.ForeignKey("candidates.Candidate", on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(_("Kind"), max_length=10, choices=ContactKind.choices)
    value = models.CharField(_("Address or number"), max_length=254)
    normal = models.CharField(max_length=254, db_index=True)
    state = models.CharField(_("State"), max_length=10, choices=ContactState.choices, default=ContactState.UNCHECKED)
    is_preferred = models.BooleanField(_("Preferred"), default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_preferred", "id"]
        constraints = [
            models.UniqueConstraint(fields=["candidate", "kind", "normal"], name="a_person_has_a_contact_point_once"),
        ]
        indexes = [
            # Read by the block "no usable means of contact".
            models.Index(
                fields=["candidate"],
                name="contact_point_reachable",
                condition=models.Q(state__in=["usable", "unchecked"]),
            ),
        ]

    def __str__(self) -> str:
        return self.value
