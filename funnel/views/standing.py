"""A card stands: on hold, resumed, what is next, whose it is; and the hire."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from funnel import selectors, services
from funnel.forms import CardsForm, HireForm, HoldForm, NextActionForm
from funnel.models import Application
from funnel.views.drawing import moved
from funnel.views.sections import dialog, hires, moves, visible_application, visible_job
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast


def _terms(request: SignedInRequest, row: Application) -> dict[str, Any]:
    """What every verb on one card takes: which, by whom, when, and the version that was on the screen."""
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdigit() else None
    return {"application": row, "by": request.user, "at": timezone.now(), "seen_version": version}


def _again(request: SignedInRequest, template: str, context: dict[str, Any], refused: Refused) -> HttpResponse:
    """The dialog with what was typed: 422 where a field is wrong, 409 where a rule said no."""
    refusal = "" if context["form"].errors else refused.message
    status = 422 if refused.code == "invalid" else 409
    return dialog(request, template, {**context, "refusal": refusal}, status)


@moves
@require_http_methods(["GET", "POST"])
def hold(request: SignedInRequest, pk: int) -> HttpResponse:
    row = visible_application(request, pk)
    form = HoldForm(request.POST or None)
    if request.method == "GET":
        return dialog(request, "hold", {"row": row, "form": form})
    try:
        services.hold_application(**_terms(request, row), **parse(form))
    except Refused as refused:
        return _again(request, "hold", {"row": row, "form": form}, refused)
    return moved(request, row.job, [row.pk], _("%(name)s is on hold.") % {"name": row.candidate.name})


@moves
@require_POST
def resume(request: SignedInRequest, pk: int) -> HttpResponse:
    row = visible_application(request, pk)
    try:
        services.resume_application(**_terms(request, row))
    except Refused as refused:
        return moved(request, row.job, [row.pk], refused.message, status=409)
    return moved(request, row.job, [row.pk], _("%(name)s goes on.") % {"name": row.candidate.name})


@moves
@require_GET
def next_action(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is next with these cards, and whose they are."""
    job = visible_job(request, pk)
    rows = _chosen(request, pk)
    first = rows[0] if len(rows) == 1 else None
    initial = {"action": first.next_action, "on": first.next_action_on} if first else {}
    context = {"job": job, "rows": rows, "only": first, "form": NextActionForm(initial=initial)}
    return dialog(request, "next_action", context)


@moves
@require_POST
def set_next_action(request: SignedInRequest, pk: int) -> HttpResponse:
    job, rows, form = visible_job(request, pk), _chosen(request, pk), NextActionForm(request.POST)
    try:
        services.set_next_actions(rows=rows, **parse(form), by=request.user, at=timezone.now())
    except Refused as refused:
        only = rows[0] if len(rows) == 1 else None
        return _again(request, "next_action", {"job": job, "rows": rows, "only": only, "form": form}, refused)
    said = ngettext("%(count)s card is up to date.", "%(count)s cards are up to date.", len(rows))
    return moved(request, job, [row.pk for row in rows], said % {"count": len(rows)})


@hires
@require_http_methods(["GET", "POST"])
def hire(request: SignedInRequest, pk: int) -> HttpResponse:
    row = visible_application(request, pk)
    form = HireForm(request.POST or None)
    if request.method == "GET":
        return dialog(request, "hire", {"row": row, "form": form})
    try:
        services.hire_application(**_terms(request, row), **parse(form))
    except Refused as refused:
        return _again(request, "hire", {"row": row, "form": form}, refused)
    return _after_hire(request, row)


def _after_hire(request: SignedInRequest, row: Application) -> HttpResponse:
    """Their other ways that are still open are offered for ending, each through the exit dialog."""
    visible = Application.objects.visible_to(request.user)
    others = list(selectors.other_live_applications(row).filter(pk__in=visible.values("pk")))
    said = _("%(name)s is hired.") % {"name": row.candidate.name}
    if not others:
        return moved(request, row.job, [row.pk], said)
    toast(request, said)
    return dialog(request, "after_hire", {"row": row, "others": others})


@hires
@require_GET
def after_hire(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same offer again, for whoever closed it or comes back from an exit."""
    row = get_object_or_404(Application.objects.visible_to(request.user).filter(outcome="hired"), pk=pk)
    visible = Application.objects.visible_to(request.user)
    others = list(selectors.other_live_applications(row).filter(pk__in=visible.values("pk")))
    return dialog(request, "after_hire", {"row": row, "others": others})


def _chosen(request: SignedInRequest, pk: int) -> list[Application]:
    form = CardsForm(request.POST if request.method == "POST" else request.GET)
    rows = Application.objects.visible_to(request.user).filter(job=pk)
    keys = parse(form)["card"] if form.is_valid() else []
    return list(rows.filter(pk__in=keys).select_related("candidate", "job").order_by("pk"))
