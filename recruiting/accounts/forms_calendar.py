"""What people type about when they work and when they are away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

from babel import Locale
from django import forms
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from recruiting.accounts import selectors
from recruiting.accounts.hours import known_regions, region_names
from recruiting.accounts.models import Absence, User, WorkingCalendar
from recruiting.accounts.weeks import overlapping, stored
from recruiting.core.words import WEEKDAYS

LEAST_SPANS = 2  # before and after a break


def country_names() -> list[tuple[str, str]]:
    """Every country whose public holidays are known, in the reader's language, by name."""
    names = Locale.parse("ja" if (get_language() or "").startswith("ja") else "en").territories
    return sorted(((code, names.get(code, code)) for code in known_regions()), key=lambda pair: pair[1])


class HoursForm(forms.Form):
    """The spans of each weekday, and the country and region whose public holidays are kept."""

    country = forms.ChoiceField(label=lazy("Public holidays of"), choices=country_names)
    subdivision = forms.ChoiceField(label=lazy("Region"), required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, calendar: WorkingCalendar) -> None:
        super().__init__(data, initial={"country": calendar.country, "subdivision": calendar.subdivision})
        country = str(data.get("country", "") if data else calendar.country)
        regions = sorted(region_names(country).items(), key=lambda pair: pair[1])
        self.fields["subdivision"].choices = [("", _("The whole country")), *regions]  # type: ignore[attr-defined]
        if data is not None and data.get("subdivision") not in dict(regions):
            self.data = {**{key: data.get(key) for key in data}, "subdivision": ""}  # of the country chosen before
        self.has_regions = bool(regions)
        self.spans = max(LEAST_SPANS, *(len(spans) for spans in calendar.hours.values()), LEAST_SPANS)
        for weekday in range(7):
            self._add_day(weekday, calendar.hours.get(str(weekday), []))

    def _add_day(self, weekday: int, spans: list[list[str]]) -> None:
        for number in range(self.spans):
            for place, said in enumerate((_("from"), _("to"))):
                self.fields[_name(weekday, number, place)] = forms.TimeField(
                    required=False,
                    label=said,
                    initial=spans[number][place] if number < len(spans) else None,
                    widget=forms.TimeInput(attrs={"type": "time", "class": "input"}, format="%H:%M"),
                )

    def days(self) -> Iterator[dict[str, Any]]:
        """Each weekday with its name and its spans' two fields, for the page."""
        names = WEEKDAYS["ja" if (get_language() or "").startswith("ja") else "en"]
        for weekday in range(7):
            spans = [[self[_name(weekday, number, place)] for place in (0, 1)] for number in range(self.spans)]
            wrong = [error for span in spans for field in span for error in field.errors]
            yield {"name": names[weekday], "spans": spans, "wrong": wrong, "is_weekend": weekday > 4}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        week: dict[int, list[tuple[time, time]]] = {}
        for weekday in range(7):
            week[weekday] = []
            for number in range(self.spans):
                first, last = (cleaned.get(_name(weekday, number, place)) for place in (0, 1))
                if (first is None) is not (last is None) and not self.has_error(_name(weekday, number, 0)):
                    self.add_error(_name(weekday, number, 0), _("Say both ends, or none."))
                elif first is not None and last is not None:
                    week[weekday].append((first, last))
            if overlapping(week[weekday]):
                self.add_error(_name(weekday, 0, 0), _("These hours do not follow each other."))
        if not self.errors and not any(week.values()):
            raise forms.ValidationError(_("Without working hours no clock can run. Give at least one day its hours."))
        cleaned["hours"] = stored(week)
        return cleaned


def _name(weekday: int, number: int, place: int) -> str:
    return f"d{weekday}_{number}_{'to' if place else 'from'}"


def as_on_monday(data: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, with Tuesday to Friday as Monday is."""
    copied = {key: data.get(key) for key in data}
    for key in list(copied):
        if key.startswith("d0_"):
            copied.update({f"d{weekday}{key[2:]}": copied[key] for weekday in range(1, 5)})
    return copied


class AbsenceForm(forms.Form):
    """From when, back on which day, and who stands in."""

    from_on = forms.DateField(label=lazy("Away from"), widget=forms.DateInput(attrs={"type": "date"}))
    back_on = forms.DateField(label=lazy("Back on"), widget=forms.DateInput(attrs={"type": "date"}))
    deputy = forms.ModelChoiceField(
        label=lazy("Stands in"), queryset=User.objects.none(), required=False, empty_label=lazy("Nobody")
    )

    def __init__(self, data: Any = None, *, user: User | None, absence: Absence | None = None) -> None:
        known = {"from_on": absence.from_on, "back_on": absence.back_on, "deputy": absence.deputy_id} if absence else {}
        super().__init__(data, initial=known)
        deputies = selectors.can_stand_in()
        self.fields["deputy"].queryset = deputies.exclude(pk=user.pk) if user else deputies  # type: ignore[attr-defined]


class OthersAbsenceForm(AbsenceForm):
    """The same, for somebody else."""

    user = forms.ModelChoiceField(
        label=pgettext_lazy("an absence", "Who"),
        queryset=User.objects.filter(is_active=True),
        empty_label=lazy("Choose somebody"),
    )
    field_order = ["user", "from_on", "back_on", "deputy"]
