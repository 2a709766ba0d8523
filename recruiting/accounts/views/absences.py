"""Being away: one's own days, and everybody's for whoever leads recruiting."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from recruiting.accounts import absences as verbs
from recruiting.accounts import selectors
from recruiting.accounts.forms_calendar import AbsenceForm, OthersAbsenceForm
from recruiting.accounts.models import Absence
from recruiting.accounts.requests import SignedInRequest
from recruiting.core import words
from recruiting.core.days import today
from recruiting.core.models import Event
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast

leads = permission_required(verbs.OTHERS, raise_exception=True)


@require_GET
def absences(request: SignedInRequest) -> HttpResponse:
    return _mine(request, AbsenceForm(user=request.user))


@require_POST
def enter(request: SignedInRequest) -> HttpResponse:
    form = AbsenceForm(request.POST, user=request.user)
    try:
        absence = verbs.enter_absence(user=request.user, by=request.user, at=timezone.now(), **parse(form))
    except Refused as refused:
        return _mine(request, form, refused)
    toast(request, _said(absence))
    return redirect("accounts:absences")


@leads
@require_GET
def away(request: SignedInRequest) -> HttpResponse:
    """Who is away now, and who soon."""
    return _everybody(request, OthersAbsenceForm(user=None))


@leads
@require_POST
def enter_of(request: SignedInRequest) -> HttpResponse:
    form = OthersAbsenceForm(request.POST, user=None)
    try:
        absence = verbs.enter_absence(by=request.user, at=timezone.now(), **parse(form))
    except Refused as refused:
        return _everybody(request, form, refused)
    toast(request, _said(absence))
    return redirect(f"{reverse('accounts:away')}?who={absence.user_id}")


@require_http_methods(["GET", "POST"])
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    absence = _visible(request, pk)
    form = AbsenceForm(request.POST or None, user=absence.user, absence=absence)
    if request.method == "GET":
        return _dialog(request, absence, form)
    seen, at = request.POST.get("seen", ""), timezone.now()
    try:
        absence = verbs.change_absence(absence=absence, seen=seen, by=request.user, at=at, **parse(form))
    except Refused as refused:
        return _dialog(request, absence, form, refused)
    toast(request, _said(absence))
    return _again(request, absence.user_id)


@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    absence = _visible(request, pk)
    whose, name = absence.user_id, absence.user.name
    try:
        event = verbs.take_back_absence(absence=absence, by=request.user, at=timezone.now())
    except Refused as refused:
        toast(request, refused.message)
        return _again(request, whose)
    said = _("%(name)s is not away on these days.") % {"name": name}
    toast(request, said, undo_url=reverse("accounts:restore_absence", args=[event.pk]))
    return _again(request, whose)


@require_POST
def restore(request: SignedInRequest, pk: int) -> HttpResponse:
    event = get_object_or_404(Event, pk=pk, verb="absence.taken_back", by=request.user)
    try:
        absence = verbs.restore_absence(event=event, by=request.user, at=timezone.now())
    except Refused as refused:
        toast(request, refused.message)
        return _again(request, event.data["user"])
    toast(request, _said(absence))
    return _again(request, absence.user_id)


def _visible(request: SignedInRequest, pk: int) -> Absence:
    """One's own, or anybody's for leads; else it does not exist."""
    absence = get_object_or_404(Absence.objects.select_related("user", "deputy"), pk=pk)
    if absence.user_id != request.user.pk and not request.user.has_perm(verbs.OTHERS):
        raise Http404
    return absence


def _again(request: SignedInRequest, whose: int) -> HttpResponse:
    """The list that shows it, seen anew."""
    if request.htmx:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return redirect("accounts:absences" if whose == request.user.pk else "accounts:away")


def _said(absence: Absence) -> str:
    """What was entered, and whom it leaves without somebody who stands in."""
    said = _("%(name)s is away on these days.") % {"name": absence.user.name}
    alone = [other.user.name for other in selectors.left_alone(absence)]
    if not alone:
        return said
    return f"{said} " + _("They stand in for %(names)s then: name somebody else there.") % {
        "names": words.listed(alone, get_language() or "en")
    }


def _wrong(form: AbsenceForm, refused: Refused | None) -> tuple[str, int]:
    """The sentence above a form whose fields are right, and the answer's status."""
    if refused is None:
        return "", 200
    return ("" if form.errors else refused.message), (422 if refused.code == "invalid" else 409)


def _mine(request: SignedInRequest, form: AbsenceForm, refused: Refused | None = None) -> HttpResponse:
    refusal, status = _wrong(form, refused)
    mine, day = list(selectors.absences_of(request.user)), timezone.localdate()
    context: dict[str, Any] = {
        "coming": [row for row in mine if row.back_on > day],
        "past": [row for row in reversed(mine) if row.back_on <= day],
        "today": day,
        "form": form,
        "refusal": refusal,
        "has_answers": request.user.has_perm(verbs.MAY_STAND_IN),
    }
    return render(request, "accounts/absences.html", context, status=status)


def _everybody(request: SignedInRequest, form: AbsenceForm, refused: Refused | None = None) -> HttpResponse:
    refusal, status = _wrong(form, refused)
    day = today()
    around = list(selectors.absences_around(day)[: selectors.PAGE])
    who = request.GET.get("who", "")
    context: dict[str, Any] = {
        "now": [row for row in around if row.from_on <= day],
        "soon": [row for row in around if row.from_on > day],
        "today": day,
        "form": form,
        "refusal": refusal,
        "who": who if who.isdecimal() else "",
    }
    return render(request, "accounts/away.html", context, status=status)


def _dialog(
    request: SignedInRequest, absence: Absence, form: AbsenceForm, refused: Refused | None = None
) -> HttpResponse:
    refusal, status = _wrong(form, refused)
    name = "accounts/_absence_dialog.html" if request.htmx else "accounts/absence.html"
    context = {"absence": absence, "form": form, "refusal": refusal, "seen": verbs.mark_of(absence)}
    return render(request, name, context, status=status)
