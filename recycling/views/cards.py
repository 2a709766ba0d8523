"""What is done with one card: each verb is a dialog over a form, and works as a page of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.days import plus_days, today
from recruiting.core.refused import Refused
from recruiting.core.toasts import toast
from recycling import proposals
from recycling.desk.letters import address_of, ask_back
from recycling.desk.lines import whys
from recycling.explain.now import owning_agency
from recycling.forms.returns import AcceptForm, AskForm, DismissForm, ReasonForm, SnoozeForm, YesForm
from recycling.models import Proposal
from recycling.proposals.moving import proposals as all_cards

decides = permission_required("recycling.decide_proposal", raise_exception=True)
both = require_http_methods(["GET", "POST"])
SNOOZE_DAYS = 14  # what the dialog offers


def card_of(request: SignedInRequest, pk: int) -> Proposal:
    visible = Proposal.objects.visible_to(request.user).values("pk")
    return get_object_or_404(all_cards(), pk=pk, pk__in=visible, candidate__erased_at=None)


def desk_address(request: SignedInRequest) -> str:
    """Back to the tab one came from, with the card that comes next."""
    tab, after = request.GET.get("tab", ""), request.GET.get("after", "")
    parts = [f"tab={tab}" if tab.isalpha() else "", f"p={after}" if after.isdecimal() else ""]
    query = "&".join(part for part in parts if part)
    return reverse("recycling:returns") + (f"?{query}" if query else "")


def go(request: SignedInRequest, to: str) -> HttpResponse:
    if not request.htmx:
        return HttpResponseRedirect(to)
    answer = HttpResponse(status=204)
    answer["HX-Redirect"] = to
    return answer


def show(request: SignedInRequest, fragment: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The fragment into the dialog; a page of its own without htmx."""
    fragment = f"recycling/returns/{fragment}"
    context |= {"action": request.get_full_path(), "desk": desk_address(request), "fragment": fragment}
    return render(request, fragment if request.htmx else "recycling/returns/dialog.html", context, status=status)


def decide(
    request: SignedInRequest,
    form: Form,
    fragment: str,
    context: dict[str, Any],
    act: Callable[[dict[str, Any], datetime], HttpResponse],
) -> HttpResponse:
    """Show the form, or do what it says: 422 where it cannot be read, 409 with the reason where a rule says no."""
    next(iter(form.fields.values())).widget.attrs["autofocus"] = True
    if request.method == "GET":
        return show(request, fragment, {**context, "form": form})
    if not form.is_valid():
        return show(request, fragment, {**context, "form": form}, status=422)
    try:
        return act(form.cleaned_data, timezone.now())
    except Refused as refused:
        return show(request, fragment, {**context, "form": form, "refusal": refused.message}, status=409)


@decides
@both
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    card = card_of(request, pk)
    said = whys([card], timezone.now())[card.pk].said
    form = AcceptForm(request.POST or None, initial={"what_changed": said, "asker": request.user.pk})

    def act(given: dict[str, Any], at: datetime) -> HttpResponse:
        proposals.accept_proposal(proposal=card, by=request.user, at=at, **given)
        toast(request, _("%(name)s is being asked.") % {"name": card.candidate.name}, _undo("take_back", card))
        return go(request, _ask_next(request, card))

    return decide(request, form, "_accept.html", {"card": card, "said": said}, act)


def _ask_next(request: SignedInRequest, card: Proposal) -> str:
    """The desk again, with the dialog that asks them over it where that is one's own to do."""
    to = desk_address(request)
    if card.asker_id != request.user.pk:
        return to
    if not request.htmx:
        return reverse("recycling:ask", args=[card.pk])
    return f"{to}{'&' if '?' in to else '?'}ask={card.pk}"


def _undo(verb: str, card: Proposal) -> str:
    return reverse(f"recycling:{verb}", args=[card.pk])


