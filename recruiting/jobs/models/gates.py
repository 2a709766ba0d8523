"""What must be true before a card crosses a border, who offers it, who accepts it, and how long that may take."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from recruiting.jobs.models.attributes import Attribute
from recruiting.jobs.models.seats import Seat
from recruiting.jobs.stages import Stage
from recruiting.skills.models import Skill

BORDERS = (Stage.SCREENING, Stage.INTERVIEW, Stage.HIRE)  # a border is named by the stage it leads into


class Weight(models.TextChoices):
    MUST = "must", _("Must")
    NICE = "nice", _("Nice to have")
    INFORMATION = "information", _("Information")


class Proof(models.TextChoices):
    """What has to lie with a criterion when a card is offered."""

    NONE = "none", _("Their word")
    NOTE = "note", _("A note")
    DOCUMENT = "document", _("A document")
    SCORECARD = "scorecard", _("A scorecard attribute")
    SKILL = "skill", _("A skill")


class Gate(models.Model):
    """One border of a pipeline, or what a job makes stricter about it. Hours are working hours of the receiver.

    A job's row holds only what it tightens: empty seats and hours mean "as the pipeline says".
    """

    pipeline = models.ForeignKey("jobs.PipelineTemplate", null=True, on_delete=models.CASCADE, related_name="gates")
    job = models.ForeignKey("jobs.Job", null=True, on_delete=models.CASCADE, related_name="gates")
    to_stage = models.CharField(max_length=10, choices=Stage.choices)
    sender = models.CharField(
        pgettext_lazy("side of a border", "Offers"), max_length=15, choices=Seat.choices, blank=True
    )
    receiver = models.CharField(
        pgettext_lazy("side of a border", "Accepts"), max_length=15, choices=Seat.choices, blank=True
    )
    warn_hours = models.PositiveSmallIntegerField(_("Warn after"), null=True, blank=True)
    miss_hours = models.PositiveSmallIntegerField(_("Due within"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="a_gate_belongs_to_a_pipeline_or_to_a_job",
                condition=models.Q(pipeline__isnull=False, job=None) | models.Q(pipeline=None, job__isnull=False),
            ),
            models.CheckConstraint(name="nothing_is_handed_into_sourcing", condition=~models.Q(to_stage="sourcing")),
            models.CheckConstraint(
                name="a_pipelines_gate_says_everything",
                condition=models.Q(pipeline=None)
                | (
                    ~models.Q(sender="")
                    & ~models.Q(receiver="")
                    & models.Q(warn_hours__isnull=False, miss_hours__isnull=False)
                ),
            ),
            models.UniqueConstraint(
                fields=["pipeline", "to_stage"],
                condition=models.Q(pipeline__isnull=False),
                name="a_pipeline_has_one_gate_per_border",
            ),
            models.UniqueConstraint(
                fields=["job", "to_stage"],
                condition=models.Q(job__isnull=False),
                name="a_job_tightens_a_border_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job or self.pipeline} → {self.to_stage}"


class Criterion(models.Model):
    """One line of a gate's checklist, in two languages. Never deleted: what was handed over keeps pointing at it.

    `raises` on a job's criterion: the pipeline's criterion that this job takes more seriously; it has no text then.
    A skill that is not named means all must-haves of the job; an attribute that is not named, the overall word.
    About pay: what is noted there is read by those who see pay; everybody else reads whether it is met.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    gate = models.ForeignKey(Gate, on_delete=models.CASCADE, related_name="criteria")
    text_en = models.CharField(_("Criterion in English"), max_length=200, blank=True)
    text_ja = models.CharField(_("Criterion in Japanese"), max_length=200, blank=True)
    weight = models.CharField(_("Weight"), max_length=12, choices=Weight.choices, default=Weight.MUST)
    proof = models.CharField(_("Evidence"), max_length=10, choices=Proof.choices, default=Proof.NONE)
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, blank=True)  # of the skill, where it is asked for
    attribute = models.ForeignKey(Attribute, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    raises = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="raised_by")
    position = models.PositiveSmallIntegerField(default=0)
    is_about_pay = models.BooleanField(_("About pay"), default=False)
    is_retired = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["gate", "raises"],
                condition=models.Q(raises__isnull=False, is_retired=False),
                name="a_job_raises_a_criterion_once",
            ),
        ]

    def __str__(self) -> str:
        """In the reader's language; a text in one language serves both until the other is given."""
        return (self.text_ja or self.text_en) if get_language() == "ja" else (self.text_en or self.text_ja)

    @property
    def evidence(self) -> str:
        """What has to lie with it, in words: a named skill or attribute by its name."""
        if self.proof == Proof.SKILL:
            asked = f"{self.skill} {self.skill.level_label(self.level)}".strip() if self.skill else ""
            return asked or _now("The job's must-have skills")
        if self.proof == Proof.SCORECARD:
            return str(self.attribute) if self.attribute else _now("Scorecards: overall yes")
        return str(Proof(self.proof).label)
