"""The machine-checkable part of a reason, and the two derived tables the engine joins it with."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from recruiting.candidates.models import Candidate
from recruiting.jobs.models import Job, JobFamily
from recruiting.skills.models import Skill
from recycling.models.exits import Exit, ExitReason
from recycling.models.pools import PoolEntry


class Condition(models.Model):
    """One reason of one entry as terms in columns. Family and rank are those of the job left, as it was that day.

    `is_waiting` = the entry is resting or surfaced; it changes only with single human steps, so no sweep rewrites it.
    """

    entry = models.ForeignKey(PoolEntry, on_delete=models.CASCADE, related_name="conditions")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="conditions")
    reason = models.ForeignKey(ExitReason, on_delete=models.PROTECT, related_name="+")
    is_decisive = models.BooleanField(default=True)
    kind = models.CharField(max_length=20)  # a key of recycling.conditions.registry, or "review"
    reach = models.CharField(max_length=12)
    left_job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="conditions_left")
    family = models.ForeignKey(JobFamily, null=True, on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveSmallIntegerField(null=True)  # level of the job left
    is_waiting = models.BooleanField(default=True)
    entered_at = models.DateTimeField()  # facts after this moment are news
    cool_until = models.DateField()  # over on that day
    revision = models.PositiveIntegerField(default=1)  # +1 only when a person changes its terms
    due_on = models.DateField(null=True)  # date kind: the day itself; the lead is subtracted when asked
    re_entry = models.CharField(max_length=12)  # the reason's, as it was: recycling.models.exits.ReEntry
    resolved_at = models.DateTimeField(null=True)  # somebody said by hand that it no longer stands

    class Meta:
        ordering = ["-is_decisive", "id"]
        indexes = [
            models.Index(
                fields=["candidate", "kind"], name="conditions_of_a_person", condition=models.Q(is_waiting=True)
            ),
            models.Index(
                fields=["left_job", "kind"], name="conditions_of_a_job_left", condition=models.Q(is_waiting=True)
            ),
            models.Index(
                fields=["due_on"], name="conditions_by_the_clock", condition=models.Q(is_waiting=True, kind="date")
            ),
            models.Index(fields=["entry"], name="conditions_of_an_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.entry}"


class ConditionSkill(models.Model):
    """A requirement that was not met, for the explanation; the engine itself asks Fit."""

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, null=True, on_delete=models.PROTECT, related_name="+")
    term = models.CharField(max_length=120, blank=True)
    level = models.PositiveSmallIntegerField(null=True)
    held_level = models.PositiveSmallIntegerField(null=True)  # what they had when they left

    def __str__(self) -> str:
        return str(self.skill) if self.skill else self.term


class ConditionFamily(models.Model):
    """A family that the person named: the reach "named" is these and nothing else."""

    condition = models.ForeignKey(Condition, on_delete=models.CASCADE, related_name="families")
    family = models.ForeignKey(JobFamily, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["condition", "family"], name="a_family_is_named_once")]

    def __str__(self) -> str:
        return str(self.family)


class Refusal(models.Model):
    """A decider who said no to a person, in any cycle. "Differs from everyone who refused" is one anti-join here."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="refusals")
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    exit = models.ForeignKey(Exit, on_delete=models.CASCADE, related_name="refusals")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidate", "decider"], name="a_decider_refuses_a_person_once")]

    def __str__(self) -> str:
        return f"{self.decider} → {self.candidate}"


class Fit(models.Model):
    """Every must-have of an open or held job is met by evidence. Derived; inserted once, kept while it lasts.

    `fact` is the newest evidence that met a must-have when the fit began, `evidence_at` when that was recorded;
    `is_confirmed` is False where a must-have rests on the person's own word alone.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="fits")
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="fits")
    fact = models.BigIntegerField()  # a SkillEvidence
    evidence_at = models.DateTimeField()
    gained_at = models.DateTimeField()
    is_confirmed = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["candidate", "job"], name="a_person_fits_a_job_once")]
        indexes = [models.Index(fields=["job", "candidate"], name="fits_of_a_job")]

    def __str__(self) -> str:
        return f"{self.candidate} fits {self.job}"
