"""What the views of offers share: who may know of them, which offer, and how a refusal is answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from funnel.models import Application, Offer
from funnel.models.offers import MAKE_OFFER, VIEW_OFFER
from funnel.offers import selectors
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.toasts import toast

makes_offers = permission_required(MAKE_OFFER, raise_exception=True)
approves_offers = permission_required("funnel.approve_offer", raise_exception=True)
hires = permission_required("funnel.hire_application", raise_exception=True)
Args = ParamSpec("Args")


def open_to_offer_readers(
    view: Callable[Concatenate[SignedInRequest, Args], HttpResponse],
) -> Callable[Concatenate[SignedInRequest, Args], HttpResponse]:
    """For everybody else these pages do not exist, whatever number they name."""

    @login_required
    @wraps(view)
    def inner(request: SignedInRequest, *args: Args.args, **kwargs: Args.kwargs) -> HttpResponse:
        if not request.user.has_perm(VIEW_OFFER):
            raise Http404
        return view(request, *args, **kwargs)

    return inner  # type: ignore[return-value]


def visible_offer(request: SignedInRequest, pk: int) -> Offer:
    rows = Offer.objects.visible_to(request.user).select_related("application__candidate", "application__job")
    return get_object_or_404(rows, pk=pk)


def person_of(request: SignedInRequest, pk: int) -> Application:
    rows = Application.objects.visible_to(request.user).select_related("candidate", "job", "job__level", "step")
    return get_object_or_404(rows, pk=pk)


def show(
    request: SignedInRequest, application: Application, refusal: str = "", status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a person's offer, as it is now; `refusal` stands above it."""
    reads = selectors.offers_of(application, request.user, timezone.now())
    context = {"application": application, "reads": reads, "refusal": refusal, **more}
    return render(request, "funnel/offers/offer.html", context, status=status)


def dialog(request: SignedInRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The fragment for the open page, or a page of its own around it."""
    fragment = f"funnel/offers/_{name}.html"
    if request.htmx:
        return render(request, fragment, context, status=status)
    return render(request, "funnel/dialog.html", {**context, "fragment": fragment}, status=status)


def to_offer(request: SignedInRequest, application: int, said: str = "") -> HttpResponse:
    """Back to the page, seen anew, with what happened in a toast."""
    if said:
        toast(request, said)
    url = reverse("funnel:offer", args=[application])
    return HttpResponse(status=204, headers={"HX-Redirect": url}) if request.htmx else redirect(url)
