"""What people write about a job. Places and must-haves are lists typed with commas."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from recruiting.accounts.models import User
from recruiting.jobs.models import Job, JobSeat, PipelineTemplate, Seat
from recruiting.jobs.selectors import recruiters, users_for_seats
from recruiting.jobs.stages import Stage
from recruiting.skills.levels import level_from
from recruiting.skills.models import Skill
from recruiting.skills.selectors import resolve_term

COMMAS = re.compile(r"[,、，;\n]+")
PAY = ("band_min", "band_max", "currency", "period")


def split(text: str) -> list[str]:
    return [part for piece in COMMAS.split(text) if (part := piece.strip())]


def read_ask(text: str) -> tuple[str, int | None]:
    """ "Go 3", "English B2", "AWS": a skill and, where the last word is a level of it, that level."""
    text = text.strip()
    term, _space, last = text.rpartition(" ")
    if term and resolve_term(text) is None:
        skill = resolve_term(term)
        level = level_from(skill.scale, last) if skill else None
        if level is not None:
            return term, level
    return text, None


class TermsForm(forms.ModelForm[Job]):
    """The words and terms of a job. Whoever may not see pay does not get the band."""

    places = forms.CharField(label=_("Places"), required=False, help_text=_("Separated by commas: Tokyo, Osaka"))

    class Meta:
        model = Job
        fields = [
            "title", "department", "family", "level", "recruiter", "places", "remote", "form", "band_min", "band_max",
            "currency", "period", "sponsors_permit", "description",
        ]  # fmt: skip
        labels = {"family": _("Family"), "level": pgettext_lazy("of a job", "Level"), "recruiter": _("Recruiter")}
        help_texts = {"family": _("Without one, only people who left this very job are proposed for it.")}

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["recruiter"] = forms.ModelChoiceField(queryset=recruiters(), label=_("Recruiter"))
        self.fields["description"].widget.attrs["rows"] = 6
        for name in ("band_min", "band_max"):
            self.fields[name].widget.attrs.update(min=0, step=10_000, inputmode="numeric")
        if not user.has_perm("candidates.view_pay"):
            for name in PAY:
                del self.fields[name]
        if self.instance.pk:
            self.initial["places"] = ", ".join(self.instance.places)
            for name in ("band_min", "band_max"):
                asked = self.initial.get(name)
                self.initial[name] = int(asked) if asked is not None and asked == int(asked) else asked

    def clean_places(self) -> list[str]:
        return split(self.cleaned_data["places"])

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("band_min"), cleaned.get("band_max")
        if low is not None and high is not None and low > high:
            self.add_error("band_max", _now("The higher end of the band is the larger sum."))
        return cleaned

    def validate_constraints(self) -> None:
        """The band is already checked, in words; the database holds it again."""


class DraftForm(TermsForm):
    """A new job in a minute: the terms, the steps it starts from, who decides, what it asks for."""

    pipeline = forms.ModelChoiceField(label=_("Steps from"), queryset=PipelineTemplate.objects.all(), empty_label=None)
    openings = forms.IntegerField(label=_("Openings"), min_value=1, max_value=99, initial=1)
    hiring_manager = forms.ModelChoiceField(label=_("Hiring manager"), queryset=users_for_seats(), required=False)
    approver = forms.ModelChoiceField(label=_("Approver"), queryset=users_for_seats(), required=False)
    must_haves = forms.CharField(
        label=_("Must-haves"),
        required=False,
        help_text=_("Separated by commas, each with its level where one is asked: Go 3, AWS, English B2"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        del self.fields["description"]

    def requirements(self) -> list[tuple[str, int | None]]:
        """Each skill once, however it was written."""
        asked: dict[Any, tuple[str, int | None]] = {}
        for text in split(self.cleaned_data["must_haves"]):
            term, level = read_ask(text)
            asked.setdefault(resolve_term(term) or term.casefold(), (term, level))
        return list(asked.values())

    def team(self) -> list[tuple[str, User]]:
        seats = ((Seat.HIRING_MANAGER, "hiring_manager"), (Seat.APPROVER, "approver"))
        return [(seat, user) for seat, name in seats if (user := self.cleaned_data[name])]

    def terms(self) -> dict[str, Any]:
        """The columns alone, without what a draft takes beside them."""
        return {name: self.cleaned_data[name] for name in TermsForm.Meta.fields if name in self.cleaned_data}


class RequirementForm(forms.Form):
    """One skill a job asks for; the level as people write it."""

    term = forms.CharField(label=_("Skill"), max_length=120)
    level = forms.CharField(label=_("Level"), max_length=20, required=False, help_text=_("1 to 5, B2, N2"))
    is_must = forms.ChoiceField(label=_("Asked as"), choices=[("must", _("Must-have")), ("nice", _("Nice to have"))])

    skill: Skill | None = None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.skill = resolve_term(cleaned.get("term", ""))
        written = cleaned.get("level", "").strip()
        cleaned["level"] = level_from(self.skill.scale, written) if self.skill and written else None
        cleaned["is_must"] = cleaned.get("is_must") == "must"
        if written and cleaned["level"] is None:
            self.add_error("level", _now("This is no level of this skill: %(level)s.") % {"level": written})
        return cleaned


class RequirementLevelForm(forms.Form):
    level = forms.IntegerField(required=False, min_value=1, max_value=9)
    is_must = forms.BooleanField(required=False)


class SeatForm(forms.Form):
    """Who joins the team of a job, and for whom they stand in."""

    seat = forms.ChoiceField(label=_("Seat"), choices=Seat.choices)
    user = forms.ModelChoiceField(label=_("Who"), queryset=users_for_seats())
    deputy_for = forms.ModelChoiceField(
        label=_("Stands in for"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody: in their own name"),
    )

    def __init__(self, *args: Any, job: Job, **more: Any) -> None:
        super().__init__(*args, **more)
        seated = JobSeat.objects.filter(job=job, until=None, deputy_for=None)
        field: Any = self.fields["deputy_for"]
        field.queryset = User.objects.filter(pk__in=seated.values("user"))


class StepForm(forms.Form):
    """A column of the board."""

    name_en = forms.CharField(label=_("Name in English"), max_length=60, required=False)
    name_ja = forms.CharField(label=_("Name in Japanese"), max_length=60, required=False)
    limit_days = forms.IntegerField(label=_("Late after, days"), min_value=1, max_value=365, initial=7)
    is_final = forms.BooleanField(label=_("Who decides here decides the job"), required=False)


class NewStepForm(StepForm):
    stage = forms.ChoiceField(label=_("Stage"), choices=Stage.choices)
    field_order = ["stage", "name_en", "name_ja", "limit_days", "is_final"]
