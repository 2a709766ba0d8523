"""One's own working hours, and the public holidays one keeps."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from recruiting.accounts import absences
from recruiting.accounts.forms_calendar import HoursForm, as_on_monday
from recruiting.accounts.hours import next_holidays, read_week
from recruiting.accounts.models import WorkingCalendar
from recruiting.accounts.requests import SignedInRequest
from recruiting.accounts.weeks import minutes_of
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast


@require_http_methods(["GET", "POST"])
def calendar(request: SignedInRequest) -> HttpResponse:
    mine = absences.calendar_of(request.user)
    if request.method == "GET":
        return _page(request, mine, HoursForm(calendar=mine))
    if "copy" in request.POST:
        return _page(request, mine, HoursForm(as_on_monday(request.POST), calendar=mine))
    form = HoursForm(request.POST, calendar=mine)
    try:
        order = {name: parse(form)[name] for name in ("hours", "country", "subdivision")}
        absences.change_calendar(user=request.user, by=request.user, at=timezone.now(), **order)
    except Refused as refused:
        return _page(request, mine, form, refusal="" if form.errors else refused.message)
    toast(request, _("Your working hours are saved. Clocks that run already keep their end."))
    return redirect("accounts:calendar")


@require_GET
def holidays(request: SignedInRequest) -> HttpResponse:
    """The regions and the next public holidays of a country that is being chosen. Changes nothing."""
    form = HoursForm(request.GET, calendar=absences.calendar_of(request.user))
    return render(request, "accounts/_holidays.html", _holidays(form))


def _page(request: SignedInRequest, mine: WorkingCalendar, form: HoursForm, refusal: str = "") -> HttpResponse:
    week = form.cleaned_data.get("hours") if form.is_bound and form.is_valid() else mine.hours
    context = {**_holidays(form), "refusal": refusal, "hours_a_week": minutes_of(read_week(week or {})) / 60}
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "accounts/calendar.html", context, status=status)


def _holidays(form: HoursForm) -> dict[str, Any]:
    country, region = (str(form[name].value() or "") for name in ("country", "subdivision"))
    coming = next_holidays(country, region, timezone.localdate(), get_language() or "en", most=6)
    return {"form": form, "holidays": coming}
