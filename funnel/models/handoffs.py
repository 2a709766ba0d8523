"""A handoff: the crossing of a stage border, offered by one side and answered by the other, on a clock."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from funnel.models.applications import Application
from recruiting.accounts.models import User
from recruiting.jobs.models import Criterion, Job, Seat, Step
from recruiting.jobs.stages import Stage

OFFER_HANDOFF, ANSWER_HANDOFF = "funnel.offer_handoff", "funnel.answer_handoff"


class HandoffState(models.TextChoices):
    OFFERED = "offered", pgettext_lazy("handoff", "Offered")
    ACCEPTED = "accepted", pgettext_lazy("handoff", "Accepted")
    RETURNED = "returned", pgettext_lazy("handoff", "Returned")
    DECIDED = "decided", pgettext_lazy("handoff", "Let go")
    WITHDRAWN = "withdrawn", pgettext_lazy("handoff", "Withdrawn")


class HandoffQuerySet(models.QuerySet["Handoff"]):
    def visible_to(self, user: User) -> HandoffQuerySet:
        """Those of the applications somebody may see."""
        if user.sees_everybody:
            return self
        return self.filter(job__in=Job.objects.visible_to(user))

    def offered(self) -> HandoffQuerySet:
        return self.filter(state=HandoffState.OFFERED)

    def back_on_desk(self) -> HandoffQuerySet:
        """Returned, and the sender has done nothing about it yet."""
        return self.filter(state=HandoffState.RETURNED, settled_at=None)


class Handoff(ConcurrentTransitionMixin, models.Model):
    """One offer of one card over one border. `packet` is frozen when it is offered: editing a gate changes nothing.

    packet: {"summary", "expectations", "open_questions", "met": [{"name", "what", "on"}], "criteria": [{"key",
    "criterion" (its row), "text_en", "text_ja", "weight", "proof", "is_about_pay", "is_met": true | false | null,
    "evidence": {"kind", "said", "document", "scorecard", "skill"}}], "scorecards": [keys], "cv": document key or null,
    "clock": {"warn", "miss"} (working hours), "gate" (its version), and for somebody who came back "why_now" and
    "rechecked"}. A packet is read by whoever sees the application; what is noted about pay, only by those who see pay
    (handoffs.reading). `checks`: {criterion key: true | false}, what the receiver found.
    Moments due are computed in the receiver's working hours when it is offered. Overdue is never stored.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="handoffs")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="handoffs")
    state = FSMField(default=HandoffState.OFFERED, choices=HandoffState.choices, protected=True)
    from_stage = models.CharField(max_length=10, choices=Stage.choices)
    to_stage = models.CharField(max_length=10, choices=Stage.choices)
    to_step = models.ForeignKey(Step, null=True, on_delete=models.PROTECT, related_name="+")
    from_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handoffs_sent")
    to_user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="handoffs_received")
    from_role = models.CharField(max_length=15, choices=Seat.choices)
    to_role = models.CharField(max_length=15, choices=Seat.choices)
    attempt = models.PositiveSmallIntegerField(default=1)  # how often this card was offered over this border
    previous = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="+")  # what came back
    is_at_once = models.BooleanField(default=False)  # both sides were one person
    packet: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)
    checks: models.JSONField[dict[str, bool]] = models.JSONField(default=dict, blank=True)

    offered_at = models.DateTimeField()
    asked_at = models.DateTimeField()  # since when `to_user` is asked: the offer, or their taking over
    warn_at = models.DateTimeField()
    miss_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)  # the card is on hold: the clock stands still
    paused_minutes = models.PositiveIntegerField(default=0)  # working minutes of pauses that are over
    warned_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    response_minutes = models.PositiveIntegerField(null=True)  # working minutes of the receiver, pauses apart
    is_in_time = models.BooleanField(null=True)
    why = models.TextField(blank=True)
    failed = models.ForeignKey(Criterion, null=True, on_delete=models.PROTECT, related_name="+")

    # Back on the sender's desk: a clock of its own, until it is offered again or the card goes elsewhere.
    back_warn_at = models.DateTimeField(null=True)
    back_miss_at = models.DateTimeField(null=True)
    back_warned_at = models.DateTimeField(null=True)
    back_escalated_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    asked_lead = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="handoffs_to_settle"
    )  # the third return of a card asks the recruiting lead

    objects = HandoffQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=models.Q(state="offered"), name="one_offered_handoff_per_application"
            ),
            models.CheckConstraint(name="a_return_says_why", condition=~models.Q(state="returned") | ~models.Q(why="")),
            models.CheckConstraint(
                name="an_answer_has_its_moment",
                condition=models.Q(state="offered", answered_at=None)
                | (~models.Q(state="offered") & models.Q(answered_at__isnull=False)),
            ),
        ]
        indexes = [
            # The receiver's desk, by clock; and the reminders that are due.
            models.Index(fields=["to_user", "miss_at"], name="handoffs_that_wait", condition=models.Q(state="offered")),
            models.Index(fields=["warn_at"], name="handoffs_to_remind", condition=models.Q(state="offered")),
            # The sender's desk.
            models.Index(
                fields=["from_user", "back_miss_at"],
                name="handoffs_that_came_back",
                condition=models.Q(state="returned", settled_at=None),
            ),
            models.Index(fields=["application", "-id"], name="handoffs_of_an_application"),
            models.Index(fields=["answered_at"], name="handoffs_by_answer"),
            models.Index(fields=["job", "answered_at"], name="handoffs_of_a_job_by_answer"),
            # Round robin: who was asked last.
            models.Index(fields=["to_user", "-offered_at"], name="handoffs_by_receiver"),
        ]

    def __str__(self) -> str:
        return f"{self.application} → {self.to_stage}"

    # The machine: each sets its own fields only; funnel.handoffs runs, saves and records.

    @transition(state, HandoffState.OFFERED, HandoffState.ACCEPTED)
    def accept(self, *, by: User | None, at: datetime) -> None:
        """The receiver takes it: the card crosses."""
        self.answered_at, self.answered_by = at, by

    @transition(state, HandoffState.OFFERED, HandoffState.RETURNED)
    def give_back(self, *, by: User | None, at: datetime, failed: Criterion | None, why: str) -> None:
        """A criterion failed: back to the sender's desk, with a sentence."""
        self.answered_at, self.answered_by, self.failed, self.why = at, by, failed, why

    @transition(state, HandoffState.OFFERED, HandoffState.DECIDED)
    def decide(self, *, by: User | None, at: datetime, why: str) -> None:
        """The receiver let the person go: they leave from the sender's stage."""
        self.answered_at, self.answered_by, self.why = at, by, why

    @transition(state, HandoffState.OFFERED, HandoffState.WITHDRAWN)
    def withdraw(self, *, by: User | None, at: datetime, why: str) -> None:
        """The sender, a hold longer than a day, or the job's closing took it back."""
        self.answered_at, self.answered_by, self.why = at, by, why

    @transition(state, [HandoffState.ACCEPTED, HandoffState.RETURNED, HandoffState.DECIDED], HandoffState.OFFERED)
    def reopen(self) -> None:
        """The answer was a slip: it waits again as if nobody had answered."""
        self.answered_at = self.answered_by = self.response_minutes = self.is_in_time = self.failed = None
        self.why, self.checks = "", {}
        self.back_warn_at = self.back_miss_at = self.settled_at = self.asked_lead = None
