"""What a weekly contract of a border asks for."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from funnel.borders import first_monday
from funnel.contracts import Terms
from funnel.models import Contract
from recruiting.core import words
from recruiting.core.days import today
from recruiting.jobs.models import BORDERS, Job, Seat
from recruiting.jobs.stages import Stage

MONDAYS = 6  # to choose from


class PairForm(forms.Form):
    """Which border, and between which roles."""

    stage = forms.ChoiceField(choices=[(stage, stage) for stage in BORDERS])
    sender = forms.ChoiceField(choices=Seat.choices)
    receiver = forms.ChoiceField(choices=Seat.choices)

    @property
    def stage_label(self) -> str:
        return str(Stage(self.cleaned_data["stage"]).label)

    @property
    def sender_label(self) -> str:
        return str(Seat(self.cleaned_data["sender"]).label)

    @property
    def receiver_label(self) -> str:
        return str(Seat(self.cleaned_data["receiver"]).label)


class ContractForm(forms.Form):
    """The promise of a week. Acceptance is asked for in hundredths, as people speak of it."""

    volume = forms.IntegerField(label=_("Accepted a week"), min_value=1, max_value=9999)
    acceptance = forms.IntegerField(label=_("Acceptance, in %"), min_value=0, max_value=100)
    response_hours = forms.IntegerField(
        label=_("Answered within"),
        help_text=_("Median, in working hours of whoever answers."),
        min_value=1,
        max_value=400,
    )
    since_on = forms.TypedChoiceField(label=_("From the week of"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, data: Any = None, *, before: Contract | None = None) -> None:
        usual = {"volume": 5, "acceptance": 80, "response_hours": 8}
        if before is not None:
            usual = {
                "volume": before.volume,
                "acceptance": round(before.acceptance * 100),
                "response_hours": before.response_hours,
            }
        super().__init__(data, initial=usual)
        first = first_monday(today())
        mondays = [first + timedelta(weeks=count) for count in range(MONDAYS)]
        language = get_language() or "en"
        field = self.fields["since_on"]
        field.choices = [(day.isoformat(), words.full_day(day, language)) for day in mondays]  # type: ignore[attr-defined]
        field.coerce = type(first).fromisoformat  # type: ignore[attr-defined]

    def terms(self, pair: PairForm, job: Job | None) -> Terms:
        given = self.cleaned_data
        return Terms(
            to_stage=pair.cleaned_data["stage"],
            from_role=pair.cleaned_data["sender"],
            to_role=pair.cleaned_data["receiver"],
            job=job,
            volume=given["volume"],
            acceptance=Decimal(given["acceptance"]) / 100,
            response_hours=given["response_hours"],
            since_on=given["since_on"],
            note=given["note"],
        )
