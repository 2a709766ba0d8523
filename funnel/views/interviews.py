"""Interviews: my list and everybody's, one interview, and what is done with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from funnel.forms_interviews import InterviewFilter, WhyForm
from funnel.interviews import lists, planning, selectors
from funnel.interviews.inviting import file_for
from funnel.interviews.reading import card_of
from funnel.interviews.scorecards import note_reading
from funnel.models import Application, Interview
from funnel.views.interview_dialogs import PlanDialog, cancel_form, letter_missing, shown
from funnel.views.sections import looks_at_funnel, visible_application
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast

PLANS = "funnel.plan_interview"
plans = permission_required(PLANS, raise_exception=True)


def visible_interview(request: SignedInRequest, pk: int) -> Interview:
    """An interview of a job the reader may not see does not exist."""
    return get_object_or_404(selectors.interviews() & Interview.objects.visible_to(request.user), pk=pk)


@looks_at_funnel
@require_GET
def interviews(request: SignedInRequest) -> HttpResponse:
    """Mine: to assess, to come, past."""
    at = timezone.now()
    page = lists.past(request.user, at, request.GET)
    context = {
        "owed": list(selectors.scorecards_owed(request.user, at)),
        "upcoming": lists.by_day(selectors.upcoming(request.user, at)[: lists.SHOWN]),
        "past": page,
        "unplanned": selectors.unplanned(request.user, at) if request.user.has_perm(PLANS) else [],
        **lists.pager(request.GET, page),
    }
    return render(request, "funnel/interviews/interviews.html", context)


@plans
@require_GET
def all_interviews(request: SignedInRequest) -> HttpResponse:
    """Everybody's, of the jobs the reader sees: filters, search, newest first."""
    form = InterviewFilter(request.GET, user=request.user)
    rows = selectors.interviews() & Interview.objects.visible_to(request.user)
    page = lists.narrowed(rows, form, request.GET)
    known = selectors.answered_by(request.user, page.rows) if page.rows else {}
    lines = [(row, len(known.get(row.pk, ()))) for row in page.rows]
    context = {"form": form, "lines": lines, **lists.pager(request.GET, page)}
    return render(request, "funnel/interviews/all.html", context)


@looks_at_funnel
@require_GET
def interviews_of(request: SignedInRequest, pk: int) -> HttpResponse:
    """The interviews of one application, as a part of somebody's page."""
    row = visible_application(request, pk)
    context = {"row": row, "interviews": selectors.interviews_of(row), "now": timezone.now()}
    return shown(request, "of_application", context)


