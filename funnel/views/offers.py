"""A person's offer: its page, its terms being written, and the list of all of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from funnel.forms_offers import OfferForm, OffersFilterForm, as_typed, from_job
from funnel.models import OPEN_OFFER, Application, Offer, OfferState, OfferVersion
from funnel.offers import drafting, selectors
from funnel.offers.changing import seen_of
from funnel.offers.terms import is_outside_band, terms_of
from funnel.offers.wording import TONES
from funnel.views.offer_sections import (
    dialog,
    makes_offers,
    open_to_offer_readers,
    person_of,
    show,
    to_offer,
    visible_offer,
)
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.paging import keyset
from recruiting.core.refused import Refused, parse
from recruiting.jobs.models import Job

ROWS = 50


@open_to_offer_readers
@require_GET
def offer(request: SignedInRequest, pk: int) -> HttpResponse:
    return show(request, person_of(request, pk))


@open_to_offer_readers
@makes_offers
@require_http_methods(["GET", "POST"])
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """The first terms, or those of a new offer after one that came to nothing."""
    row = person_of(request, pk)
    form = OfferForm(request.POST or None, initial=_start_from(row))
    if request.method == "GET":
        return dialog(request, "terms", {"row": row, "form": form})
    try:
        parse(form)
        made = drafting.draft_offer(application=row, terms=form.terms(), by=request.user, at=timezone.now())
    except Refused as refused:
        return _again(request, {"row": row, "form": form}, refused)
    return to_offer(request, row.pk, _said(made, form))


@open_to_offer_readers
@makes_offers
@require_http_methods(["GET", "POST"])
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    found = visible_offer(request, pk)
    latest = OfferVersion.objects.get(offer=found, number=found.version)
    form = OfferForm(request.POST or None, initial=as_typed(terms_of(latest)))
    seen = request.POST.get("seen") or seen_of(found)
    context = {"row": found.application, "form": form, "offer": found, "seen": seen}
    if request.method == "GET":
        return dialog(request, "terms", context)
    try:
        parse(form)
        made = drafting.revise_offer(offer=found, terms=form.terms(), by=request.user, at=timezone.now(), seen=seen)
    except Refused as refused:
        return _again(request, context, refused)
    return to_offer(request, found.application_id, _said(made, form))


def _again(request: SignedInRequest, context: dict[str, Any], refused: Refused) -> HttpResponse:
    """What was typed stays: 422 where a field is wrong, 409 where a rule said no."""
    refusal = "" if context["form"].errors else refused.message
    return dialog(request, "terms", {**context, "refusal": refusal}, 422 if refused.code == "invalid" else 409)


def _start_from(row: Application) -> dict[str, Any]:
    last = OfferVersion.objects.filter(offer__application=row).order_by("-offer", "-number").first()
    return as_typed(terms_of(last)) if last else from_job(row.job)


def _said(made: Offer, form: OfferForm) -> str:
    if is_outside_band(made.job, form.terms()):
        return _("The terms are saved. The pay lies outside the job’s band, and the approvers see that.")
    return _("The terms are saved.")


@open_to_offer_readers
@require_GET
def offers(request: SignedInRequest) -> HttpResponse:
    """Everybody's, or those of the jobs the reader sees: by state, by job, by name."""
    jobs = Job.objects.visible_to(request.user).filter(offers__isnull=False).distinct().order_by("title", "pk")
    form = OffersFilterForm(request.GET, jobs=jobs)
    rows = _wanted(selectors.listed(request.user), form)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = keyset(rows, ("-created_at", "-pk"), after=after, before=before, size=ROWS)
    lines = [(row, TONES[OfferState(row.state)]) for row in page.rows]
    asked = _asked(request)
    context = {"form": form, "lines": lines, "is_filtered": any(asked.values())}
    for name, key, cursor in (("next_url", "after", page.after), ("previous_url", "before", page.before)):
        context[name] = f"?{asked.urlencode()}&{key}={cursor}" if cursor else ""
    return render(request, "funnel/offers/offers.html", context)


def _asked(request: SignedInRequest) -> QueryDict:
    """What was filtered by, without the place in the list."""
    asked = request.GET.copy()
    asked.pop("after", None)
    asked.pop("before", None)
    return asked


def _wanted(rows: QuerySet[Offer], form: OffersFilterForm) -> QuerySet[Offer]:
    given = form.cleaned_data if form.is_valid() else {}
    state = given.get("state", "")
    if state != "all":
        rows = rows.filter(state__in=[state] if state else OPEN_OFFER)
    if given.get("job"):
        rows = rows.filter(job=given["job"])
    for word in given.get("q", "").split():
        person = "application__candidate__"
        rows = rows.filter(
            Q(**{f"{person}family_name__icontains": word}) | Q(**{f"{person}given_name__icontains": word})
        )
    return rows
