"""The people who work here, their teams and the invitations that bring them in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruiting.accounts.roles import PERMISSIONS, SEES_EVERYBODY, Role


class Team(models.Model):
    """People who share a desk: "Team" on the returns desk means the members of mine."""

    name = models.CharField(max_length=80, unique=True)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, **{"role": Role.ADMINISTRATOR, **fields})


class User(AbstractBaseUser):
    """Somebody who works here. One role says what they may do; seats on jobs say whom they see.

    Permissions are the role's row in `roles.PERMISSIONS`: no query, no group to forget, no superuser.
    """

    email = models.EmailField(_("E-mail"), unique=True)
    family_name = models.CharField(_("Family name"), max_length=80)
    given_name = models.CharField(_("Given name"), max_length=80, blank=True)
    name_lang = models.CharField(_("Name is written in"), max_length=10, default="en")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices, default=Role.INTERVIEWER)
    team = models.ForeignKey(Team, null=True, blank=True, on_delete=models.SET_NULL, related_name="members")
    language = models.CharField(
        _("Language"), max_length=10, default="en", choices=[("en", "English"), ("ja", "日本語")]
    )
    time_zone = models.CharField(_("Time zone"), max_length=60, default="Asia/Tokyo")
    theme = models.CharField(_("Theme"), max_length=5, blank=True, choices=[("light", _("Light")), ("dark", _("Dark"))])
    single_keys = models.BooleanField(_("Single-key shortcuts"), default=True)
    digest_hour = models.PositiveSmallIntegerField(_("Daily summary at"), default=9)  # on their own clock
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["family_name"]

    class Meta:
        ordering = ["family_name", "given_name", "id"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Family name first where the name is written in Japanese, Chinese or Korean."""
        if self.name_lang in {"ja", "zh", "ko"}:
            return f"{self.family_name} {self.given_name}".strip()
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        if self.name_lang in {"ja", "zh", "ko"}:
            return self.family_name[:1]
        return (self.given_name[:1] + self.family_name[:1]).upper()

    @property
    def sees_everybody(self) -> bool:
        return self.is_active and self.role in SEES_EVERYBODY

    def get_all_permissions(self, obj: Any = None) -> set[str]:
        return set(PERMISSIONS[self.role]) if self.is_active and self.role in PERMISSIONS else set()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Whether the role allows the verb; on whom is the querysets' `visible_to`, so `obj` changes nothing."""
        return self.is_active and perm in PERMISSIONS.get(self.role, ())

    def has_perms(self, perm_list: Iterable[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        return any(perm.startswith(f"{app_label}.") for perm in self.get_all_permissions())


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def waiting(self, at: datetime) -> InvitationQuerySet:
        """Those that would still let somebody in."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """A link that lets one person in, once, until it expires. Only the token's hash is kept."""

    email = models.EmailField()
    role = models.CharField(max_length=20, choices=Role.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"],
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="one_open_invitation_per_address",
            )
        ]

    def __str__(self) -> str:
        return self.email


def office_hours() -> dict[str, list[list[str]]]:
    """Monday to Friday, eight hours a day: nine to six with an hour at noon."""
    return {str(weekday): [["09:00", "12:00"], ["13:00", "18:00"]] for weekday in range(5)}


class WorkingCalendar(models.Model):
    """When somebody works: hours of the week in their own time zone, and whose public holidays they keep.

    `hours`: {"0": [["09:00", "12:00"], ["13:00", "18:00"]], …}, Monday is "0"; a day left out is free. Whoever has no
    row works office hours under the organisation's country.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="calendar")
    country = models.CharField(_("Public holidays of"), max_length=2)  # ISO 3166-1
    subdivision = models.CharField(_("Region"), max_length=10, blank=True)
    hours: models.JSONField[dict[str, list[list[str]]]] = models.JSONField(default=office_hours)

    def __str__(self) -> str:
        return str(self.user)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def on(self, day: date) -> AbsenceQuerySet:
        return self.filter(from_on__lte=day, back_on__gt=day)


class Absence(models.Model):
    """Days on which somebody is away, from the first one to the day they are back. Why is nobody's business."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    from_on = models.DateField(_("Away from"))
    back_on = models.DateField(_("Back on"))
    deputy = models.ForeignKey(
        User, verbose_name=_("Stands in"), null=True, blank=True, on_delete=models.PROTECT, related_name="stands_in_for"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="an_absence_ends_after_it_begins", condition=models.Q(back_on__gt=models.F("from_on"))
            ),
            models.CheckConstraint(
                name="nobody_stands_in_for_themselves",
                condition=models.Q(deputy=None) | ~models.Q(deputy=models.F("user")),
            ),
        ]
        indexes = [models.Index(fields=["user", "back_on"], name="absences_of_a_user")]

    def __str__(self) -> str:
        return f"{self.user} {self.from_on}"
