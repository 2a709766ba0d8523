"""What speaks for a skill: append-only rows; a correction is a new row, a failed criterion refutes the old."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruiting.skills.models import Skill


class EvidenceState(models.TextChoices):
    DECLARED = "declared", _("Says so")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUTED = "refuted", _("Not met")


class EvidenceSource(models.TextChoices):
    SELF = "self", _("Own words")
    CV = "cv", _("CV")
    SCREENING = "screening", _("Screening")
    INTERVIEW = "interview", _("Interview")
    ASSESSMENT = "assessment", _("Assessment")
    CERTIFICATE = "certificate", _("Certificate")
    WORK = "work", _("Work shown")
    IMPORT = "import", _("Import")


class SkillEvidence(models.Model):
    """One thing that speaks for a skill. `level` is on the skill's scale, None = not recorded (unknown).

    Counts towards a must-have while declared or confirmed. Refuted rows stay: they make the must-have *known unmet*.
    """

    candidate = models.ForeignKey("candidates.Candidate", on_delete=models.CASCADE, related_name="skill_evidence")
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    term = models.CharField(max_length=120, blank=True)  # the word as it came; alone when the list does not know it
    level = models.PositiveSmallIntegerField(_("Level"), null=True, blank=True)
    years = models.DecimalField(_("Years"), max_digits=4, decimal_places=1, null=True, blank=True)
    state = models.CharField(max_length=10, choices=EvidenceState.choices, default=EvidenceState.DECLARED)
    source = models.CharField(_("Source"), max_length=12, choices=EvidenceSource.choices, default=EvidenceSource.SELF)
    note = models.CharField(_("Evidence"), max_length=500, blank=True)
    seen_on = models.DateField(_("Seen on"))  # when it was true
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    refuted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-seen_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="evidence_names_a_skill_or_a_word", condition=models.Q(skill__isnull=False) | ~models.Q(term="")
            ),
        ]
        indexes = [
            # Fits: of a job (who holds the skill), and of a person.
            models.Index(
                fields=["skill", "candidate"],
                include=["level"],
                name="evidence_that_counts_by_skill",
                condition=~models.Q(state="refuted"),
            ),
            models.Index(
                fields=["candidate", "skill"],
                include=["level"],
                name="evidence_that_counts_of_person",
                condition=~models.Q(state="refuted"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.skill) if self.skill else self.term
