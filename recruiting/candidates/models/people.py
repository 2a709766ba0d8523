"""One person, one record, however often they come; never keyed by e-mail, never copied."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from recruiting.terms import Form, PayPeriod, Remote

if TYPE_CHECKING:
    from recruiting.accounts.models import User

FAMILY_NAME_FIRST = {"ja", "zh", "ko", "vi", "hu"}


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def visible_to(self, user: User) -> CandidateQuerySet:
        """Recruiting sees everybody who is not erased. Whom the others see depends on their jobs: funnel.selectors."""
        return self.filter(erased_at=None) if user.sees_everybody else self.none()

    def usable_on(self, day: date) -> CandidateQuerySet:
        """Whom we may still use for future roles: search, pools, matching and exports start here. Fails closed."""
        return self.filter(use_until__gte=day, erased_at=None, objected_at=None)


class Candidate(models.Model):
    """A person. `use_until` and `keep_until` are the two clocks of privacy; both are set from the lawful bases."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    family_name = models.CharField(_("Family name"), max_length=80, blank=True)
    given_name = models.CharField(_("Given name"), max_length=80, blank=True)
    family_kana = models.CharField(_("Family name, kana"), max_length=80, blank=True)
    given_kana = models.CharField(_("Given name, kana"), max_length=80, blank=True)
    name_lang = models.CharField(_("Name is written in"), max_length=10, default="en")
    language = models.CharField(_("Writes in"), max_length=10, default="en")
    country = models.CharField(_("Country"), max_length=2, blank=True)  # ISO 3166-1: decides the default period of use
    location = models.CharField(_("Lives in"), max_length=120, blank=True)
    employer = models.CharField(_("Employer"), max_length=160, blank=True)
    title = models.CharField(_("Title"), max_length=160, blank=True)
    employer_since_on = models.DateField(_("There since"), null=True, blank=True)
    links = models.JSONField(_("Links"), default=list, blank=True)  # web addresses, http or https only

    pay_floor = models.DecimalField(_("Pay floor"), max_digits=14, decimal_places=2, null=True, blank=True)
    pay_currency = models.CharField(_("Currency"), max_length=3, default="JPY", blank=True)
    pay_period = models.CharField(
        _("Paid"), max_length=5, choices=PayPeriod.choices, default=PayPeriod.YEAR, blank=True
    )
    pay_said_on = models.DateField(_("Said on"), null=True, blank=True)
    wanted_places = models.JSONField(_("Places"), default=list, blank=True)
    wanted_remote = models.CharField(_("Remote at least"), max_length=10, choices=Remote.choices, blank=True)
    wanted_forms = models.JSONField(_("Forms of work"), default=list, blank=True)  # values of jobs.Form
    available_on = models.DateField(_("Available from"), null=True, blank=True)

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="people_kept"
    )
    next_action = models.CharField(_("Next action"), max_length=160, blank=True)
    next_action_on = models.DateField(_("On"), null=True, blank=True)
    tags = models.ManyToManyField("candidates.Tag", blank=True, related_name="people")

    do_not_contact_at = models.DateTimeField(null=True)
    do_not_contact_why = models.CharField(max_length=300, blank=True)
    do_not_hire_at = models.DateTimeField(null=True)
    do_not_hire_why = models.CharField(max_length=300, blank=True)
    do_not_hire_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    do_not_hire_review_on = models.DateField(null=True)
    never_at = models.DateTimeField(null=True)  # an exit of class X in any cycle; undone only with that exit
    use_until = models.DateField(null=True)
    keep_until = models.DateField(null=True)
    objected_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)
    employed_on = models.DateField(null=True)  # works here since; hired and not yet started: a day to come
    departed_on = models.DateField(null=True)  # left us; an alumnus

    # Kept by services for the engine: neutral moments and the first day another approach may start.
    skills_changed_at = models.DateTimeField(null=True)
    touchable_on = models.DateField(null=True)  # None: no approach yet, so any day
    last_contact_at = models.DateTimeField(null=True)  # last contact in either direction (a touch)
    search_text = models.TextField(blank=True)  # normalised: names, kana, e-mails, employer, title
    external_source = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    extra = models.JSONField(default=dict, blank=True)  # imported columns we have no field for
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["external_source", "external_id"],
                condition=~models.Q(external_id=""),
                name="an_imported_person_comes_once",
            ),
        ]
        indexes = [
            models.Index(fields=["skills_changed_at"], name="candidate_skills_changed"),
            # The orders of the people list, walked from where the last page ended.
            models.Index(fields=["use_until", "id"], name="candidate_use_ends"),
            models.Index(fields=["-changed_at", "-id"], name="candidate_changed"),
            models.Index(
                fields=["-last_contact_at", "-id"],
                name="candidate_last_contact",
                condition=models.Q(last_contact_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the order of the language it is written in."""
        parts = (self.family_name, self.given_name)
        ordered = parts if self.name_lang in FAMILY_NAME_FIRST else parts[::-1]
        return " ".join(part for part in ordered if part)

    @property
    def kana(self) -> str:
        return " ".join(part for part in (self.family_kana, self.given_kana) if part)

    @property
    def initials(self) -> str:
        """First character of the family name in kanji, or two Latin initials."""
        if self.name_lang in {"ja", "zh", "ko"}:
            return self.family_name[:1] or self.given_name[:1]
        return (self.given_name[:1] + self.family_name[:1]).upper()

    @property
    def wanted_form_labels(self) -> list[str]:
        return [str(Form(value).label) for value in self.wanted_forms if value in Form.values]
