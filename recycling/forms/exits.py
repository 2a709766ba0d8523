"""What somebody types in the exit dialog: only what the chosen reasons ask for is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.candidates.models import ContactPoint
from recruiting.candidates.models.consent import BasisKind
from recruiting.candidates.models.contact_points import REACHABLE
from recruiting.contact.models import TouchKind
from recruiting.core.days import day_of
from recruiting.jobs.models import Job, Requirement
from recruiting.jobs.selectors import deciders_of
from recruiting.skills.selectors import resolve_term
from recruiting.terms import PayPeriod
from recycling.leaving import Basis, ExitOrder, Failed, Shown, channel_of
from recycling.leaving.choices import Gap, gaps_of, possible_keepers, reasons_by_hand
from recycling.models import ExitReason
from recycling.models.exits import ReasonClass, Side, Told
from recycling.reasons import BY_KEY, Need, needs_of

RESTS = (ReasonClass.NOT_NOW, ReasonClass.OTHER_ROLE)
ASKED_BY: dict[Need, tuple[str, ...]] = {
    Need.DATE: ("due_on",),
    Need.SKILL: ("failed", "failed_other", "shown"),
    Need.DECIDER: ("refused_by",),
    Need.PAY: ("pay_floor", "pay_currency", "pay_period", "pay_said_on"),
    Need.RUNNER_UP: ("is_runner_up",),
    Need.YEARS: ("years_missing",),
}


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}), **more)


class ExitForm(forms.Form):
    """One exit for one or several applications. Fields that no chosen reason needs are not there at all."""

    due_on = _day(gettext_lazy("Until when"))
    failed = forms.ModelMultipleChoiceField(
        Requirement.objects.none(), label=gettext_lazy("Not met"), required=False, widget=forms.CheckboxSelectMultiple
    )
    failed_other = forms.CharField(label=gettext_lazy("Another requirement"), required=False, max_length=120)
    shown = forms.ModelMultipleChoiceField(
        Requirement.objects.none(),
        label=gettext_lazy("Shown all the same"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    refused_by = forms.ModelMultipleChoiceField(
        User.objects.none(), label=gettext_lazy("Who refused"), required=False, widget=forms.CheckboxSelectMultiple
    )
    pay_floor = forms.DecimalField(
        label=gettext_lazy("Their floor, base pay"), required=False, min_value=1, max_digits=14, decimal_places=2
    )
    pay_currency = forms.CharField(label=gettext_lazy("Currency"), required=False, max_length=3, min_length=3)
    pay_period = forms.ChoiceField(label=gettext_lazy("Paid"), required=False, choices=PayPeriod.choices)
    pay_said_on = _day(gettext_lazy("Said on"))
    years_missing = forms.DecimalField(
        label=gettext_lazy("Years missing"), required=False, min_value=0, max_value=30, decimal_places=1
    )
    is_runner_up = forms.BooleanField(label=gettext_lazy("Runner-up: would have been chosen next"), required=False)
    evidence = forms.CharField(
        label=gettext_lazy("Evidence, in their words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    further_1 = forms.ModelChoiceField(
        ExitReason.objects.none(), label=gettext_lazy("Second reason"), required=False, to_field_name="key"
    )
    further_2 = forms.ModelChoiceField(
        ExitReason.objects.none(), label=gettext_lazy("Third reason"), required=False, to_field_name="key"
    )
    contact_point = forms.ModelChoiceField(ContactPoint.objects.none(), label=gettext_lazy("Where"), required=False)
    channel = forms.ChoiceField(label=gettext_lazy("How"), required=False, choices=TouchKind.choices)
    keeper = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Who keeps the contact"), required=False)
    basis_kind = forms.ChoiceField(label=gettext_lazy("Basis for future roles"), required=False)
    basis_until = _day(gettext_lazy("Until"))
    told = forms.ChoiceField(label=gettext_lazy("Told"), choices=Told.choices, required=False)
    told_on = _day(gettext_lazy("On"))
    told_what = forms.CharField(
        label=gettext_lazy("What they are told"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    note = forms.CharField(
        label=gettext_lazy("Note, for us"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        applications: Sequence[Application],
        reason: ExitReason | None,
        side: str,
        user: User,
        at: datetime,
        **more: Any,
    ) -> None:
        self.applications, self.reason, self.side, self.user, self.at = applications, reason, side, user, at
        super().__init__(*args, **more)
        self.gaps: list[Gap] = []
        self._fill_further()
        self.asked = self._needs()
        self._fill_choices()
        self._drop_what_nobody_asks()

    def _needs(self) -> set[Need]:
        chosen = [self.reason.key] if self.reason else []
        if self.is_bound:
            chosen += [self.data.get(name, "") for name in ("further_1", "further_2")]
        needs = {need for key in chosen for need in needs_of(key)}
        early = all(each.stage in ("sourcing", "screening") for each in self.applications)
        return needs - {Need.RUNNER_UP} if early else needs

    def _fill_further(self) -> None:
        others = [each for each in reasons_by_hand() if each.klass in RESTS and each != self.reason]
        for name in ("further_1", "further_2"):
            self.fields[name].queryset = ExitReason.objects.filter(pk__in=[each.pk for each in others])  # type: ignore[attr-defined]
            self.fields[name].empty_label = _("None")  # type: ignore[attr-defined]

    def _fill_choices(self) -> None:
        one = self.applications[0] if len(self.applications) == 1 else None
        jobs: list[Job] = list({each.job_id: each.job for each in self.applications}.values())
        put = self.fields
        if Need.SKILL in self.asked:
            self.gaps = [gap for job in jobs for gap in gaps_of(job, one.candidate if one else None)]
            rows = [gap.requirement.pk for gap in self.gaps]
            asked = Requirement.objects.filter(pk__in=rows).select_related("skill")
            put["failed"].queryset = put["shown"].queryset = asked  # type: ignore[attr-defined]
            put["failed"].initial = [gap.requirement.pk for gap in self.gaps if not gap.is_met][:1]
        if Need.DECIDER in self.asked:
            deciders = [user for job in jobs for user in deciders_of(job)]
            put["refused_by"].queryset = User.objects.filter(pk__in=[user.pk for user in deciders])  # type: ignore[attr-defined]
            put["refused_by"].initial = [user.pk for user in deciders]
        if Need.DATE in self.asked:
            row = BY_KEY.get(self.reason.key) if self.reason else None
            put["due_on"].help_text = (
                _("Half a year or a year from today, where nothing is named.") if (row and row.due_months) else ""
            )
        self._fill_pay(one, jobs[0])
        self._fill_touch(one)
        put["told"].initial = Told.NOTHING if self.side == Side.THEY else Told.NOT_YET
        put["told_on"].initial = day_of(self.at)

    def _fill_pay(self, one: Application | None, job: Job) -> None:
        person = one.candidate if one else None
        self.fields["pay_currency"].initial = (person and person.pay_currency) or job.currency
        self.fields["pay_period"].initial = (person and person.pay_period) or job.period
        self.fields["pay_said_on"].initial = day_of(self.at)
        self.fields["pay_floor"].initial = person.pay_floor if person else None

    def _fill_touch(self, one: Application | None) -> None:
        put = self.fields
        keepers = possible_keepers(self.applications, self.user)
        put["keeper"].queryset = User.objects.filter(pk__in=[each.pk for each in keepers])  # type: ignore[attr-defined]
        put["keeper"].empty_label = _("Whoever owns them now")  # type: ignore[attr-defined]
        kinds = [("", _("As it is")), *BasisKind.choices]
        put["basis_kind"].choices = kinds  # type: ignore[attr-defined]
        if one is None:
            for name in ("contact_point", "channel", "told_what", "shown"):
                put.pop(name, None)
            return
        put["keeper"].initial = one.owner_id or self.user.pk
        points = ContactPoint.objects.filter(candidate=one.candidate, state__in=REACHABLE)
        put["contact_point"].queryset = points  # type: ignore[attr-defined]
        way = points.first()
        put["contact_point"].initial = way.pk if way else None
        put["channel"].initial = channel_of(way)
        put["contact_point"].empty_label = _("No way to reach them")  # type: ignore[attr-defined]

    def _drop_what_nobody_asks(self) -> None:
        for need, names in ASKED_BY.items():
            if need not in self.asked:
                for name in names:
                    self.fields.pop(name, None)
        if not self.user.has_perm("candidates.view_consent"):
            del self.fields["basis_kind"], self.fields["basis_until"]
        if self.reason is not None and self.reason.klass not in RESTS:
            for name in ("further_1", "further_2", "contact_point", "channel", "keeper", "basis_kind", "basis_until"):
                self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        """Say in words what a chosen reason still needs."""
        given = super().clean() or {}
        if self.reason is None:
            raise forms.ValidationError(_("Choose a reason."))
        row = BY_KEY.get(self.reason.key)
        for need, name, said in (
            (Need.SKILL, "failed", _("Say which requirement was not met.")),
            (Need.DECIDER, "refused_by", _("Say who refused.")),
            (Need.PAY, "pay_floor", _("Say the pay they need at least.")),
        ):
            missing = name in self.fields and name not in self.errors and not given.get(name)
            if need in self.asked and missing and not (need == Need.SKILL and given.get("failed_other")):
                self.add_error(name, said)
        needs_day = self.reason.kind == "date" and row is not None and row.due_months is None
        if needs_day and "due_on" not in self.errors and not given.get("due_on"):
            self.add_error("due_on", _("Name the day."))
        if given.get("told") == Told.TOLD and not given.get("told_on") and "told_on" not in self.errors:
            self.add_error("told_on", _("Name the day."))
        return given

    @property
    def failed_chosen(self) -> set[str]:
        return self._ticked("failed")

    @property
    def shown_chosen(self) -> set[str]:
        return self._ticked("shown")

    def _ticked(self, name: str) -> set[str]:
        return {str(getattr(each, "pk", each)) for each in self[name].value() or ()} if name in self.fields else set()

    def order(self) -> ExitOrder:
        """What was typed so far as an order; a field that is wrong counts as empty."""
        if self.reason is None:
            raise ValueError("an order names its reason")
        given = getattr(self, "cleaned_data", {})
        told = given.get("told") or Told.NOT_YET
        further = [each for name in ("further_1", "further_2") if (each := given.get(name))]
        return ExitOrder(
            reason=self.reason,
            side=self.side,
            further=list(dict.fromkeys(further)),
            failed=self._failed(given),
            shown=[Shown(each.skill, each.level) for each in given.get("shown") or () if each.skill],
            refused_by=list(given.get("refused_by") or ()),
            pay_currency=(given.get("pay_currency") or "JPY").upper(),
            pay_period=given.get("pay_period") or PayPeriod.YEAR,
            is_runner_up=given.get("is_runner_up"),
            told=told,
            told_on=given.get("told_on") if told == Told.TOLD else None,
            told_what=given.get("told_what", "") if told == Told.TOLD else "",
            evidence=given.get("evidence", ""),
            note=given.get("note", ""),
            channel=given.get("channel") or "",
            basis=Basis(given["basis_kind"], given.get("basis_until")) if given.get("basis_kind") else None,
            due_on=given.get("due_on"),
            pay_floor=given.get("pay_floor"),
            pay_said_on=given.get("pay_said_on"),
            years_missing=given.get("years_missing"),
            contact_point=given.get("contact_point"),
            keeper=given.get("keeper"),
        )

    def _failed(self, given: dict[str, Any]) -> list[Failed]:
        failed = [Failed(each.skill, each.level, each.term) for each in given.get("failed") or ()]
        other = (given.get("failed_other") or "").strip()
        if other:
            skill = resolve_term(other)
            failed.append(Failed(skill, None, "" if skill else other))
        return failed
