"""A job, its place on the scales (family, level) and what it asks for."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from recruiting.accounts.models import User
from recruiting.jobs.models.seats import JobSeat
from recruiting.skills.models import Skill
from recruiting.terms import Form, PayPeriod, Remote


class JobFamily(models.Model):
    """A field of work. Reach is within one family; a job without one reaches only its own people."""

    key = models.SlugField(max_length=40, unique=True)
    name_en = models.CharField(max_length=80)
    name_ja = models.CharField(max_length=80)

    class Meta:
        ordering = ["name_en"]

    def __str__(self) -> str:
        return self.name_ja if get_language() == "ja" else self.name_en


class Level(models.Model):
    """One rung of the organisation's ordered scale. The primary key is the rung, so levels compare as numbers."""

    rank = models.PositiveSmallIntegerField(primary_key=True)
    name_en = models.CharField(max_length=60)
    name_ja = models.CharField(max_length=60)

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return self.name_ja if get_language() == "ja" else self.name_en


class JobState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    OPEN = "open", _("Open")
    ON_HOLD = "on_hold", _("On hold")
    FILLED = "filled", _("Filled")
    CANCELLED = "cancelled", _("Cancelled")


CLOSED_JOB = (JobState.FILLED, JobState.CANCELLED)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: User) -> JobQuerySet:
        """Everybody in recruiting sees every job; the others only the jobs they hold a seat on today."""
        if user.sees_everybody:
            return self
        if not user.is_active:
            return self.none()
        today = JobSeat.objects.filter(job=models.OuterRef("pk"), user=user, until=None)  # seat_of_a_user_today
        return self.filter(models.Exists(today))

    def open(self) -> JobQuerySet:
        return self.filter(state=JobState.OPEN)


class Job(ConcurrentTransitionMixin, models.Model):
    """What we hire for. Its state changes only by transitions; `*_changed_at` are neutral moments for the engine."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(pgettext_lazy("of a job", "Title"), max_length=160)
    state = FSMField(default=JobState.DRAFT, choices=JobState.choices, protected=True)
    family = models.ForeignKey(JobFamily, null=True, blank=True, on_delete=models.PROTECT, related_name="jobs")
    level = models.ForeignKey(Level, null=True, blank=True, on_delete=models.PROTECT, related_name="jobs")
    department = models.CharField(_("Department"), max_length=120, blank=True)
    description = models.TextField(_("Description"), blank=True)
    places = models.JSONField(_("Places"), default=list, blank=True)  # names of places: ["Tokyo", "Osaka"]
    remote = models.CharField(_("Remote policy"), max_length=10, choices=Remote.choices, default=Remote.ONSITE)
    form = models.CharField(_("Form of work"), max_length=12, choices=Form.choices, default=Form.FULL_TIME)
    band_min = models.DecimalField(_("Pay from"), max_digits=14, decimal_places=2, null=True, blank=True)
    band_max = models.DecimalField(_("Pay to"), max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("Currency"), max_length=3, default="JPY")
    period = models.CharField(_("Paid"), max_length=5, choices=PayPeriod.choices, default=PayPeriod.YEAR)
    sponsors_permit = models.BooleanField(_("Sponsors a work permit"), default=False)
    recruiter = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="jobs_recruited_for"
    )
    pipeline = models.ForeignKey("jobs.PipelineTemplate", null=True, on_delete=models.PROTECT, related_name="jobs")
    is_imported = models.BooleanField(default=False)  # made by an import: closed, known only by name

    created_at = models.DateTimeField()
    approval_asked_at = models.DateTimeField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(null=True)  # last time it became open, resumed or got a further opening
    held_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # The engine's columns, kept by services: the newest opening that is open, and the decider seated last.
    current_opening = models.ForeignKey("jobs.Opening", null=True, on_delete=models.SET_NULL, related_name="+")
    decider = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decider_since = models.DateTimeField(null=True)
    asks_changed_at = models.DateTimeField(null=True)
    terms_changed_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="a_band_runs_upwards",
                condition=models.Q(band_min=None)
                | models.Q(band_max=None)
                | models.Q(band_min__lte=models.F("band_max")),
            ),
        ]
        indexes = [
            models.Index(fields=["family", "level"], name="job_open_in_reach", condition=models.Q(state="open")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED_JOB

    @transition(state, JobState.DRAFT, JobState.OPEN)
    def open(self, *, by: User | None, at: datetime) -> None:
        """The approver agreed: from now on people may be found for it."""
        self.approved_at, self.approved_by, self.opened_at = at, by, at

    @transition(state, JobState.OPEN, JobState.ON_HOLD)
    def hold(self, *, at: datetime) -> None:
        """Nobody is hired for it until it resumes; its people wait with it."""
        self.held_at = at

    @transition(state, JobState.ON_HOLD, JobState.OPEN)
    def resume(self, *, at: datetime) -> None:
        self.opened_at, self.held_at = at, None

    @transition(state, [JobState.OPEN, JobState.ON_HOLD], JobState.FILLED)
    def fill(self, *, at: datetime) -> None:
        """Somebody said that everybody it needed has been found."""
        self.closed_at, self.held_at = at, None

    @transition(state, [JobState.DRAFT, JobState.OPEN, JobState.ON_HOLD], JobState.CANCELLED)
    def cancel(self, *, at: datetime) -> None:
        self.closed_at, self.held_at = at, None

    @transition(state, [JobState.FILLED, JobState.CANCELLED], JobState.OPEN)
    def reopen(self, *, at: datetime) -> None:
        """It hires again, under the approval it had or has just been given."""
        self.opened_at, self.closed_at = at, None


class Requirement(models.Model):
    """A skill that a job asks for. `term` keeps a word the list does not know; it is shown, and met by nobody."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="requirements")
    skill = models.ForeignKey(Skill, null=True, blank=True, on_delete=models.PROTECT, related_name="requirements")
    term = models.CharField(max_length=120, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)  # on the skill's own scale; None asks for no level
    is_must = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["-is_must", "position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["job", "skill"], condition=models.Q(skill__isnull=False), name="a_job_asks_for_a_skill_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.skill) if self.skill else self.term

    @property
    def level_label(self) -> str:
        """The level in the words of the skill's own scale; empty where none is asked."""
        return self.skill.level_label(self.level) if self.skill else ""
