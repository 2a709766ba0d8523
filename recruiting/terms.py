"""Words about terms of work that people and jobs share: both say them, neither owns them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Remote(models.TextChoices):
    ONSITE = "onsite", _("On site")
    HYBRID = "hybrid", _("Partly remote")
    REMOTE = "remote", _("Remote")


class Form(models.TextChoices):
    FULL_TIME = "full_time", _("Full time, permanent")
    FIXED_TERM = "fixed_term", _("Fixed term")
    PART_TIME = "part_time", _("Part time")
    FREELANCE = "freelance", _("Freelance")
    INTERNSHIP = "internship", _("Internship")


class PayPeriod(models.TextChoices):
    YEAR = "year", _("a year")
    MONTH = "month", _("a month")
    DAY = "day", _("a day")
    HOUR = "hour", _("an hour")