@decides
@both
def ask(request: SignedInRequest, pk: int) -> HttpResponse:
    card = card_of(request, pk)
    agency = owning_agency(card.candidate_id, timezone.now())
    letter, address = ask_back(card, request.user, agency), address_of(card, agency)
    first = {"kind": card.entry.channel or "mail", "contact_point": card.entry.contact_point_id}
    first |= {"subject": letter.subject, "text": letter.text}
    form = AskForm(request.POST or None, card=card, through_agency=agency is not None, initial=first)

    def act(given: dict[str, Any], at: datetime) -> HttpResponse:
        proposals.record_asked(proposal=card, by=request.user, at=at, **given)
        toast(request, _("Noted: %(name)s has been asked.") % {"name": card.candidate.name})
        return go(request, desk_address(request))

    context = {"card": card, "agency": agency, "address": address, "mailto": letter.mailto(address)}
    return decide(request, form, "_ask.html", context, act)


@decides
@both
def yes(request: SignedInRequest, pk: int) -> HttpResponse:
    card = card_of(request, pk)
    form = YesForm(request.POST or None, initial={"stage": card.stage, "kind": card.entry.channel or "mail"})

    def act(given: dict[str, Any], at: datetime) -> HttpResponse:
        application = proposals.said_yes(proposal=card, by=request.user, at=at, **given)
        terms = {"name": card.candidate.name, "job": card.job, "cycle": application.cycle}
        undo = reverse("recycling:undo_return", args=[application.pk])
        toast(request, _("%(name)s is back: cycle %(cycle)s, %(job)s.") % terms, undo)
        return go(request, desk_address(request))

    return decide(request, form, "_yes.html", {"card": card}, act)


@decides
@both
def no(request: SignedInRequest, pk: int) -> HttpResponse:
    card = card_of(request, pk)
    form = ReasonForm(request.POST or None, entry=card.entry, is_answer=True, initial={"kind": card.entry.channel})

    def act(given: dict[str, Any], at: datetime) -> HttpResponse:
        proposals.said_no(proposal=card, order=form.order(), by=request.user, at=at, kind=given["kind"])
        toast(
            request, _("%(name)s rests again: %(reason)s.") % {"name": card.candidate.name, "reason": given["reason"]}
        )
        return go(request, desk_address(request))

    return decide(request, form, "_no.html", {"card": card}, act)


@decides
@both
def snooze(request: SignedInRequest, pk: int) -> HttpResponse:
    card = card_of(request, pk)
    form = SnoozeForm(request.POST or None, initial={"until": plus_days(today(), SNOOZE_DAYS)})

    def act(given: dict[str, Any], at: datetime) -> HttpResponse:
        proposals.snooze_proposal(proposal=card, until=given["until"], by=request.user, at=at)
        toast(request, _("%(name)s comes back to the desk later.") % {"name": card.candidate.name}, _undo("wake", card))
        return go(request, desk_address(request))

    return decide(request, form, "_snooze.html", {"card": card}, act)


@decides
@both
def dismiss(request: SignedInRequest, pk: int) -> HttpResponse:
    card = card_of(request, pk)
    form = DismissForm(request.POST or None)

    def act(given: dict[str, Any], at: datetime) -> HttpResponse:
        proposals.dismiss_proposal(proposal=card, by=request.user, at=at, **given)
        said = _("%(name)s rests again. This evidence stays silent.") % {"name": card.candidate.name}
        toast(request, said, _undo("undo_dismissal", card))
        return go(request, desk_address(request))

    return decide(request, form, "_dismiss.html", {"card": card}, act)


def _at_once(request: SignedInRequest, pk: int, verb: Callable[..., Proposal], said: str) -> HttpResponse:
    """A verb without a form: done, or refused in a sentence."""
    card = card_of(request, pk)
    try:
        verb(proposal=card, by=request.user, at=timezone.now())
        toast(request, said % {"name": card.candidate.name})
    except Refused as refused:
        toast(request, refused.message)
    return go(request, f"{reverse('recycling:returns')}?p={pk}")


@decides
@require_POST
def wake(request: SignedInRequest, pk: int) -> HttpResponse:
    return _at_once(request, pk, proposals.wake_proposal, _("%(name)s is on the desk again."))


@decides
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    return _at_once(request, pk, proposals.take_back, _("%(name)s is not asked, and rests again."))


@decides
@require_POST
def undo_dismissal(request: SignedInRequest, pk: int) -> HttpResponse:
    return _at_once(request, pk, proposals.undo_dismissal, _("%(name)s is on the desk again."))
