"""What planning, changing and cancelling an interview ask for, and the filters of the list."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funnel.interviews.checks import ASKS, LONGEST, SHORTEST, is_https
from funnel.interviews.terms import Letter, Terms
from funnel.models import Application, Interview, InterviewState
from recruiting.accounts.models import User
from recruiting.accounts.roles import PERMISSIONS
from recruiting.candidates.models import ContactPoint
from recruiting.jobs.models import Job, JobSeat, Step
from recruiting.jobs.stages import Stage

MOMENT = "%Y-%m-%dT%H:%M"
WEEKEND = (5, 6)
ROLES = [role for role, allowed in PERMISSIONS.items() if ASKS in allowed]


def people_who_ask() -> Any:
    return User.objects.filter(is_active=True, role__in=ROLES).order_by("family_name", "given_name", "pk")


class LetterFields(forms.Form):
    """The letter to the candidate: whether one leaves, to which address, and its text. `said` are the facts in it."""

    invite = forms.BooleanField(label=_("Write to the candidate too"), required=False)
    to = forms.ModelChoiceField(ContactPoint.objects.none(), label=_("To"), required=False, empty_label=None)
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    text = forms.CharField(
        label=pgettext_lazy("to a candidate", "Letter"), required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    said = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)

    def offer_addresses(self, points: list[ContactPoint]) -> None:
        field = self.fields["to"]
        field.queryset = ContactPoint.objects.filter(pk__in=[point.pk for point in points])  # type: ignore[attr-defined]
        field.initial = points[0].pk if points else None

    def letter(self) -> Letter | None:
        terms = self.cleaned_data
        if not terms.get("invite") or not terms.get("to"):
            return None
        return Letter(terms["subject"], terms["text"].replace("\r\n", "\n"), terms["to"])


class InterviewForm(LetterFields):
    starts_at = forms.DateTimeField(
        label=_("Starts"), widget=forms.DateTimeInput(format=MOMENT, attrs={"type": "datetime-local", "step": 300})
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=SHORTEST, max_value=LONGEST, widget=forms.NumberInput(attrs={"step": 5})
    )
    interviewers = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who asks"), widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(label=pgettext_lazy("an interview", "Place"), max_length=200, required=False)
    video_url = forms.CharField(
        label=_("Video link"), max_length=500, required=False, widget=forms.URLInput(attrs={"placeholder": "https://"})
    )
    step = forms.ModelChoiceField(Step.objects.none(), label=_("Step"), required=False)
    title = forms.CharField(label=pgettext_lazy("an interview", "Title"), max_length=160, required=False)
    note = forms.CharField(
        label=_("For the interviewers"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )
    took_place = forms.BooleanField(label=_("It already took place"), required=False)

    def __init__(
        self, *args: Any, application: Application, user: User, interview: Interview | None = None, **more: Any
    ) -> None:
        more["initial"] = _initial(application, interview)
        super().__init__(*args, **more)
        steps = Step.objects.filter(job=application.job_id, is_retired=False).exclude(stage=Stage.SOURCING)
        self.fields["step"].queryset = steps  # type: ignore[attr-defined]
        asks = self.fields["interviewers"]
        asks.queryset = people_who_ask()  # type: ignore[attr-defined]
        asks.choices = _grouped(application.job)  # type: ignore[attr-defined]
        self.fields["starts_at"].help_text = _("On your clock: %(zone)s") % {"zone": user.time_zone}
        if interview is not None:
            del self.fields["took_place"]

    def clean_video_url(self) -> str:
        address = str(self.cleaned_data["video_url"]).strip()
        if address and not is_https(address):
            raise forms.ValidationError(_("A video link begins with https:// and names a site."))
        return address

    def terms(self) -> Terms:
        names = ("starts_at", "minutes", "place", "video_url", "title", "note", "step")
        said = {name: self.cleaned_data[name] for name in names}
        return Terms(**said, interviewers=tuple(self.cleaned_data["interviewers"]), letter=self.letter())


def _grouped(job: Job) -> list[tuple[Any, list[tuple[int, str]]]]:
    """This job's team first."""
    seated = set(JobSeat.objects.filter(job=job, until=None).values_list("user", flat=True))
    everybody = [(user.pk, user.name) for user in people_who_ask()]
    team = [each for each in everybody if each[0] in seated]
    others = [each for each in everybody if each[0] not in seated]
    return [(label, people) for label, people in ((_("Team of this job"), team), (_("Others"), others)) if people]


def _initial(application: Application, interview: Interview | None) -> dict[str, Any]:
    if interview is not None:
        names = ("place", "video_url", "step", "title", "note", "minutes")
        asks = [row.user_id for row in interview.interviewers.all()]
        starts_at = timezone.localtime(interview.starts_at)
        return {name: getattr(interview, name) for name in names} | {"interviewers": asks, "starts_at": starts_at}
    step = application.step_id if application.stage != Stage.SOURCING else None
    begins = (timezone.localtime() + timedelta(days=1)).replace(hour=10, minute=0, second=0, microsecond=0)
    while begins.weekday() in WEEKEND:
        begins += timedelta(days=1)
    return {"minutes": 60, "step": step, "starts_at": begins}


class CancelForm(LetterFields):
    why = forms.CharField(label=_("Why"), max_length=300, required=False)


class WhyForm(forms.Form):
    why = forms.CharField(label=pgettext_lazy("an interview", "What happened"), max_length=300, required=False)


class InterviewFilter(forms.Form):
    """The list of all interviews; whatever cannot be read narrows nothing."""

    q = forms.CharField(label=_("Name"), required=False)
    job = forms.ModelChoiceField(Job.objects.none(), label=_("Job"), required=False, empty_label=_("All"))
    who = forms.ModelChoiceField(User.objects.none(), label=_("Who asks"), required=False, empty_label=_("All"))
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *InterviewState.choices])
    day = forms.DateField(label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        jobs = Job.objects.visible_to(user).filter(interviews__isnull=False).distinct().order_by("title", "pk")
        self.fields["job"].queryset = jobs  # type: ignore[attr-defined]
        self.fields["who"].queryset = people_who_ask()  # type: ignore[attr-defined]
