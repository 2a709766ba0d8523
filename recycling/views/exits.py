"""Letting somebody go: the dialog, its foretelling, the exit, and taking it back."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from funnel.models import Application, Outcome
from recruiting.accounts.requests import SignedInRequest, back
from recruiting.core.refused import Refused
from recruiting.core.toasts import toast
from recycling.forms.told import ToldForm
from recycling.leaving import did_not_start, exit_many, nothing_to_tell, record_told, stays_ended, undo_exit
from recycling.leaving.letters import letter_for
from recycling.models import Exit
from recycling.models.exits import Side
from recycling.views.exit_dialog import Dialog, own_address

MOST = 200  # cards let go in one go


def _chosen(request: SignedInRequest, pk: int | None) -> list[Application]:
    """The application of the address, or those named; 404 for what this person may not see."""
    keys = [pk] if pk else [int(key) for key in _given(request, "application") if key.isdecimal()][:MOST]
    visible = Application.objects.visible_to(request.user).filter(pk__in=keys).order_by("pk")
    found = list(
        visible.select_related(
            "candidate", "job", "job__family", "job__level", "step", "owner", "source", "previous"
        ).prefetch_related("candidate__contact_points")
    )
    if not found:
        raise Http404
    return found


def _given(request: SignedInRequest, name: str) -> list[str]:
    return (request.POST or request.GET).getlist(name)


def _show(request: SignedInRequest, dialog: Dialog, status: int = 200) -> HttpResponse:
    name = "recycling/exits/_exit.html" if request.htmx else "recycling/exits/exit.html"
    return render(request, name, dialog.context(), status=status)


@permission_required("funnel.exit_application", raise_exception=True)
@require_http_methods(["GET", "POST"])
def exit(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    dialog = Dialog(request, _chosen(request, pk), at=timezone.now())
    if request.method == "GET":
        return _show(request, dialog)
    if not dialog.form.is_valid():
        return _show(request, dialog, status=422)
    try:
        exits = _let_go(request, dialog)
    except Refused as refused:
        dialog.refusal = refused.message
        return _show(request, dialog, status=409)
    say_so(request, exits)
    return go_back(request)


def _let_go(request: SignedInRequest, dialog: Dialog) -> list[Exit]:
    """Whoever was hired did not start; everybody else leaves the funnel."""
    order = dialog.form.order()
    if dialog.one and dialog.one.outcome == Outcome.HIRED:
        if not request.user.has_perm("funnel.hire_application"):
            raise Refused(_("Your role does not take a hire back."), "not_allowed")
        return [did_not_start(application=dialog.one, order=order, by=request.user, at=dialog.at)]
    return exit_many(
        applications=dialog.applications,
        order=order,
        by=request.user,
        at=dialog.at,
        seen_versions=dialog.seen_versions,
    )


@permission_required("funnel.exit_application", raise_exception=True)
@require_POST
def preview(request: SignedInRequest, pk: int | None = None) -> HttpResponse:
    """The same dialog for what is chosen and typed so far. Changes nothing."""
    dialog = Dialog(request, _chosen(request, pk), at=timezone.now(), is_preview=True)
    return _show(request, dialog)


def say_so(request: SignedInRequest, exits: list[Exit]) -> None:
    first = exits[0]
    if len(exits) == 1:
        pool = first.reason.pool
        text = (
            _("%(name)s rests in %(pool)s.") % {"name": first.candidate.name, "pool": pool}
            if pool
            else _("%(name)s left the funnel.") % {"name": first.candidate.name}
        )
    else:
        text = ngettext("%(count)s person left.", "%(count)s people left.", len(exits)) % {"count": len(exits)}
    keys = "&".join(f"exit={each.pk}" for each in exits)
    toast(request, text, undo_url=f"{reverse('recycling:undo_exits')}?{keys}")


def go_back(request: SignedInRequest) -> HttpResponse:
    """Back to where the dialog was opened, seen anew."""
    if not request.htmx:
        return back(request)
    answer = HttpResponse(status=204)
    answer["HX-Refresh"] = "true"
    return answer


def _mine(request: SignedInRequest) -> Any:
    visible = Application.objects.visible_to(request.user)
    return Exit.objects.filter(application__in=visible).select_related(
        "application", "application__job", "application__candidate", "candidate", "job", "reason", "reason__pool"
    )


@permission_required("funnel.exit_application", raise_exception=True)
@require_POST
def undo(request: SignedInRequest) -> HttpResponse:
    """Take back every exit the address names, and go where it says; those that stay say why."""
    keys = [int(key) for key in request.GET.getlist("exit") if key.isdecimal()][:MOST]
    undone, said = 0, []
    for each in _mine(request).filter(pk__in=keys):
        try:
            undo_exit(exit=each, by=request.user, at=timezone.now())
            undone += 1
            said += stays_ended(each, request.user)
        except Refused as refused:
            said.append(refused.message)
    if undone:
        said.append(ngettext("%(count)s exit undone.", "%(count)s exits undone.", undone) % {"count": undone})
    toast(request, " ".join(said) or _("There is nothing to undo."))
    then = request.GET.get("next") or request.headers.get("Referer", "")
    return HttpResponseRedirect(own_address(request, then))


@permission_required("funnel.exit_application", raise_exception=True)
@require_GET
def tell(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who left and has not been told: a text to copy, and the day it was said."""
    return _tell(request, get_object_or_404(_mine(request), pk=pk, undone_at=None))


def _tell(request: SignedInRequest, exit: Exit, form: ToldForm | None = None, status: int = 200) -> HttpResponse:
    text = letter_for(exit.application, exit.reason, exit.side or Side.WE, request.user)
    form = form or ToldForm(at=timezone.now(), initial={"what": exit.told_what or text})
    name = "recycling/exits/_tell.html" if request.htmx else "recycling/exits/tell.html"
    return render(
        request,
        name,
        {"exit": exit, "form": form, "next": own_address(request, request.GET.get("next", ""))},
        status=status,
    )


@permission_required("funnel.exit_application", raise_exception=True)
@require_POST
def told(request: SignedInRequest, pk: int) -> HttpResponse:
    exit, now = get_object_or_404(_mine(request), pk=pk, undone_at=None), timezone.now()
    if "nothing" in request.POST:
        nothing_to_tell(exit=exit, by=request.user, at=now)
        return go_back(request)
    form = ToldForm(request.POST, at=now)
    if not form.is_valid():
        return _tell(request, exit, form, status=422)
    try:
        record_told(exit=exit, on=form.cleaned_data["on"], what=form.cleaned_data["what"], by=request.user, at=now)
    except Refused as refused:
        form.add_error(None, refused.message)
        return _tell(request, exit, form, status=409)
    toast(request, _("%(name)s has been told.") % {"name": exit.candidate.name})
    return go_back(request)
