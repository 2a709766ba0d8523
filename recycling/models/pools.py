"""Where a person rests, and the stay itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate, ContactPoint


class Pool(models.Model):
    """One per group of reasons, built in. Hand-made lists are tags."""

    key = models.SlugField(
        max_length=20, unique=True
    )  # timing skill decision terms capacity interest process fit alumni met
    name_en = models.CharField(max_length=40)
    name_ja = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name_ja if get_language() == "ja" else self.name_en


class Rest(models.TextChoices):
    RESTING = "resting", _("Resting")
    SURFACED = "surfaced", _("Proposed")
    APPROACHED = "approached", _("Being asked")
    RE_ENTERED = "re_entered", _("Came back")
    CLOSED = "closed", _("Closed")


class Origin(models.TextChoices):
    EXIT = "exit", _("Left a job’s funnel")
    DEPARTURE = "departure", _("Left the company")
    MET = "met", _("Met, no job yet")


WAITING = (Rest.RESTING, Rest.SURFACED)  # a condition may speak
STANDING = (Rest.RESTING, Rest.SURFACED, Rest.APPROACHED)


class ClosedWhy(models.TextChoices):
    OPTED_OUT = "opted_out", _("Wants no contact")
    EXPIRED = "expired", _("Basis ran out")
    ERASED = "erased", _("Erased")
    NEVER = "never", _("Not to be proposed again")
    STARTED_HERE = "started_here", _("Works here")
    MERGED = "merged", _("Joined with another record")
    EXIT_UNDONE = "exit_undone", _("The exit was undone")
    BY_HAND = "by_hand", _("Closed after review")


# Closed, but back in the pool when the person agrees anew.
MAY_AGREE_ANEW = (ClosedWhy.OPTED_OUT, ClosedWhy.EXPIRED)


class PoolEntryQuerySet(models.QuerySet["PoolEntry"]):
    def visible_to(self, user: User) -> PoolEntryQuerySet:
        return self if user.sees_everybody else self.none()

    def waiting(self) -> PoolEntryQuerySet:
        return self.filter(state__in=WAITING)


def _may_agree_anew(entry: PoolEntry) -> bool:
    return entry.closed_why in MAY_AGREE_ANEW


def _was_never(entry: PoolEntry) -> bool:
    return entry.closed_why == ClosedWhy.NEVER


class PoolEntry(ConcurrentTransitionMixin, models.Model):
    """A stay in a pool. One entry per origin; one card per person.

    The methods below say which move is legal and set the entry's own columns; recycling.transitions runs them.
    """

    CHANGED_BY_MOVES: ClassVar[tuple[str, ...]] = (
        "state",
        "state_since",
        "ready_since",
        "rests_until",
        "closed_why",
        "returned_as",
        "trigger",
        "batch",
    )

    pool = models.ForeignKey(Pool, on_delete=models.PROTECT, related_name="entries")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="pool_entries")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    left = models.ForeignKey(Application, null=True, on_delete=models.PROTECT, related_name="pool_entries")
    reason = models.ForeignKey("recycling.ExitReason", on_delete=models.PROTECT, related_name="entries")  # decisive
    state = FSMField(default=Rest.RESTING, choices=Rest.choices, protected=True)
    state_since = models.DateTimeField()
    entered_at = models.DateTimeField()  # the exit, the departure, the meeting
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="entries_kept"
    )
    contact_point = models.ForeignKey(ContactPoint, null=True, on_delete=models.SET_NULL, related_name="+")
    channel = models.CharField(max_length=10, blank=True)  # a contact.TouchKind: how we stay in touch
    ready_since = models.DateTimeField(null=True)  # its condition came true and names no job
    review_on = models.DateField()
    reviewed_at = models.DateTimeField(null=True)
    rests_until = models.DateField(null=True)  # dismissed "not now" or unanswered: no proposal before that day
    closed_why = models.CharField(max_length=12, choices=ClosedWhy.choices, blank=True)
    returned_as = models.ForeignKey(Application, null=True, on_delete=models.SET_NULL, related_name="rests_on")
    trigger = models.CharField(max_length=12, blank=True)  # re-entered by: proposal | applied | added
    batch = models.UUIDField(null=True)  # the evaluation that surfaced it

    objects = PoolEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-entered_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["left"],
                condition=models.Q(left__isnull=False) & ~models.Q(closed_why="exit_undone"),
                name="one_entry_per_exit",
            ),
            models.CheckConstraint(
                name="an_entry_from_an_exit_names_it", condition=~models.Q(origin="exit") | models.Q(left__isnull=False)
            ),
            models.CheckConstraint(
                name="a_closed_entry_says_why", condition=~models.Q(state="closed") | ~models.Q(closed_why="")
            ),
        ]
        indexes = [
            models.Index(fields=["candidate", "state"], name="entries_of_a_person"),
            models.Index(fields=["review_on"], name="entries_due_for_review", condition=models.Q(state="resting")),
            models.Index(
                fields=["pool", "-entered_at", "-id"],
                name="entries_waiting_in_a_pool",
                condition=models.Q(state__in=["resting", "surfaced", "approached"]),
            ),
            models.Index(
                fields=["ready_since"],
                name="entries_ready",
                condition=models.Q(state="resting", ready_since__isnull=False),
            ),
            models.Index(fields=["batch"], name="entries_of_a_batch", condition=models.Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} in {self.pool}"

    @property
    def is_waiting(self) -> bool:
        return self.state in WAITING

    @transition(state, Rest.RESTING, Rest.SURFACED)
    def surface(self, *, at: datetime, batch: UUID | None = None) -> None:
        """A proposal stands for this entry. The bulk form is in recycling.engine."""
        self.state_since, self.batch = at, batch

    @transition(state, Rest.SURFACED, Rest.APPROACHED)
    def approach(self, *, at: datetime) -> None:
        """The proposal was accepted: somebody is asking them."""
        self.state_since = at

    @transition(state, [Rest.SURFACED, Rest.APPROACHED], Rest.RESTING)
    def rest_again(self, *, at: datetime, until: date | None = None) -> None:
        """The proposal ended without a return; `until` keeps it silent before that day."""
        self.state_since = at
        if until:
            self.rests_until = until

    @transition(state, STANDING, Rest.RE_ENTERED)
    def re_enter(self, *, at: datetime, trigger: str, application: Application) -> None:
        """They are in a funnel again: by a proposal, because they applied, or added by hand."""
        self.state_since, self.ready_since = at, None
        self.trigger, self.returned_as = trigger, application

    @transition(state, Rest.RE_ENTERED, Rest.RESTING)
    def undo_re_enter(self, *, at: datetime) -> None:
        """That return was a mistake."""
        self.state_since, self.trigger, self.returned_as = at, "", None

    @transition(state, STANDING, Rest.CLOSED)
    def close(self, *, at: datetime, closed_why: str) -> None:
        self.state_since, self.ready_since, self.closed_why = at, None, closed_why

    @transition(state, Rest.CLOSED, Rest.RESTING, conditions=[_may_agree_anew])
    def reopen(self, *, at: datetime) -> None:
        """They agree anew."""
        self.state_since, self.closed_why = at, ""

    @transition(state, Rest.CLOSED, Rest.RESTING, conditions=[_was_never])
    def undo_never(self, *, at: datetime) -> None:
        """The exit of class X that closed it was undone."""
        self.state_since, self.closed_why = at, ""
