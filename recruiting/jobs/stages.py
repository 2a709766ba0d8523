"""The four fixed stages. A job's own columns (steps) live inside them; numbers are counted at their borders."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    SOURCING = "sourcing", _("Sourcing")
    SCREENING = "screening", _("Screening")
    INTERVIEW = "interview", _("Interview")
    HIRE = "hire", _("Hire")
