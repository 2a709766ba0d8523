"""From one job to another, in a dialog of two questions."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from funnel.models import Application
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused
from recruiting.core.toasts import toast
from recycling.forms.moving import MoveForm
from recycling.leaving import move_to_another_job
from recycling.views.exit_dialog import own_address
from recycling.views.exits import go_back


@permission_required("funnel.move_application", raise_exception=True)
@require_http_methods(["GET", "POST"])
def move_job(request: SignedInRequest, pk: int) -> HttpResponse:
    visible = Application.objects.visible_to(request.user).live()
    application = get_object_or_404(visible.select_related("candidate", "job", "step", "source", "owner"), pk=pk)
    form = MoveForm(request.POST or None, application=application, user=request.user)
    if not form.is_valid():
        return _show(request, application, form, status=200 if request.method == "GET" else 422)
    try:
        moved = _move(request, application, form)
    except Refused as refused:
        return _show(request, application, form, status=409, refusal=refused.message)
    toast(request, _("%(name)s goes on in %(job)s.") % {"name": moved.candidate.name, "job": moved.job})
    return go_back(request)


def _move(request: SignedInRequest, application: Application, form: MoveForm) -> Application:
    seen = request.POST.get("version", "")
    return move_to_another_job(
        application=application,
        **form.cleaned_data,
        by=request.user,
        at=timezone.now(),
        seen_version=int(seen) if seen.isdecimal() else None,
    )


def _show(
    request: SignedInRequest, application: Application, form: MoveForm, status: int = 200, refusal: str = ""
) -> HttpResponse:
    name = "recycling/exits/_move.html" if request.htmx else "recycling/exits/move.html"
    context = {
        "application": application,
        "form": form,
        "refusal": refusal,
        "next": own_address(request, (request.POST or request.GET).get("next", "")),
    }
    return render(request, name, context, status=status)
