"""An offer declined: the exit dialog, with what people decline offers for first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from funnel.models import Application, Offer, OfferState
from funnel.views.offer_sections import open_to_offer_readers
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused
from recycling.forms.exits import ExitForm
from recycling.leaving.choices import OFFERED, Offered
from recycling.models import Exit
from recycling.models.exits import Side
from recycling.offers import decline_offer, fitting_first
from recycling.views.exit_dialog import Dialog
from recycling.views.exits import go_back, say_so

# As with every other answer to an offer: whoever makes offers records it.
lets_go = permission_required(("funnel.exit_application", "funnel.make_offer"), raise_exception=True)


class DeclineDialog(Dialog):
    """The exit dialog of one who declines: the side is theirs, and the floor they need is asked for anew."""

    def __init__(self, request: SignedInRequest, offer: Offer, application: Application, **more: Any) -> None:
        self.offer = offer
        super().__init__(request, [application], **more)

    def _side(self) -> str:
        return str(Side.THEY)

    def _form(self, is_preview: bool) -> ExitForm:
        form = super()._form(is_preview)
        if "pay_floor" in form.fields:
            form.fields["pay_floor"].initial = None
        return form

    def context(self) -> dict[str, Any]:
        found = super().context()
        first, rest = _in_order([*found["first"], *found["rest"]])
        terms = {"seen": self.data.get("seen", ""), "offer": self.offer, "first": first, "rest": rest}
        for name, path in (("action", "decline_offer"), ("preview", "decline_offer_preview")):
            terms[name] = reverse(f"recycling:{path}", args=[self.offer.pk])
        return {**found, **terms}


def _in_order(reasons: list[Offered]) -> tuple[list[Offered], list[Offered]]:
    """The usual ones of a decline, then as anywhere; the first twelve with their number."""
    keyed = {each.reason.pk: each for each in reasons}
    ordered = [keyed[reason.pk] for reason in fitting_first([each.reason for each in reasons])]
    numbered = [
        replace(each, key_cap=str(place) if place < 10 else "") for place, each in enumerate(ordered[:OFFERED], 1)
    ]
    return numbered, [replace(each, key_cap="") for each in ordered[OFFERED:]]


@open_to_offer_readers
@lets_go
@require_http_methods(["GET", "POST"])
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    dialog = _dialog(request, pk)
    if request.method == "GET":
        return _show(request, dialog)
    if not dialog.form.is_valid():
        return _show(request, dialog, status=422)
    try:
        exit = _record(request, dialog)
    except Refused as refused:
        dialog.refusal = refused.message
        return _show(request, dialog, status=409)
    say_so(request, [exit])
    return go_back(request)


def _record(request: SignedInRequest, dialog: DeclineDialog) -> Exit:
    return decline_offer(
        offer=dialog.offer,
        order=dialog.form.order(),
        by=request.user,
        at=dialog.at,
        seen=dialog.data.get("seen"),
        seen_version=dialog.seen_versions.get(dialog.offer.application_id),
    )


@open_to_offer_readers
@lets_go
@require_POST
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same dialog for what is chosen and typed so far. Changes nothing."""
    return _show(request, _dialog(request, pk, is_preview=True))


def _dialog(request: SignedInRequest, pk: int, *, is_preview: bool = False) -> DeclineDialog:
    offer = get_object_or_404(Offer.objects.visible_to(request.user), pk=pk)
    rows = Application.objects.visible_to(request.user).select_related(
        "candidate", "job", "job__family", "job__level", "step", "owner", "source", "previous"
    )
    row = get_object_or_404(rows.prefetch_related("candidate__contact_points"), pk=offer.application_id)
    dialog = DeclineDialog(request, offer, row, at=timezone.now(), is_preview=is_preview)
    if offer.state != OfferState.EXTENDED and request.method == "GET":
        dialog.refusal = _("This offer is not out: %(state)s.") % {"state": offer.get_state_display()}
    return dialog


def _show(request: SignedInRequest, dialog: DeclineDialog, status: int = 200) -> HttpResponse:
    name = "recycling/exits/_exit.html" if request.htmx else "recycling/exits/exit.html"
    return render(request, name, dialog.context(), status=status)
