"""One candidate's way through one job."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, ConcurrentTransitionMixin, FSMField, TransitionNotAllowed, transition

from funnel.stages import between, furthest, is_before
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, Source
from recruiting.jobs.models import Job, Opening, Step
from recruiting.jobs.stages import Stage


class Outcome(models.TextChoices):
    ACTIVE = "active", _("Active")
    ON_HOLD = "on_hold", _("On hold")
    EXITED = "exited", _("Left")
    HIRED = "hired", _("Hired")


LIVE = (Outcome.ACTIVE, Outcome.ON_HOLD)


class ApplicationQuerySet(models.QuerySet["Application"]):
    def visible_to(self, user: User) -> ApplicationQuerySet:
        """Recruiting sees every application; the others those of the jobs they hold a seat on today."""
        if user.sees_everybody:
            return self
        return self.filter(job__in=Job.objects.visible_to(user))

    def live(self) -> ApplicationQuerySet:
        return self.filter(outcome__in=LIVE)


MOVE, EXIT, HIRE = "funnel.move_application", "funnel.exit_application", "funnel.hire_application"

BACK = RETURN_VALUE(Stage.SOURCING, Stage.SCREENING, Stage.INTERVIEW)


def is_active(application: Application) -> bool:
    """A stage moves only while the outcome is active."""
    return bool(application.outcome == Outcome.ACTIVE)


def stands_in_hire(application: Application) -> bool:
    return bool(application.stage == Stage.HIRE)


class Application(ConcurrentTransitionMixin, models.Model):
    """One candidate's way through one job. Stage and outcome change only through funnel.transitions.

    An exit keeps the stage it happened in. `version` counts every change, a step within a stage too: a caller who
    saw an older one is refused.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="applications")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="applications")
    stage = FSMField(default=Stage.SOURCING, choices=Stage.choices, protected=True)
    outcome = FSMField(default=Outcome.ACTIVE, choices=Outcome.choices, protected=True)
    step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="applications")
    cycle = models.PositiveSmallIntegerField(default=1)
    previous = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="returns")
    is_move = models.BooleanField(default=False)  # opened by a move from another job: same cycle
    return_why = models.CharField(max_length=200, blank=True)  # what changed, in one line: "Go confirmed"
    first_stage = models.CharField(max_length=10, choices=Stage.choices)
    furthest_stage = models.CharField(max_length=10, choices=Stage.choices)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="applications"
    )
    source = models.ForeignKey(Source, null=True, on_delete=models.SET_NULL, related_name="+")
    opening = models.ForeignKey(Opening, null=True, on_delete=models.PROTECT, related_name="applications")  # filled
    entered_at = models.DateTimeField(null=True)  # None: imported without dates
    stage_since = models.DateTimeField(null=True)
    step_since = models.DateTimeField(null=True)
    hold_until = models.DateField(null=True)
    hold_reason = models.CharField(max_length=300, blank=True)
    is_held_by_job = models.BooleanField(default=False)  # held because its job is: resumes with it
    ended_at = models.DateTimeField(null=True)
    last_moved_at = models.DateTimeField()  # movement, hold or contact: the forgotten card
    next_action = models.CharField(max_length=160, blank=True)
    next_action_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    external_source = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    is_dated = models.BooleanField(default=True)  # False: counts in all-time reach and in nothing with a window

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "job"],
                condition=models.Q(outcome__in=["active", "on_hold"]),
                name="one_live_application_per_candidate_and_job",
            ),
            models.UniqueConstraint(
                fields=["opening"], condition=models.Q(outcome="hired"), name="an_opening_is_filled_by_one_application"
            ),
            models.UniqueConstraint(
                fields=["external_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="an_imported_application_comes_once",
            ),
            models.CheckConstraint(
                name="hired_implies_stage_hire", condition=~models.Q(outcome="hired") | models.Q(stage="hire")
            ),
            models.CheckConstraint(
                name="a_live_application_has_not_ended",
                condition=~models.Q(outcome__in=["active", "on_hold"]) | models.Q(ended_at=None),
            ),
            models.CheckConstraint(
                name="a_hold_has_a_reason_and_an_end",
                condition=~models.Q(outcome="on_hold")
                | (models.Q(hold_until__isnull=False) & ~models.Q(hold_reason="")),
            ),
        ]
        indexes = [
            # The board: cards of a job by step, oldest stay first, and their counts from the index alone.
            models.Index(
                fields=["job", "step", "step_since"],
                name="board_cards",
                condition=models.Q(outcome__in=["active", "on_hold"]),
            ),
            # The block "in process".
            models.Index(
                fields=["candidate"],
                name="application_in_process",
                condition=models.Q(outcome__in=["active", "on_hold"]),
            ),
            models.Index(
                fields=["owner", "next_action_on"],
                name="application_on_a_desk",
                condition=models.Q(outcome__in=["active", "on_hold"]),
            ),
            # Forgotten cards, the longest quiet ones first.
            models.Index(fields=["last_moved_at", "id"], name="quiet_cards", condition=models.Q(outcome="active")),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} · {self.job}"

    @property
    def is_recycled(self) -> bool:
        return self.previous_id is not None

    @property
    def is_live(self) -> bool:
        return self.outcome in LIVE

    # The machine: what is legal from here. Each sets its own fields only; funnel.transitions runs, saves and records.

    @transition(stage, Stage.SOURCING, Stage.SCREENING, conditions=[is_active], permission=MOVE)
    def screen(self, *, at: datetime, step: Step | None) -> None:
        """They answered or applied: somebody looks at whether they fit."""
        self._enter(Stage.SCREENING, at, step)

    @transition(stage, Stage.SCREENING, Stage.INTERVIEW, conditions=[is_active], permission=MOVE)
    def meet(self, *, at: datetime, step: Step | None) -> None:
        """They fit on paper: the team meets them."""
        self._enter(Stage.INTERVIEW, at, step)

    @transition(stage, Stage.INTERVIEW, Stage.HIRE, conditions=[is_active], permission=MOVE)
    def choose(self, *, at: datetime, step: Step | None) -> None:
        """The team wants them: an offer follows."""
        self._enter(Stage.HIRE, at, step)

    @transition(
        stage,
        [Stage.SOURCING, Stage.SCREENING],
        RETURN_VALUE(Stage.INTERVIEW, Stage.HIRE),
        conditions=[is_active],
        permission=MOVE,
    )
    def skip(self, *, at: datetime, step: Step | None, to: Stage) -> Stage:
        """Over more than one border at once; what lies between gets no visit."""
        if not between(self.stage, to):
            raise TransitionNotAllowed("There is nothing to skip.", object=self)
        self._enter(to, at, step)
        return to

    @transition(stage, "*", BACK, conditions=[is_active], permission=MOVE)
    def step_back(self, *, at: datetime, step: Step | None, to: Stage) -> Stage:
        """They really return to an earlier stage; the furthest one stays."""
        self._must_lie_behind(to)
        self._enter(to, at, step)
        return to

    @transition(stage, "*", BACK, conditions=[is_active], permission=MOVE)
    def correct(self, *, at: datetime, step: Step | None, to: Stage) -> Stage:
        """The move was a mistake. What became of the visits is the transition's to say: stage_since, furthest."""
        self._must_lie_behind(to)
        self.step, self.step_since = step, at
        return to

    @transition(stage, "*", None, conditions=[is_active], permission=MOVE)
    def take_step(self, *, at: datetime, step: Step) -> None:
        """From one column to another inside the stage."""
        if step.stage != self.stage:
            raise TransitionNotAllowed("The step lies in another stage.", object=self)
        self.step, self.step_since = step, at

    @transition(outcome, Outcome.ACTIVE, Outcome.ON_HOLD, permission=MOVE)
    def hold(self, *, at: datetime, until: date, reason: str, by_job: bool = False) -> None:
        """A pause with a reason and an end. It pauses nothing in the time in stage."""
        self.hold_until, self.hold_reason, self.is_held_by_job = until, reason, by_job

    @transition(outcome, Outcome.ON_HOLD, Outcome.ACTIVE, permission=MOVE)
    def resume(self, *, at: datetime) -> None:
        self.hold_until, self.hold_reason, self.is_held_by_job = None, "", False

    @transition(outcome, [Outcome.ACTIVE, Outcome.ON_HOLD], Outcome.EXITED, permission=EXIT)
    def leave(self, *, at: datetime) -> None:
        """They leave this job's funnel; the stage stays the one they left in."""
        self.hold_until, self.hold_reason, self.is_held_by_job = None, "", False
        self.ended_at = at

    @transition(outcome, Outcome.ACTIVE, Outcome.HIRED, conditions=[stands_in_hire], permission=HIRE)
    def hire(self, *, at: datetime, opening: Opening) -> None:
        """They said yes; they fill this opening."""
        self.ended_at, self.opening = at, opening

    @transition(outcome, Outcome.EXITED, Outcome.ACTIVE, permission=EXIT)
    def undo_leave(self, *, at: datetime) -> None:
        """The exit did not happen."""
        self.ended_at = None

    @transition(outcome, Outcome.HIRED, Outcome.EXITED, permission=EXIT)
    def not_start(self, *, at: datetime) -> None:
        """Hired, and did not start: the opening is free again."""
        self.ended_at, self.opening = at, None

    def _enter(self, to: Stage, at: datetime, step: Step | None) -> None:
        self.stage_since = self.step_since = at
        self.step = step
        self.furthest_stage = furthest(self.furthest_stage, to)

    def _must_lie_behind(self, to: Stage) -> None:
        if not is_before(to, self.stage):
            raise TransitionNotAllowed("The stage does not lie behind.", object=self)
