"""Files of a person. The kind of content is sniffed, never believed from the name."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentKind(models.TextChoices):
    CV = "cv", _("CV")
    WORK_HISTORY = "work_history", _("Work history")
    LETTER = "letter", _("Letter")
    PORTFOLIO = "portfolio", _("Portfolio")
    CERTIFICATE = "certificate", _("Certificate")
    OTHER = "other", _("Other")


def _stored_as(document: Document, name: str) -> str:
    return f"documents/{uuid.uuid4().hex}"


class Document(models.Model):
    candidate = models.ForeignKey("candidates.Candidate", on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(_("Kind"), max_length=12, choices=DocumentKind.choices, default=DocumentKind.CV)
    name = models.CharField(_("File name"), max_length=200)
    file = models.FileField(_("File"), upload_to=_stored_as)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()  # bytes
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-added_at", "-id"]

    def __str__(self) -> str:
        return self.name
