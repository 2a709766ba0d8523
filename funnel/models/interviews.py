"""A meeting with a person about a job, who asks, and what each of them found."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from funnel.models.applications import Application
from recruiting.accounts.models import User
from recruiting.jobs.models import Attribute, Job, Step


class InterviewState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")
    NO_SHOW = "no_show", _("Did not appear")


class InterviewQuerySet(models.QuerySet["Interview"]):
    def visible_to(self, user: User) -> InterviewQuerySet:
        if user.sees_everybody:
            return self
        return self.filter(job__in=Job.objects.visible_to(user))


class Interview(ConcurrentTransitionMixin, models.Model):
    """One meeting: when, how long, where or by which link, and who asks. `uid` and `sequence` are the calendar's."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)  # grows with every change that calendars must follow
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interviews")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="interviews")
    step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(pgettext_lazy("an interview", "Title"), max_length=160, blank=True)
    state = FSMField(default=InterviewState.PLANNED, choices=InterviewState.choices, protected=True)
    starts_at = models.DateTimeField(_("Starts"))
    ends_at = models.DateTimeField()
    place = models.CharField(pgettext_lazy("an interview", "Place"), max_length=200, blank=True)
    video_url = models.URLField(_("Video link"), max_length=500, blank=True)
    note = models.TextField(_("For the interviewers"), blank=True)
    # A letter to the candidate leaves only when somebody approved its text.
    invites_candidate = models.BooleanField(default=False)
    candidate_text = models.TextField(blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_why = models.CharField(max_length=300, blank=True)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_interview_ends_after_it_starts", condition=models.Q(ends_at__gt=models.F("starts_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["application", "starts_at"], name="interviews_of_an_application"),
            models.Index(fields=["starts_at"], name="interviews_planned", condition=models.Q(state="planned")),
        ]

    def __str__(self) -> str:
        return self.title or str(self.application)

    @property
    def heading(self) -> str:
        """What it is called: its own title, else its step, else simply an interview."""
        return self.title or str(self.step or _("Interview"))

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @transition(state, InterviewState.PLANNED, InterviewState.HELD)
    def hold(self, *, at: datetime) -> None:
        """It took place."""

    @transition(state, InterviewState.PLANNED, InterviewState.CANCELLED)
    def cancel(self, *, at: datetime, why: str) -> None:
        self.ended_why = why

    @transition(state, InterviewState.PLANNED, InterviewState.NO_SHOW)
    def miss(self, *, at: datetime, why: str) -> None:
        """They did not come."""
        self.ended_why = why

    @transition(state, [InterviewState.CANCELLED, InterviewState.HELD, InterviewState.NO_SHOW], InterviewState.PLANNED)
    def reopen(self, *, at: datetime) -> None:
        """What ended it was a slip: it is planned as before."""
        self.ended_why = ""


class Interviewer(models.Model):
    """Somebody who asks in an interview, and the clock of their feedback (from the end of the interview)."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="interviewers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="interviews_given")
    feedback_warn_at = models.DateTimeField()
    feedback_miss_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # their scorecard is in

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "user"], name="an_interviewer_sits_once_in_an_interview")
        ]
        indexes = [
            models.Index(fields=["user"], name="interviews_to_assess", condition=models.Q(answered_at=None)),
            models.Index(fields=["feedback_warn_at"], name="feedback_to_remind", condition=models.Q(answered_at=None)),
        ]

    def __str__(self) -> str:
        return str(self.user)


class Overall(models.IntegerChoices):
    """The recommendation of a scorecard."""

    STRONG_NO = 1, pgettext_lazy("recommendation", "Clearly no")
    NO = 2, pgettext_lazy("recommendation", "No")
    YES = 3, pgettext_lazy("recommendation", "Yes")
    STRONG_YES = 4, pgettext_lazy("recommendation", "Clearly yes")


class Scorecard(models.Model):
    """What one interviewer found in one interview. Handed in once, then amended by versions; nothing is overwritten.

    Blind: whoever still owes a scorecard about an application reads no other one of it. `draft` is what was typed and
    not handed in. `valid_until`: until then it need not be repeated when the person comes back.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="scorecards")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="scorecards")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="scorecards")
    draft: models.JSONField[dict[str, Any]] = models.JSONField(default=dict, blank=True)
    version = models.PositiveSmallIntegerField(default=0)  # 0: not handed in
    overall = models.PositiveSmallIntegerField(choices=Overall.choices, null=True)
    submitted_at = models.DateTimeField(null=True)
    read_others_at = models.DateTimeField(null=True)  # when its writer was first shown somebody else's
    valid_until = models.DateField(null=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "user"], name="one_scorecard_per_interview_and_interviewer"),
            models.CheckConstraint(
                name="a_scorecard_handed_in_recommends",
                condition=models.Q(version=0, submitted_at=None)
                | models.Q(version__gte=1, submitted_at__isnull=False, overall__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["application"], name="scorecards_of_an_application")]

    def __str__(self) -> str:
        return f"{self.application} {self.user}"


class ScorecardVersion(models.Model):
    """A scorecard as it was handed in or amended, with why it was amended."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    overall = models.PositiveSmallIntegerField(choices=Overall.choices)
    notes = models.TextField()
    why = models.CharField(max_length=300, blank=True)
    is_after_reading = models.BooleanField(default=False)  # its writer knew what others had written
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["scorecard", "number"], name="a_version_has_its_own_number")]

    def __str__(self) -> str:
        return f"{self.scorecard} {self.number}"


class Rating(models.Model):
    """One attribute in one version: 1 to 4, or None where it was not looked at."""

    version = models.ForeignKey(ScorecardVersion, on_delete=models.CASCADE, related_name="ratings")
    attribute = models.ForeignKey(Attribute, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(null=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["version", "attribute"], name="an_attribute_is_rated_once_in_a_version"),
            models.CheckConstraint(
                name="a_rating_is_on_the_four_point_scale",
                condition=models.Q(score=None) | models.Q(score__gte=1, score__lte=4),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attribute} {self.score}"


class SchedulingClock(models.Model):
    """Somebody stands in the interview stage and nothing is planned: until when their owner should have done it.

    One row per stay without an interview (`since`). It holds what was told already, so that nobody is told twice.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="scheduling_clocks")
    since = models.DateTimeField()
    warn_at = models.DateTimeField()
    miss_at = models.DateTimeField()
    warned_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "since"], name="one_scheduling_clock_per_stay")]
        indexes = [
            models.Index(fields=["warn_at"], name="scheduling_to_remind", condition=models.Q(escalated_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.since:%Y-%m-%d}"
