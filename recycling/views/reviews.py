"""What is done with a stay whose day of review has come, and with a return that was a mistake."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from funnel.models import Application
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.days import plus_months, today
from recruiting.core.refused import Refused
from recruiting.core.toasts import toast
from recycling import reviews
from recycling.forms.returns import CloseForm, KeepForm, ProposeForm, ReasonForm
from recycling.models import PoolEntry
from recycling.proposals import propose_by_hand
from recycling.returns import undo_return
from recycling.views.cards import both, decide, decides, desk_address, go

NEXT_LOOK_MONTHS = 6


def entry_of(request: SignedInRequest, pk: int) -> PoolEntry:
    seen = PoolEntry.objects.visible_to(request.user).filter(candidate__erased_at=None)
    return get_object_or_404(seen.select_related("candidate", "pool", "reason", "left__job", "left__step"), pk=pk)


@decides
@both
def keep(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = entry_of(request, pk)
    until = plus_months(today(), NEXT_LOOK_MONTHS)
    last = entry.candidate.use_until
    form = KeepForm(request.POST or None, initial={"until": min(until, last) if last else until})

    def act(given: dict[str, Any], at: datetime) -> HttpResponse:
        reviews.keep_until(entry=entry, by=request.user, at=at, **given)
        toast(request, _("%(name)s goes on resting.") % {"name": entry.candidate.name})
        return go(request, desk_address(request))

    return decide(request, form, "_keep.html", {"entry": entry}, act)


@decides
@both
def reason(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = entry_of(request, pk)
    form = ReasonForm(request.POST or None, entry=entry, is_answer=False)

    def act(given: dict[str, Any], at: datetime) -> HttpResponse:
        reviews.change_reason(entry=entry, order=form.order(), by=request.user, at=at)
        toast(request, _("%(name)s rests in %(pool)s now.") % {"name": entry.candidate.name, "pool": entry.pool})
        return go(request, desk_address(request))

    return decide(request, form, "_reason.html", {"entry": entry}, act)


@decides
@both
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = entry_of(request, pk)

    def act(given: dict[str, Any], at: datetime) -> HttpResponse:
        reviews.close_after_review(entry=entry, by=request.user, at=at, why=given["why"])
        toast(request, _("This stay of %(name)s is over.") % {"name": entry.candidate.name})
        return go(request, desk_address(request))

    return decide(request, CloseForm(request.POST or None), "_close.html", {"entry": entry}, act)


@decides
@both
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """By hand, from a review, the pools, a person's page or a job's list of whom to ask."""
    entry = entry_of(request, pk)
    form = ProposeForm(request.POST or None, user=request.user, initial={"job": request.GET.get("job")})

    def act(given: dict[str, Any], at: datetime) -> HttpResponse:
        card = propose_by_hand(entry=entry, by=request.user, at=at, **given)
        toast(request, _("%(name)s is on your desk.") % {"name": entry.candidate.name})
        return go(request, f"{reverse('recycling:returns')}?p={card.pk}")

    return decide(request, form, "_propose.html", {"entry": entry}, act)


@decides
@require_POST
def undo(request: SignedInRequest, pk: int) -> HttpResponse:
    """That return was a mistake: they rest again."""
    seen = Application.objects.visible_to(request.user).select_related("candidate", "job", "step")
    application = get_object_or_404(seen, pk=pk)
    try:
        undo_return(application=application, by=request.user, at=timezone.now())
        toast(request, _("%(name)s rests again.") % {"name": application.candidate.name})
    except Refused as refused:
        toast(request, refused.message)
    return go(request, reverse("recycling:returns"))
