"""What people write about an offer: its terms, who approves it, until when it is answered."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funnel.models import OfferState
from funnel.offers.terms import Terms, read_amount
from recruiting.accounts.models import User
from recruiting.core.days import day_of
from recruiting.jobs.models import Job
from recruiting.terms import Form, PayPeriod

MOST_APPROVERS = 4
DAY = {"type": "date"}


class MoneyField(forms.DecimalField):
    """A sum as people write it: 9,800,000, 980万 or 9.8M."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        if isinstance(value, str) and value.strip():
            read = read_amount(value)
            if read is None:
                raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
            return read
        return super().to_python(value)


class OfferForm(forms.Form):
    """The terms of an offer, starting from the last version or from what the job says."""

    amount = MoneyField(
        label=_("Base pay"),
        min_value=1,
        max_digits=14,
        decimal_places=2,
        error_messages={"invalid": _("Write a sum, as 9,800,000, 980万 or 9.8M.")},
    )
    currency = forms.CharField(label=_("Currency"), min_length=3, max_length=3)
    period = forms.ChoiceField(label=_("Paid"), choices=PayPeriod.choices)
    starts_on = forms.DateField(label=_("Starts on"), widget=forms.DateInput(attrs=DAY))
    place = forms.CharField(label=_("Place"), max_length=120, required=False)
    form = forms.ChoiceField(label=_("Form of work"), choices=Form.choices)
    note = forms.CharField(
        label=_("Further terms"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Trial period, bonus, relocation: what the approvers should know as well."),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["amount"].widget.attrs.update(inputmode="text", autocomplete="off", placeholder="9,800,000")
        self.fields["currency"].widget.attrs.update(autocomplete="off", spellcheck="false", size=4)
        self.fields["place"].widget.attrs["list"] = "places-of-the-job"

    def clean_currency(self) -> str:
        return str(self.cleaned_data["currency"]).upper()

    def terms(self) -> Terms:
        return Terms(**self.cleaned_data)


def as_typed(terms: Terms) -> dict[str, Any]:
    """Terms as the form starts from them: a sum with its commas, no idle decimals."""
    whole = terms.amount == terms.amount.to_integral_value()
    return {**terms.columns(), "amount": f"{terms.amount:,.0f}" if whole else f"{terms.amount:,.2f}"}


def from_job(job: Job) -> dict[str, Any]:
    """What the job says already. The sum is left to whoever makes the offer."""
    place = job.places[0] if job.places else ""
    return {"currency": job.currency, "period": job.period, "form": job.form, "place": place}


class ApproversForm(forms.Form):
    """Who is asked, in the order of the fields; the first one is asked at once."""

    LABELS = (
        pgettext_lazy("approver", "First"),
        pgettext_lazy("approver", "Then"),
        pgettext_lazy("approver", "Third"),
        pgettext_lazy("approver", "Fourth"),
    )

    def __init__(self, *args: Any, possible: list[User], proposed: list[User], **more: Any) -> None:
        super().__init__(*args, **more)
        users = User.objects.filter(pk__in=[user.pk for user in possible])
        for place, label in enumerate(self.LABELS):
            first = proposed[place].pk if place < len(proposed) else None
            self.fields[f"approver_{place}"] = forms.ModelChoiceField(
                users, label=label, required=False, initial=first, empty_label=_("Nobody")
            )

    def approvers(self) -> list[User]:
        """Those named, in their order; a field left empty is passed over."""
        return [user for name in self.fields if (user := self.cleaned_data[name]) is not None]


class ExtendForm(forms.Form):
    expires_on = forms.DateField(label=_("Answer until"), widget=forms.DateInput(attrs=DAY))

    def __init__(self, *args: Any, at: datetime, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["expires_on"].widget.attrs["min"] = str(day_of(at))


class WhyForm(forms.Form):
    """A sentence that must be there: the service says so where it is not."""

    why = forms.CharField(
        label=pgettext_lazy("a sentence", "Why"), max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class OffersFilterForm(forms.Form):
    """The list: which states, which job, whose name."""

    q = forms.CharField(required=False, max_length=80)
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("Open ones")), ("all", _("All")), *OfferState.choices],
    )
    job = forms.ModelChoiceField(Job.objects.none(), label=_("Job"), required=False, empty_label=_("Every job"))

    def __init__(self, *args: Any, jobs: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["job"].queryset = jobs  # type: ignore[attr-defined]
