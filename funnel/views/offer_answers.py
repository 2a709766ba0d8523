"""What is done with an offer: asked about, approved, sent back, extended, accepted, rescinded."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from funnel import selectors as people
from funnel.forms_offers import ApproversForm, ExtendForm, WhyForm
from funnel.models import Application, Offer, OfferState
from funnel.offers import answering, approving
from funnel.offers.approvers import approved_just_now, drafters_of, possible_approvers, proposed_approvers
from funnel.offers.changing import current_version, seen_of
from funnel.views.offer_sections import (
    approves_offers,
    dialog,
    hires,
    makes_offers,
    open_to_offer_readers,
    person_of,
    show,
    to_offer,
    visible_offer,
)
from funnel.views.sections import dialog as funnel_dialog
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast
from recruiting.jobs.selectors import seems_filled


def _terms(request: SignedInRequest, offer: Offer) -> dict[str, Any]:
    """What every verb takes: which, by whom, when, and what was on the screen."""
    return {"offer": offer, "by": request.user, "at": timezone.now(), "seen": request.POST.get("seen")}


def _context(request: SignedInRequest, offer: Offer, **more: Any) -> dict[str, Any]:
    seen = request.POST.get("seen") or seen_of(offer)
    return {"row": offer.application, "offer": offer, "seen": seen, **more}


def _again(request: SignedInRequest, name: str, context: dict[str, Any], refused: Refused) -> HttpResponse:
    refusal = "" if "form" in context and context["form"].errors else refused.message
    return dialog(request, name, {**context, "refusal": refusal}, 422 if refused.code == "invalid" else 409)


def _name(offer: Offer) -> dict[str, str]:
    return {"name": offer.application.candidate.name}


@open_to_offer_readers
@makes_offers
@require_http_methods(["GET", "POST"])
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    """In which order who approves: the job's approvers unless somebody says otherwise."""
    found = visible_offer(request, pk)
    form = _approvers(request, found)
    context = _context(request, found, form=form)
    if request.method == "GET":
        return dialog(request, "ask", context)
    try:
        parse(form)
        asked = approving.ask_approval(approvers=form.approvers(), **_terms(request, found))
    except Refused as refused:
        return _again(request, "ask", context, refused)
    first = form.approvers()[0].name if asked.state == OfferState.WAITING else ""
    said = _("%(name)s is asked to approve.") % {"name": first} if first else _("The offer can go out.")
    return to_offer(request, found.application_id, said)


def _approvers(request: SignedInRequest, offer: Offer) -> ApproversForm:
    drafters = drafters_of(offer)
    possible = possible_approvers(offer.job, drafters)
    proposed = proposed_approvers(offer.job, drafters, timezone.now())
    return ApproversForm(request.POST or None, possible=possible, proposed=proposed)


@open_to_offer_readers
@approves_offers
@require_POST
def approve(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible_offer(request, pk)
    try:
        now = approving.approve_offer(**_terms(request, found))
    except Refused as refused:
        if not approved_just_now(found, request.user, timezone.now()):
            return _refused(request, found, refused)
        now = Offer.objects.get(pk=pk)
    is_last = now.state == OfferState.APPROVED
    said = _("Approved. The offer to %(name)s can go out.") if is_last else _("Approved. The next approver is asked.")
    return to_offer(request, found.application_id, said % _name(found))


@open_to_offer_readers
@approves_offers
@require_POST
def refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible_offer(request, pk)
    try:
        approving.refuse_offer(why=request.POST.get("why", ""), **_terms(request, found))
    except Refused as refused:
        return _refused(request, found, refused)
    return to_offer(request, found.application_id, _("The offer to %(name)s goes back to draft.") % _name(found))


def _refused(request: SignedInRequest, offer: Offer, refused: Refused) -> HttpResponse:
    """The page as it is now, with the reason above it and what was typed kept."""
    row = person_of(request, offer.application_id)
    return show(request, row, refused.message, 409, why=request.POST.get("why", ""))


@open_to_offer_readers
@makes_offers
@require_http_methods(["GET", "POST"])
def extend(request: SignedInRequest, pk: int) -> HttpResponse:
    """It goes out, or those who have it get more days."""
    found, now = visible_offer(request, pk), timezone.now()
    form = ExtendForm(request.POST or None, at=now, initial={"expires_on": answering.usual_end(now)})
    context = _context(request, found, form=form)
    if request.method == "GET":
        return dialog(request, "extend", context)
    try:
        answering.extend_offer(**parse(form), **_terms(request, found))
    except Refused as refused:
        return _again(request, "extend", context, refused)
    return to_offer(request, found.application_id, _("The offer to %(name)s is out.") % _name(found))


@open_to_offer_readers
@hires
@require_http_methods(["GET", "POST"])
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """They said yes: what follows is said first, then the hire, then what else of theirs is open."""
    found = visible_offer(request, pk)
    context = _context(request, found, version=current_version(found))
    if request.method == "GET":
        return dialog(request, "accept", context)
    try:
        accepted = answering.accept_offer(**_terms(request, found))
    except Refused as refused:
        if found.state != OfferState.ACCEPTED or found.resolved_by_id != request.user.pk:
            return _again(request, "accept", context, refused)
        accepted = found  # the second press finds what the first one did
    return _hired(request, accepted)


def _hired(request: SignedInRequest, offer: Offer) -> HttpResponse:
    """The last seat asks whether the job is filled; their other open ways are offered for ending."""
    row, said = offer.application, _("%(name)s is hired.") % _name(offer)
    visible = Application.objects.visible_to(request.user)
    others = list(people.other_live_applications(row).filter(pk__in=visible.values("pk")))
    if seems_filled(row.job):
        said += " " + _("That was the last opening: say on the job’s page whether it is filled.")
    if not others:
        return to_offer(request, row.pk, said)
    toast(request, said)
    return funnel_dialog(request, "after_hire", {"row": row, "others": others})


@open_to_offer_readers
@makes_offers
@require_http_methods(["GET", "POST"])
def rescind(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible_offer(request, pk)
    form = WhyForm(request.POST or None)
    context = _context(request, found, form=form)
    if request.method == "GET":
        return dialog(request, "rescind", context)
    try:
        answering.rescind_offer(**parse(form), **_terms(request, found))
    except Refused as refused:
        return _again(request, "rescind", context, refused)
    return to_offer(request, found.application_id, _("The offer to %(name)s is taken back.") % _name(found))
