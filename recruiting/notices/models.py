"""What somebody who works here is told: in the product, by mail, in a chat; each thing once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruiting.accounts.models import User

VIEW_MAILS = "notices.view_mails"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def of(self, user: User) -> NoticeQuerySet:
        return self.filter(user=user)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)


class Notice(models.Model):
    """One thing told to one person. The words are made when it is read, in the reader's language, from `about`.

    `key` names the fact ("handoff:12:offered"): the database holds that nobody is told it twice.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)  # "handoff.offered": a key of notices.kinds
    key = models.CharField(max_length=120)
    about: models.JSONField[dict[str, Any]] = models.JSONField(default=dict)  # what the words need: names, moments
    path = models.CharField(max_length=300)  # the page it leads to, within the product
    mail_path = models.CharField(max_length=600, blank=True)  # the same from a mail, where that is another way in
    person = models.BigIntegerField(null=True)  # keys, so that erasing somebody finds what was said about them
    job = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="nobody_is_told_a_thing_twice")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notices_of_a_user"),
            models.Index(fields=["user"], name="notices_unread", condition=models.Q(read_at=None)),
            models.Index(fields=["person"], name="notices_about_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Way(models.TextChoices):
    """How a kind of notice reaches somebody outside the product."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("In the daily summary")
    OFF = "off", _("Not at all")


class Preference(models.Model):
    """What somebody chose for one kind of notice; no row means the kind's own default."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notice_preferences")
    kind = models.CharField(max_length=40)
    mail = models.CharField(max_length=10, choices=Way.choices, default=Way.AT_ONCE)
    chat = models.CharField(max_length=10, choices=Way.choices, default=Way.OFF)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="one_preference_per_kind_and_person")]

    def __str__(self) -> str:
        return f"{self.user} {self.kind}"


class Sending(models.TextChoices):
    QUEUED = "queued", _("Waits")
    SENDING = "sending", _("Being sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")


KEPT = "kept:"  # keys of letters that others than us composed: a new password's key is in them


class MailQuerySet(models.QuerySet["Mail"]):
    def visible_to(self, user: User) -> MailQuerySet:
        """One's own; administrators see that each letter left (what it says: `Mail.may_be_read_by`)."""
        return self if user.has_perm(VIEW_MAILS) else self.filter(user=user)


class Mail(models.Model):
    """One letter that leaves the house. Claimed before it is sent, so that no crash or double run sends it again."""

    key = models.CharField(max_length=120, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="mails")
    person = models.BigIntegerField(null=True)
    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers: models.JSONField[dict[str, str]] = models.JSONField(default=dict, blank=True)
    invitation = models.TextField(blank=True)  # an iCalendar object, sent along as text/calendar
    invitation_method = models.CharField(max_length=10, blank=True)  # REQUEST or CANCEL
    state = models.CharField(max_length=8, choices=Sending.choices, default=Sending.QUEUED)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["user", "-id"], name="mails_of_a_user"),
            models.Index(fields=["created_at"], name="mails_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.to}: {self.subject}"

    def may_be_read_by(self, user: User) -> bool:
        """A letter with a key to an account is read by nobody but whom it was sent to."""
        return self.user_id == user.pk or (user.has_perm(VIEW_MAILS) and not self.key.startswith(KEPT))


class ChatKind(models.TextChoices):
    SLACK = "slack", "Slack"
    TEAMS = "teams", "Microsoft Teams"


class ChatHook(models.Model):
    """An incoming webhook of somebody's chat. Its address is a secret: it is shown only to whoever may change it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="chat_hook"
    )
    kind = models.CharField(_("Chat"), max_length=8, choices=ChatKind.choices)
    url = models.CharField(_("Address of the incoming webhook"), max_length=500)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    worked_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class ChatPost(models.Model):
    """One notice put into a chat; claimed before it is posted, so that it is never posted twice."""

    notice = models.OneToOneField(Notice, on_delete=models.CASCADE, related_name="chat_post")
    state = models.CharField(max_length=8, choices=Sending.choices, default=Sending.QUEUED)
    sent_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return str(self.notice)


class Digest(models.Model):
    """One daily summary of one person; the database holds that there is one a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="digests")
    day_on = models.DateField()
    up_to = models.BigIntegerField()  # the last notice it looked at
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "day_on"], name="one_digest_a_day")]

    def __str__(self) -> str:
        return f"{self.user} {self.day_on}"