@looks_at_funnel
@require_GET
def interview(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible_interview(request, pk)
    at = timezone.now()
    card = card_of(found, request.user, at)
    note_reading(user=request.user, shown=card.scorecards, at=at)
    return render(request, "funnel/interviews/interview.html", {"card": card, "interview": found})


@looks_at_funnel
@require_GET
def interview_ics(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible_interview(request, pk)
    answer = HttpResponse(file_for(found, request.user, timezone.now()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="interview-{found.pk}.ics"'
    return answer


@plans
@require_http_methods(["GET", "POST"])
def plan_interview(request: SignedInRequest, pk: int) -> HttpResponse:
    box = PlanDialog(request, visible_application(request, pk))
    terms = box.terms() if request.method == "POST" else None
    if terms is None:
        return box.answer()
    try:
        took_place = bool(box.form.cleaned_data.get("took_place"))
        made = planning.plan_interview(
            application=box.application, terms=terms, by=request.user, at=timezone.now(), took_place=took_place
        )
    except Refused as refused:
        return box.answer(refused)
    said = (
        _("The interview with %(name)s is recorded.") if took_place else _("%(name)s: planned, everybody is invited.")
    )
    return _done(request, made, said)


@plans
@require_http_methods(["GET", "POST"])
def change_interview(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible_interview(request, pk)
    box = PlanDialog(request, found.application, found)
    terms = box.terms() if request.method == "POST" else None
    if terms is None:
        return box.answer()
    try:
        changed = planning.change_interview(interview=found, terms=terms, **_terms(request))
    except Refused as refused:
        return box.answer(refused)
    followed = changed.sequence > found.sequence
    said = (
        _("%(name)s: changed, everybody is told.") if followed else _("%(name)s: changed. No calendar has to follow.")
    )
    return _done(request, changed, said)


@plans
@require_http_methods(["GET", "POST"])
def cancel_interview(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible_interview(request, pk)
    form = cancel_form(request, found)
    context = {"interview": found, "form": form, "seen": found.changed_at.isoformat()}
    if request.method == "GET":
        return shown(request, "cancel", context)
    try:
        why = parse(form)["why"]
        if missing := letter_missing(form):
            raise missing
        planning.cancel_interview(interview=found, why=why, letter=form.letter(), **_terms(request))
    except Refused as refused:
        return _refused(request, "cancel", context, refused)
    return _done(request, found, _("The interview with %(name)s is cancelled."), undo=True)


@looks_at_funnel
@require_POST
def hold_interview(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _mine_to_record(request, pk)
    try:
        planning.hold_interview(interview=found, **_terms(request))
    except Refused as refused:
        return _not_done(request, found, refused)
    return _done(request, found, _("The interview with %(name)s took place."), undo=True)


@looks_at_funnel
@require_http_methods(["GET", "POST"])
def record_no_show(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _mine_to_record(request, pk)
    form = WhyForm(request.POST if request.method == "POST" else None)
    context = {"interview": found, "form": form, "seen": found.changed_at.isoformat()}
    if request.method == "GET":
        return shown(request, "no_show", context)
    try:
        planning.record_no_show(interview=found, why=parse(form)["why"], **_terms(request))
    except Refused as refused:
        return _refused(request, "no_show", context, refused)
    return _done(request, found, _("%(name)s did not appear. That is recorded."), undo=True)


@looks_at_funnel
@require_POST
def undo_interview(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _mine_to_record(request, pk)
    try:
        planning.undo_interview(interview=found, by=request.user, at=timezone.now())
    except Refused as refused:
        return _not_done(request, found, refused)
    return _done(request, found, _("The interview with %(name)s is planned as before."))


def _terms(request: SignedInRequest) -> dict[str, Any]:
    """By whom, when, and the state that was on the screen."""
    return {"by": request.user, "at": timezone.now(), "seen_at": _seen(request)}


def _seen(request: SignedInRequest) -> datetime | None:
    try:
        return parse_datetime(request.POST.get("seen", ""))
    except ValueError:
        return None


def _mine_to_record(request: SignedInRequest, pk: int) -> Interview:
    """What became of an interview is said by whoever plans interviews, or by whoever sat in it."""
    found = visible_interview(request, pk)
    asks = any(row.user_id == request.user.pk for row in found.interviewers.all())
    if not asks and not request.user.has_perm(PLANS):
        raise PermissionDenied
    return found


def _refused(request: SignedInRequest, name: str, context: dict[str, Any], refused: Refused) -> HttpResponse:
    status = 422 if refused.code == "invalid" else 409
    return shown(request, name, {**context, "refusal": refused.message}, status)


def _not_done(request: SignedInRequest, found: Interview, refused: Refused) -> HttpResponse:
    """A button that was refused: the page again, with why, and as what it is."""
    card = card_of(selectors.interviews().get(pk=found.pk), request.user, timezone.now())
    context = {"card": card, "interview": card.interview, "refusal": refused.message}
    return render(request, "funnel/interviews/interview.html", context, status=409)


def _done(request: SignedInRequest, found: Interview, said: str, *, undo: bool = False) -> HttpResponse:
    """Said in a toast: on the page that is open, or on the interview's own."""
    undo_url = reverse("funnel:undo_interview", args=[found.pk]) if undo else ""
    toast(request, said % {"name": _name(found.application)}, undo_url)
    if request.htmx:
        answer = HttpResponse(status=204)
        answer["HX-Refresh"] = "true"
        return answer
    return redirect("funnel:interview", found.pk)


def _name(application: Application) -> str:
    return application.candidate.name
