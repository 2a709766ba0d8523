"""What a scorecard asks about: a job's own attributes, or those of its pipeline."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from recruiting.skills.models import Skill


class Attribute(models.Model):
    """One line of a scorecard, on a four-point scale whose points say what they mean. Never deleted, only retired.

    `anchors`: {"1": {"en": …, "ja": …}, … "4": …}; 1 is far from what is asked, 4 well beyond it. A job that has
    attributes of its own uses those alone, else its pipeline's are used.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    pipeline = models.ForeignKey(
        "jobs.PipelineTemplate", null=True, blank=True, on_delete=models.CASCADE, related_name="attributes"
    )
    job = models.ForeignKey("jobs.Job", null=True, blank=True, on_delete=models.CASCADE, related_name="attributes")
    # A job's copy of one of its pipeline's: whoever asks for that one means the copy, on this job.
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="copies"
    )
    name_en = models.CharField(_("Attribute in English"), max_length=80)
    name_ja = models.CharField(_("Attribute in Japanese"), max_length=80)
    asks_en = models.CharField(_("What to look for, in English"), max_length=300, blank=True)
    asks_ja = models.CharField(_("What to look for, in Japanese"), max_length=300, blank=True)
    anchors: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    needs_note = models.BooleanField(_("A note is required"), default=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_attribute_belongs_to_a_pipeline_or_to_a_job",
                condition=models.Q(pipeline__isnull=False, job=None) | models.Q(pipeline=None, job__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name_ja if get_language() == "ja" else self.name_en

    @property
    def asks(self) -> str:
        return self.asks_ja if get_language() == "ja" else self.asks_en

    def anchor(self, score: int) -> str:
        """What a point of the scale means, in the reader's language; empty where nobody wrote it."""
        words = self.anchors.get(str(score), {})
        language = "ja" if get_language() == "ja" else "en"
        return str(words.get(language) or words.get("en") or "")
