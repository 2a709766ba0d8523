"""What a scorecard asks about: a job's own attributes, or those of its pipeline."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from recruiting.skills.models import Skill

SCORES = (1, 2, 3, 4)


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
        """In the reader's language; a text in one language serves both until the other is given."""
        return (self.name_ja or self.name_en) if get_language() == "ja" else (self.name_en or self.name_ja)

    @property
    def asks(self) -> str:
        return (self.asks_ja or self.asks_en) if get_language() == "ja" else (self.asks_en or self.asks_ja)

    def anchor(self, score: int) -> str:
        """What a point of the scale means, in the reader's language; empty where nobody wrote it."""
        words = self.anchors.get(str(score), {})
        language, other = ("ja", "en") if get_language() == "ja" else ("en", "ja")
        return str(words.get(language) or words.get(other) or "")

    @property
    def state(self) -> str:
        """A short print of what it says, by which the second of two people who change it is noticed."""
        said = [self.name_en, self.name_ja, self.asks_en, self.asks_ja, self.anchors, self.skill_id, self.needs_note]
        written = json.dumps([*said, self.is_retired], sort_keys=True, ensure_ascii=False)
        return hashlib.blake2b(written.encode(), digest_size=8).hexdigest()

    @property
    def scale(self) -> list[tuple[int, str]]:
        """Every point with what it means."""
        return [(score, self.anchor(score)) for score in SCORES]
