"""Steps: a job's own columns inside the four stages, copied from a template and then its own."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language

from recruiting.jobs.stages import Stage


class _Column(models.Model):
    stage = models.CharField(max_length=10, choices=Stage.choices)
    name_en = models.CharField(max_length=60)
    name_ja = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField()
    limit_days = models.PositiveSmallIntegerField(default=7)  # a card older than this is late
    is_final = models.BooleanField(default=False)  # whoever decides here is a decider

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name_ja if get_language() == "ja" else self.name_en


class PipelineTemplate(models.Model):
    """A ready set of steps: Japanese mid-career, new graduate, engineering, simple."""

    key = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=80)
    name_ja = models.CharField(max_length=80)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name_ja if get_language() == "ja" else self.name_en


class TemplateStep(_Column):
    template = models.ForeignKey(PipelineTemplate, on_delete=models.CASCADE, related_name="steps")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["template", "position"], name="a_template_step_has_its_own_place"),
        ]


class Step(_Column):
    job = models.ForeignKey("jobs.Job", on_delete=models.CASCADE, related_name="steps")
    is_retired = models.BooleanField(default=False)  # no longer a column, kept for its history

    class Meta:
        ordering = ["position", "id"]
