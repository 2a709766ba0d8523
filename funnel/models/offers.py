"""An offer: terms in versions, approvals in their order, and the person's answer."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_fsm import ConcurrentTransitionMixin, FSMField, transition

from funnel.models.applications import Application
from recruiting.accounts.models import User
from recruiting.jobs.models import Job
from recruiting.terms import Form, PayPeriod

MAKE_OFFER, VIEW_OFFER = "funnel.make_offer", "funnel.view_offer"


class OfferState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    WAITING = "waiting", _("Waits for approval")
    APPROVED = "approved", pgettext_lazy("an offer", "Approved")
    EXTENDED = "extended", pgettext_lazy("an offer", "Extended")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    EXPIRED = "expired", _("Expired")
    RESCINDED = "rescinded", _("Rescinded")


OPEN_OFFER = (OfferState.DRAFT, OfferState.WAITING, OfferState.APPROVED, OfferState.EXTENDED)


class OfferQuerySet(models.QuerySet["Offer"]):
    def visible_to(self, user: User) -> OfferQuerySet:
        """Offers carry pay: only roles that may see it, and only on the jobs they see."""
        if not user.has_perm(VIEW_OFFER):
            return self.none()
        return self if user.sees_everybody else self.filter(job__in=Job.objects.visible_to(user))

    def unanswered(self) -> OfferQuerySet:
        return self.filter(state__in=OPEN_OFFER)


class Offer(ConcurrentTransitionMixin, models.Model):
    """What we offer one person for one job. Its terms are the newest version's; changed terms need approval anew."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="offers")
    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="offers")
    state = FSMField(default=OfferState.DRAFT, choices=OfferState.choices, protected=True)
    version = models.PositiveSmallIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)  # for approval
    approved_at = models.DateTimeField(null=True)
    extended_at = models.DateTimeField(null=True)
    expires_on = models.DateField(_("Answer until"), null=True, blank=True)  # over on that day, at 00:00 of the next
    warn_at = models.DateTimeField(null=True)  # the clock of the side whose turn it is
    miss_at = models.DateTimeField(null=True)
    warned_at = models.DateTimeField(null=True)
    escalated_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state__in=["draft", "waiting", "approved", "extended"]),
                name="one_open_offer_per_application",
            ),
            models.CheckConstraint(
                name="an_extended_offer_says_until_when",
                condition=~models.Q(state="extended") | models.Q(extended_at__isnull=False, expires_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["application", "-id"], name="offers_of_an_application"),
            models.Index(fields=["expires_on"], name="offers_to_expire", condition=models.Q(state="extended")),
            models.Index(fields=["resolved_at"], name="offers_by_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.application} {self.version}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_OFFER

    @transition(state, OfferState.DRAFT, OfferState.WAITING)
    def ask(self, *, at: datetime) -> None:
        """Its terms stand: the approvers are asked in their order."""
        self.asked_at = at

    @transition(state, [OfferState.DRAFT, OfferState.WAITING], OfferState.APPROVED)
    def approve(self, *, at: datetime) -> None:
        """The last one said yes, or nobody has to."""
        self.approved_at = at

    @transition(state, [OfferState.WAITING, OfferState.APPROVED, OfferState.EXTENDED], OfferState.DRAFT)
    def revise(self, *, at: datetime) -> None:
        """An approver said no, or the terms change: approval starts anew."""
        self.asked_at = self.approved_at = self.extended_at = None

    @transition(state, OfferState.APPROVED, OfferState.EXTENDED)
    def extend(self, *, at: datetime) -> None:
        """The person has it."""
        self.extended_at = at

    @transition(state, OfferState.EXTENDED, OfferState.ACCEPTED)
    def accept(self, *, by: User | None, at: datetime) -> None:
        self.resolved_at, self.resolved_by = at, by

    @transition(state, OfferState.EXTENDED, OfferState.DECLINED)
    def decline(self, *, by: User | None, at: datetime, why: str) -> None:
        self.resolved_at, self.resolved_by, self.why = at, by, why

    @transition(state, OfferState.EXTENDED, OfferState.EXPIRED)
    def expire(self, *, at: datetime) -> None:
        """No answer by the day named."""
        self.resolved_at = at

    @transition(state, OPEN_OFFER, OfferState.RESCINDED)
    def rescind(self, *, by: User | None, at: datetime, why: str) -> None:
        """We took it back."""
        self.resolved_at, self.resolved_by, self.why = at, by, why

    @transition(state, [OfferState.ACCEPTED, OfferState.DECLINED, OfferState.RESCINDED], OfferState.EXTENDED)
    def reopen(self) -> None:
        """The answer recorded was a mistake, or the exit it led to was undone."""
        self.resolved_at = self.resolved_by = None
        self.why = ""


class OfferVersion(models.Model):
    """The terms, as they were written down once. Never changed."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    amount = models.DecimalField(_("Pay"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("Currency"), max_length=3, default="JPY")
    period = models.CharField(_("Paid"), max_length=5, choices=PayPeriod.choices, default=PayPeriod.YEAR)
    starts_on = models.DateField(_("Starts on"))
    place = models.CharField(_("Place"), max_length=120, blank=True)
    form = models.CharField(_("Form of work"), max_length=12, choices=Form.choices, default=Form.FULL_TIME)
    note = models.TextField(_("Further terms"), blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["offer", "number"], name="an_offer_version_has_its_own_number")]

    def __str__(self) -> str:
        return f"{self.offer} {self.number}"


class Approval(models.TextChoices):
    WAITING = "waiting", pgettext_lazy("approver", "Waits")
    APPROVED = "approved", pgettext_lazy("approver", "Approved")
    REFUSED = "refused", pgettext_lazy("approver", "Refused")


class OfferApproval(models.Model):
    """The word of one approver about one version; asked in the order of `position`."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="approvals")
    number = models.PositiveSmallIntegerField()  # of the version
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="offer_approvals")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=Approval.choices, default=Approval.WAITING)
    at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "number", "position"], name="approvers_of_a_version_stand_in_an_order"
            ),
        ]
        indexes = [models.Index(fields=["approver"], name="approvals_that_wait", condition=models.Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.offer} {self.approver}"
