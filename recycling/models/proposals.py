"""The card that puts a person before a human again, and the sweep that stands behind the events."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.jobs.models import Job
from recruiting.jobs.stages import Stage
from recycling.models.conditions import Condition
from recycling.models.pools import PoolEntry


class ProposalState(models.TextChoices):
    OPEN = "open", pgettext_lazy("a proposal", "Open")
    SNOOZED = "snoozed", _("Snoozed")
    ACCEPTED = "accepted", _("Being asked")
    DISMISSED = "dismissed", _("Dismissed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    RE_ENTERED = "re_entered", _("Came back")
    DECLINED = "declined", _("Said no")
    UNANSWERED = "unanswered", _("No answer")


ON_A_DESK = (ProposalState.OPEN, ProposalState.SNOOZED)
LIVE_PROPOSAL = (ProposalState.OPEN, ProposalState.SNOOZED, ProposalState.ACCEPTED)


class Dismissal(models.TextChoices):
    WRONG_EVIDENCE = "wrong_evidence", _("The evidence is wrong")
    NOT_THIS_JOB = "not_this_job", _("Not this job")
    NOT_NOW = "not_now", _("Not this person now")
    IN_TOUCH = "in_touch", _("Already in touch")


class ProposalQuerySet(models.QuerySet["Proposal"]):
    def visible_to(self, user: User) -> ProposalQuerySet:
        return self if user.sees_everybody else self.none()


def _nobody_was_asked(proposal: Proposal) -> bool:
    return proposal.state != ProposalState.ACCEPTED or proposal.asked_at is None


class Proposal(ConcurrentTransitionMixin, models.Model):
    """The card: "this person could come back, to this job, at this stage, because …": a human decides it.

    One fact about one condition and one job speaks once (unless it was only withdrawn); one card per person.
    `candidate` and `entry` repeat what the condition knows, so that the card is found without joins.
    The methods below say which move is legal and set the proposal's own columns; recycling.transitions runs them.
    """

    CHANGED_BY_MOVES: ClassVar[tuple[str, ...]] = (
        "state",
        "snoozed_until",
        "decided_at",
        "decided_by",
        "dismissal",
        "why",
        "asker",
        "answered_at",
        "returned_as",
    )

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="proposals", db_constraint=False)
    entry = models.ForeignKey(PoolEntry, on_delete=models.CASCADE, related_name="proposals", db_constraint=False)
    condition = models.ForeignKey(
        Condition, null=True, on_delete=models.CASCADE, related_name="proposals"
    )  # None: by hand
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="proposals")
    kind = models.CharField(max_length=20)
    fact = models.BigIntegerField(default=0)  # what it rests on, in the kind's own terms (engine: "same evidence")
    since = models.DateTimeField(null=True)  # when that became true
    is_confirmed = models.BooleanField(default=True)  # False: "says so; check first"
    stage = models.CharField(max_length=10, choices=Stage.choices)  # where they would re-enter
    state = FSMField(default=ProposalState.OPEN, choices=ProposalState.choices, protected=True)
    desk = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="proposals")
    created_at = models.DateTimeField()
    batch = models.UUIDField(null=True)
    snoozed_until = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    dismissal = models.CharField(max_length=15, choices=Dismissal.choices, blank=True)
    why = models.TextField(blank=True)  # what changed, as the person who decided put it
    asker = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(null=True)  # the last approach
    times_asked = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    returned_as = models.ForeignKey(Application, null=True, on_delete=models.SET_NULL, related_name="+")
    no_longer_holds_at = models.DateTimeField(null=True)  # an accepted one is only marked

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["condition", "job", "fact"],
                condition=~models.Q(state="withdrawn"),
                name="the_same_evidence_speaks_once",
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=models.Q(state__in=["open", "snoozed", "accepted"]),
                name="one_live_proposal_per_person",
            ),
        ]
        indexes = [
            models.Index(
                fields=["desk", "-created_at", "-id"],
                name="proposals_on_a_desk",
                condition=models.Q(state__in=["open", "snoozed", "accepted"]),
            ),
            models.Index(
                fields=["job"], name="proposals_of_a_job", condition=models.Q(state__in=["open", "snoozed", "accepted"])
            ),
            models.Index(fields=["batch"], name="proposals_of_a_batch"),
            models.Index(fields=["entry"], name="proposals_of_an_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} → {self.job}"

    @transition(state, ProposalState.OPEN, ProposalState.SNOOZED)
    def snooze(self, *, at: datetime, until: date) -> None:
        self.snoozed_until = until

    @transition(state, ProposalState.SNOOZED, ProposalState.OPEN)
    def wake(self, *, at: datetime) -> None:
        self.snoozed_until = None

    @transition(state, ON_A_DESK, ProposalState.ACCEPTED)
    def accept(self, *, at: datetime, by: User | None, asker: User | None, what_changed: str) -> None:
        """A human says yes and names who asks the person."""
        self.decided_at, self.decided_by = at, by
        self.asker, self.why, self.snoozed_until = asker, what_changed, None

    @transition(state, ON_A_DESK, ProposalState.DISMISSED)
    def dismiss(self, *, at: datetime, by: User | None, dismissal: str, note: str = "") -> None:
        self.decided_at, self.decided_by = at, by
        self.dismissal, self.why, self.snoozed_until = dismissal, note, None

    @transition(state, ProposalState.DISMISSED, ProposalState.OPEN)
    def undo_dismiss(self, *, at: datetime) -> None:
        """A slip of the hand, taken back at once."""
        self.decided_at, self.decided_by, self.dismissal, self.why = None, None, "", ""

    @transition(state, LIVE_PROPOSAL, ProposalState.WITHDRAWN, conditions=[_nobody_was_asked])
    def withdraw(self, *, at: datetime) -> None:
        """It no longer holds. An accepted one is taken back only before anybody was asked."""
        self.snoozed_until = None

    @transition(state, ProposalState.ACCEPTED, ProposalState.RE_ENTERED)
    def re_enter(self, *, at: datetime, application: Application) -> None:
        """They said yes: the next cycle has begun."""
        self.answered_at, self.returned_as = at, application

    @transition(state, ProposalState.ACCEPTED, ProposalState.DECLINED)
    def decline(self, *, at: datetime) -> None:
        self.answered_at = at

    @transition(state, ProposalState.ACCEPTED, ProposalState.UNANSWERED)
    def unanswered(self, *, at: datetime) -> None:
        """Two approaches brought no answer within thirty days."""


class SweepRun(models.Model):
    """One walk over everything resting; one runs at a time, and a killed one is resumed from its cursor."""

    as_of = models.DateTimeField()
    scope = models.CharField(max_length=10, default="changed")  # changed | full
    cursor = models.BigIntegerField(default=0)  # candidates up to this key are done
    upto = models.BigIntegerField(default=0)
    slices = models.PositiveIntegerField(default=0)
    looked_at = models.PositiveIntegerField(default=0)
    proposed = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    running = models.BooleanField(null=True, default=True)  # True while unfinished, then NULL: unique below

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["running"], name="one_sweep_runs_at_a_time")]

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d %H:%M}"
