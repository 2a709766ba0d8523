"""What the board, its dialogs and the table ask for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from recruiting.accounts.models import User
from recruiting.core.days import plus_days, today
from recruiting.jobs.models import Job, Step

BACK = [("correct", _("Correct a mistake")), ("step_back", _("They step back"))]
HOWS = [("", ""), ("skip", _("Skip")), *BACK]
A_FORTNIGHT = timedelta(days=14)


def offer_keys(form: forms.Form, name: str) -> None:
    """Any key that was sent may be chosen: whose it is, the view asks the database."""
    sent = form.data.getlist(name) if isinstance(form.data, QueryDict) else []
    form.fields[name].choices = [(key, key) for key in sent if key.isdigit()]  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Which cards go to which column; `how` answers what a move over several borders or backwards asks."""

    card = forms.TypedMultipleChoiceField(coerce=int)
    column = forms.ModelChoiceField(Step.objects.none())
    version = forms.IntegerField(required=False)
    how = forms.ChoiceField(choices=HOWS, required=False)

    def __init__(self, *args: Any, job: Job, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["column"].queryset = Step.objects.filter(job=job, is_retired=False)  # type: ignore[attr-defined]
        offer_keys(self, "card")


class CardsForm(forms.Form):
    """Any number of cards, by key."""

    card = forms.TypedMultipleChoiceField(coerce=int)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        offer_keys(self, "card")


class HoldForm(forms.Form):
    until = forms.DateField(label=_("Until"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Why"), max_length=300)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"until": today() + A_FORTNIGHT})


class HireForm(forms.Form):
    starts_on = forms.DateField(label=_("Starts on"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"starts_on": plus_days(today(), 30)})


class NextActionForm(forms.Form):
    """The next action of one card or of many, and whose cards they are."""

    action = forms.CharField(label=_("Next action"), max_length=160, required=False)
    on = forms.DateField(label=_("On"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    owner = forms.ModelChoiceField(
        label=_("Owner"), queryset=User.objects.filter(is_active=True), required=False, empty_label=_("No change")
    )


class AddForm(forms.Form):
    """People to add to a job's funnel, and the column they begin in."""

    person = forms.TypedMultipleChoiceField(coerce=int, error_messages={"required": _("Nobody is chosen.")})
    column = forms.ModelChoiceField(Step.objects.none(), label=_("Begins in"), empty_label=None)

    def __init__(self, *args: Any, job: Job, **more: Any) -> None:
        super().__init__(*args, **more)
        steps = Step.objects.filter(job=job, is_retired=False)
        self.fields["column"].queryset = steps  # type: ignore[attr-defined]
        offer_keys(self, "person")
