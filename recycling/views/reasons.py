"""The list of reasons, which a recruiting lead keeps."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.days import plus_months, start_of, today
from recruiting.core.refused import Refused
from recruiting.core.toasts import toast
from recycling.forms.reasons import ReasonForm
from recycling.leaving.choices import NOT_BY_HAND, OFFERED, USED_MONTHS
from recycling.leaving.keeping import add_reason, edit_reason, swap_places
from recycling.models import Exit, ExitReason
from recycling.models.exits import Side

keeps_reasons = permission_required("recycling.change_reasons", raise_exception=True)


@keeps_reasons
@require_safe
def reasons(request: SignedInRequest) -> HttpResponse:
    """Every reason by side, with how often it was given in twelve months."""
    since = start_of(plus_months(today(), -USED_MONTHS))
    given = Exit.objects.filter(exited_at__gte=since, undone_at=None).order_by().values("reason")
    used = dict(given.annotate(used=Count("pk")).values_list("reason", "used"))  # exits_by_reason
    rows = list(ExitReason.objects.select_related("pool"))
    sides = [
        {
            "label": side.label,
            "rows": [(row, used.get(row.pk, 0)) for row in rows if row.side == side],
            "offered": sum(_is_offered(row) and row.side in (side, Side.EITHER) for row in rows),
        }
        for side in (Side.THEY, Side.WE, Side.EITHER)
    ]
    return render(request, "recycling/reasons/list.html", {"sides": sides, "most": OFFERED})


def _is_offered(reason: ExitReason) -> bool:
    return reason.is_offered and reason.is_active and reason.key not in NOT_BY_HAND


def _dialog(request: SignedInRequest, form: ReasonForm, status: int = 200, refusal: str = "") -> HttpResponse:
    name = "recycling/reasons/_reason.html" if request.htmx else "recycling/reasons/reason.html"
    return render(request, name, {"form": form, "reason": form.instance, "refusal": refusal}, status=status)


def _done(request: SignedInRequest, text: str) -> HttpResponse:
    toast(request, text)
    if not request.htmx:
        return redirect("recycling:reasons")
    answer = HttpResponse(status=204)
    answer["HX-Refresh"] = "true"
    return answer


@keeps_reasons
@require_http_methods(["GET", "POST"])
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    reason = get_object_or_404(ExitReason, pk=pk)
    form = ReasonForm(request.POST or None, instance=reason)
    if request.method == "GET":
        return _dialog(request, form)
    if not form.is_valid():
        return _dialog(request, form, status=422)
    seen = request.POST.get("version", "")
    version = int(seen) if seen.isdecimal() else None
    try:
        changed = edit_reason(
            reason=reason, changes=_given(form), by=request.user, at=timezone.now(), seen_version=version
        )
    except Refused as refused:
        return _dialog(request, form, status=409, refusal=refused.message)
    return _done(request, _("“%(reason)s” holds from now on.") % {"reason": changed})


@keeps_reasons
@require_http_methods(["GET", "POST"])
def new(request: SignedInRequest) -> HttpResponse:
    form = ReasonForm(request.POST or None, initial={"re_entry": "screening", "is_active": True, "is_offered": False})
    if request.method == "GET":
        return _dialog(request, form)
    if not form.is_valid():
        return _dialog(request, form, status=422)
    try:
        made = add_reason(fields=_given(form), by=request.user, at=timezone.now())
    except Refused as refused:
        return _dialog(request, form, status=409, refusal=refused.message)
    return _done(request, _("“%(reason)s” can be given now.") % {"reason": made})


def _given(form: ReasonForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in form.fields}


@keeps_reasons
@require_POST
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    reason = get_object_or_404(ExitReason, pk=pk)
    swap_places(reason=reason, up=request.POST.get("to") == "up", by=request.user, at=timezone.now())
    return redirect("recycling:reasons")
