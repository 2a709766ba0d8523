"""Possible duplicates are computed from contact points; only the answer "two people" is remembered."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class NotTheSame(models.Model):
    """Somebody looked and said that these are two people. `first` has the lower key."""

    first = models.ForeignKey("candidates.Candidate", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("candidates.Candidate", on_delete=models.CASCADE, related_name="+")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="two_people_are_told_apart_once"),
            models.CheckConstraint(name="a_pair_is_ordered", condition=models.Q(first__lt=models.F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
