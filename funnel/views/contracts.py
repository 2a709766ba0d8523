"""The contract strip: propose a weekly promise, agree, take back, end. Dialogs that are pages without JavaScript."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from funnel import contracts
from funnel.border_blocks import Look, agreement_at
from funnel.forms_contracts import ContractForm, PairForm
from funnel.models import Contract
from funnel.models.contracts import AGREED
from funnel.views.borders import look_of, looks_at_borders
from funnel.views.sections import dialog
from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast
from recruiting.jobs.models import Job

Verb = Callable[..., Contract]


@looks_at_borders
@require_http_methods(["GET", "POST"])
def propose(request: SignedInRequest) -> HttpResponse:
    """Which border and which roles stand in the address: ?stage=&sender=&receiver=, and ?job= for one job alone."""
    pair, look = PairForm(request.GET), look_of(request)
    if not pair.is_valid():
        return redirect("funnel:borders")
    form = ContractForm(request.POST or None, before=_running(pair, look.job))
    context = {"pair": pair, "job": look.job, "form": form, "address": request.get_full_path()}
    if request.method == "GET":
        return dialog(request, "propose_contract", context)
    try:
        parse(form)
        contracts.propose_contract(terms=form.terms(pair, look.job), by=request.user, at=look.until)
    except Refused as refused:
        refusal = "" if form.errors else refused.message
        return dialog(request, "propose_contract", {**context, "refusal": refusal}, 422 if form.errors else 409)
    return _page_again(request, look.job, _("Proposed. It is in force once both sides agreed."))


@looks_at_borders
@require_POST
def agree(request: SignedInRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, contracts.agree_contract, _("You agreed to the contract."))


@looks_at_borders
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    return _answer(request, pk, contracts.withdraw_contract, _("The proposal is off the table."))


@looks_at_borders
@require_http_methods(["GET", "POST"])
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asked once, because the other side relies on it."""
    contract = _visible(request, pk)
    if request.method == "GET":
        return dialog(request, "end_contract", {"contract": contract})
    try:
        contracts.end_contract(contract=contract, by=request.user, at=timezone.now())
    except Refused as refused:
        return dialog(request, "end_contract", {"contract": contract, "refusal": refused.message}, 409)
    return _page_again(request, contract.job, _("The contract ends with the running week."))


def _answer(request: SignedInRequest, pk: int, verb: Verb, said: str) -> HttpResponse:
    """Run it, and answer the strip as it stands now; without htmx the page, with what happened in a toast."""
    contract = _visible(request, pk)
    refusal = ""
    try:
        verb(contract=contract, by=request.user, at=timezone.now())
    except Refused as refused:
        refusal = refused.message
    if not request.htmx:
        return _page_again(request, contract.job, refusal or said)
    jobs = Job.objects.filter(pk=contract.job_id) if contract.job_id else None
    look = Look(request.user, timezone.now(), timezone.now(), contract.job, jobs)
    pair = agreement_at(look, (contract.to_stage, contract.from_role, contract.to_role))
    context: dict[str, Any] = {"pair": pair, "look": look, "refusal": refusal}
    return render(request, "funnel/borders/_agreement.html", context, status=409 if refusal else 200)


def _visible(request: SignedInRequest, pk: int) -> Contract:
    """Of the whole house, or of a job the reader may see."""
    mine = Q(job=None) | Q(job__in=Job.objects.visible_to(request.user))
    return get_object_or_404(Contract.objects.select_related("job").filter(mine), pk=pk)


def _running(pair: PairForm, job: Job | None) -> Contract | None:
    """What a new proposal starts from."""
    asked = pair.cleaned_data
    same = Contract.objects.filter(
        AGREED, job=job, to_stage=asked["stage"], from_role=asked["sender"], to_role=asked["receiver"]
    )
    return same.first()


def _page_again(request: SignedInRequest, job: Job | None, said: str) -> HttpResponse:
    toast(request, said)
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return redirect(reverse("funnel:borders") + (f"?job={job.pk}" if job else ""))
