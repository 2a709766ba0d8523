"""What somebody types on the returns desk and in a review."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from recruiting.accounts.models import User
from recruiting.accounts.roles import SEES_EVERYBODY
from recruiting.candidates.models import ContactPoint
from recruiting.candidates.models.contact_points import REACHABLE
from recruiting.contact.models import TouchKind
from recruiting.jobs.models import Job, Requirement
from recruiting.jobs.selectors import deciders_of
from recruiting.jobs.stages import Stage
from recycling.leaving import ExitOrder, Failed
from recycling.leaving.choices import reasons_by_hand
from recycling.models import ExitReason, PoolEntry, Proposal
from recycling.models.exits import ReasonClass, Side
from recycling.models.proposals import Dismissal

RESTS = (ReasonClass.NOT_NOW, ReasonClass.OTHER_ROLE)


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}), **more)


def _few_words(label: Any, **more: Any) -> forms.CharField:
    more.setdefault("required", False)
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), **more)


class AcceptForm(forms.Form):
    what_changed = forms.CharField(
        label=_("What changed since they left"), max_length=200, help_text=_("Stands on their card once they are back.")
    )
    asker = forms.ModelChoiceField(User.objects.none(), label=_("Who asks them"), empty_label=None)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        who = User.objects.filter(is_active=True, role__in=SEES_EVERYBODY)
        self.fields["asker"].queryset = who  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """How they were asked, and with which words."""

    kind = forms.ChoiceField(label=_("How"), choices=TouchKind.choices)
    contact_point = forms.ModelChoiceField(ContactPoint.objects.none(), label=_("Where"), required=False)
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea(attrs={"rows": 10}))

    def __init__(self, *args: Any, card: Proposal, through_agency: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        points = ContactPoint.objects.filter(candidate=card.candidate_id, state__in=REACHABLE)
        self.fields["contact_point"].queryset = points  # type: ignore[attr-defined]
        self.fields["contact_point"].empty_label = None  # type: ignore[attr-defined]
        if through_agency:
            self.fields["kind"].choices = [(TouchKind.AGENCY, TouchKind.AGENCY.label)]  # type: ignore[attr-defined]
            del self.fields["contact_point"]


class YesForm(forms.Form):
    stage = forms.ChoiceField(label=_("Begins at"), choices=Stage.choices)
    kind = forms.ChoiceField(label=_("They said so by"), choices=TouchKind.choices)
    note = _few_words(_("In their words"))


class SnoozeForm(forms.Form):
    until = _day(_("Until"))


class DismissForm(forms.Form):
    dismissal = forms.ChoiceField(label=_("Why"), choices=Dismissal.choices, widget=forms.RadioSelect)
    until = _day(_("Not before"), required=False, help_text=_("Only for “Not this person now”."))
    note = _few_words(_("Note"))


class KeepForm(forms.Form):
    until = _day(_("Look again on"))
    why = _few_words(_("Note"))


class CloseForm(forms.Form):
    why = _few_words(_("Why this stay is over"), required=True)


class ProposeForm(forms.Form):
    job = forms.ModelChoiceField(Job.objects.none(), label=_("For which job"))
    why = _few_words(_("Why now"))

    def __init__(self, *args: Any, user: User, **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["job"].queryset = Job.objects.visible_to(user).open().order_by("title")  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    """A reason with what it may need. What it does need, the service says."""

    reason = forms.ModelChoiceField(ExitReason.objects.none(), label=_("Reason"), to_field_name="key")
    due_on = _day(_("Not before"), required=False, help_text=_("Where the reason is a date."))
    pay_floor = forms.DecimalField(
        label=_("Their floor, base pay"), required=False, min_value=1, max_digits=14, decimal_places=2
    )
    failed = forms.ModelMultipleChoiceField(
        Requirement.objects.none(), label=_("Not met"), required=False, widget=forms.CheckboxSelectMultiple
    )
    refused_by = forms.ModelMultipleChoiceField(
        User.objects.none(), label=_("Who refused"), required=False, widget=forms.CheckboxSelectMultiple
    )
    kind = forms.ChoiceField(label=_("They said so by"), choices=TouchKind.choices)
    note = _few_words(_("Note"))

    def __init__(self, *args: Any, entry: PoolEntry, is_answer: bool, **more: Any) -> None:
        super().__init__(*args, **more)
        self.entry = entry
        offered = [each for each in reasons_by_hand() if _may_be(each, is_answer)]
        keys = [each.pk for each in offered]
        self.fields["reason"].queryset = ExitReason.objects.filter(pk__in=keys)  # type: ignore[attr-defined]
        job = entry.left.job if entry.left else None
        if is_answer or job is None:
            del self.fields["failed"], self.fields["refused_by"]
        else:
            musts = job.requirements.filter(is_must=True).select_related("skill")
            self.fields["failed"].queryset = musts  # type: ignore[attr-defined]
            self.fields["refused_by"].queryset = deciders_of(job)  # type: ignore[attr-defined]
        if not is_answer:
            del self.fields["kind"]

    def order(self) -> ExitOrder:
        given, person = self.cleaned_data, self.entry.candidate
        reason: ExitReason = given["reason"]
        return ExitOrder(
            reason=reason,
            side=reason.side if reason.side != Side.EITHER else Side.THEY,
            due_on=given.get("due_on"),
            pay_floor=given.get("pay_floor"),
            pay_currency=person.pay_currency or "JPY",
            pay_period=person.pay_period or "year",
            failed=[Failed(each.skill, each.level, each.term) for each in given.get("failed") or ()],
            refused_by=list(given.get("refused_by") or ()),
            note=given.get("note", ""),
        )


def _may_be(reason: ExitReason, is_answer: bool) -> bool:
    if is_answer:
        return reason.side in (Side.THEY, Side.EITHER) and reason.klass != ReasonClass.ADMINISTRATIVE
    return reason.klass in RESTS
