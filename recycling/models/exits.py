"""Reasons, and the exits that were decided for them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from funnel.models import Application
from recruiting.candidates.models import Candidate
from recruiting.jobs.models import Job
from recruiting.jobs.stages import Stage
from recycling.models.pools import Pool


class Side(models.TextChoices):
    WE = "we", _("We decided")
    THEY = "they", _("They decided")
    EITHER = "either", _("Either")


class ReasonClass(models.TextChoices):
    NOT_NOW = "N", _("Not now")
    OTHER_ROLE = "R", _("Other role")
    NEVER = "X", _("Never")
    ADMINISTRATIVE = "A", _("Administrative")


class ReEntry(models.TextChoices):
    """Where a return starts, at the latest."""

    SOURCING = "sourcing", _("Sourcing")
    SCREENING = "screening", _("Screening")
    INTERVIEW = "interview", _("Interview")
    AFTER_VALID = "after_valid", _("The stage after the last valid pass")
    STAGE_LEFT = "stage_left", _("The stage they left")


class ExitReason(models.Model):
    """One reason of the list. The key is stable; the rest is the recruiting lead's, and never acts backwards:
    an exit keeps what it was decided under.
    """

    key = models.CharField(max_length=40, unique=True)
    label_en = models.CharField(_("English"), max_length=80)
    label_ja = models.CharField(_("Japanese"), max_length=80)
    help_en = models.CharField(max_length=200, blank=True)
    help_ja = models.CharField(max_length=200, blank=True)
    side = models.CharField(_("Side"), max_length=6, choices=Side.choices)
    klass = models.CharField(_("Class"), max_length=1, choices=ReasonClass.choices)
    pool = models.ForeignKey(Pool, null=True, on_delete=models.PROTECT, related_name="reasons")  # None: makes no entry
    kind = models.CharField(max_length=20)  # of the condition it makes; "review" where a person decides
    reach = models.CharField(max_length=12, default="near")  # recycling.reasons.Reach
    cool_months = models.PositiveSmallIntegerField(_("Cool-down, months"), default=0)
    cool_months_final = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # after a final interview, where it differs
    re_entry = models.CharField(_("Comes back at, at the latest"), max_length=12, choices=ReEntry.choices)
    is_offered = models.BooleanField(
        _("In the dialog"), default=True
    )  # one of at most twelve a side; the rest by typing
    is_active = models.BooleanField(_("In use"), default=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.label_ja if get_language() == "ja" else self.label_en


class Told(models.TextChoices):
    NOT_YET = "not_yet", _("Not yet")
    TOLD = "told", _("Told")
    NOTHING = "nothing", _("Nothing to tell")  # they know: it was their decision, or it was a mistake


class Exit(models.Model):
    """The end of an application without a hire. The snapshot is the job as it was that day."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="exits")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="exits")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="exits")
    reason = models.ForeignKey(ExitReason, on_delete=models.PROTECT, related_name="exits")  # the decisive one
    reason_version = models.PositiveIntegerField()
    klass = models.CharField(max_length=1, choices=ReasonClass.choices)
    side = models.CharField(max_length=6, choices=Side.choices)  # who decided: we or they
    stage = models.CharField(max_length=10, choices=Stage.choices)
    was_final = models.BooleanField(default=False)
    is_runner_up = models.BooleanField(null=True)
    exited_at = models.DateTimeField(null=True)  # None: imported without dates
    exited_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    told = models.CharField(max_length=8, choices=Told.choices, default=Told.NOT_YET)
    told_on = models.DateField(null=True)
    told_what = models.TextField(blank=True)
    evidence = models.TextField(blank=True)  # in their words, or what showed it
    note = models.TextField(blank=True)
    snapshot = models.JSONField(default=dict)  # family, level, band, requirements, deciders
    caused_by = models.CharField(max_length=20, blank=True)  # "" by a person; job_closed, import, other_hire …
    created_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-exited_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(undone_at=None), name="one_standing_exit_per_application"
            ),
            models.CheckConstraint(
                name="told_has_a_day", condition=~models.Q(told="told") | models.Q(told_on__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["candidate"], name="exits_of_a_person"),
            models.Index(fields=["job", "exited_at"], name="exits_of_a_job"),
            models.Index(fields=["reason", "exited_at"], name="exits_by_reason"),
            models.Index(
                fields=["exited_by"], name="exits_not_told_yet", condition=models.Q(told="not_yet", undone_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.reason}"


class FurtherReason(models.Model):
    """One of up to two more reasons; each has a condition of its own, and all must be out of the way."""

    exit = models.ForeignKey(Exit, on_delete=models.CASCADE, related_name="further")
    reason = models.ForeignKey(ExitReason, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["exit", "reason"], name="a_further_reason_is_named_once")]

    def __str__(self) -> str:
        return str(self.reason)
