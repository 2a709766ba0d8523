"""Bringing people in, step by step: the list, the file, the mapping, the check, the run, the report."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast
from recruiting.integrations import report, selectors, services
from recruiting.integrations.forms import AnswersForm, UploadForm
from recruiting.integrations.models import Import, ImportState
from recruiting.integrations.views import pages

imports_people = permission_required("integrations.import_people", raise_exception=True)


@imports_people
@require_GET
def imports(request: SignedInRequest) -> HttpResponse:
    page = selectors.imports_page(
        Import.objects.visible_to(request.user),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    return render(request, "integrations/imports.html", {"page": page, **pages.turns(request, page)})


@imports_people
@require_GET
def new(request: SignedInRequest) -> HttpResponse:
    return render(request, "integrations/new.html", {"form": UploadForm()})


@imports_people
@require_POST
def start(request: SignedInRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    try:
        said = parse(form)
        table = services.start_import(
            source=said["source"], files=said["file"], system=said["system"], by=request.user, at=timezone.now()
        )
    except Refused as refused:
        refusal = "" if form.errors else refused.message
        return render(request, "integrations/new.html", {"form": form, "refusal": refusal}, status=422)
    try:
        services.set_basis(table=table, **form.basis_terms(), by=request.user, at=timezone.now())
    except Refused as refused:
        toast(request, refused.message)
    return redirect("integrations:mapping", table.pk)


@imports_people
@require_GET
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    table = _table(request, pk)
    if table.state == ImportState.DRAFT:
        return redirect("integrations:mapping", pk)
    if table.is_at_work:
        return render(request, "integrations/running.html", pages.progress(table))
    return render(request, "integrations/result.html", pages.result(request, table))


@imports_people
@require_GET
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for every second; once it is over the page shows what came of it."""
    table = _table(request, pk)
    if table.is_at_work:
        return render(request, "integrations/_progress.html", pages.progress(table))
    there = reverse("integrations:detail", args=[pk])
    return HttpResponse(headers={"HX-Redirect": there}) if request.htmx else HttpResponseRedirect(there)


@imports_people
@require_GET
def mapping(request: SignedInRequest, pk: int) -> HttpResponse:
    table = _table(request, pk)
    if table.state not in (ImportState.DRAFT, ImportState.CHECKED):
        return redirect("integrations:detail", pk)
    return render(request, "integrations/mapping.html", {"table": table, "form": AnswersForm(table=table)})


@imports_people
@require_POST
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Keep the answers and ask for the dry run."""
    table = _table(request, pk)
    form = AnswersForm(request.POST, table=table)
    try:
        parse(form)
        pages.keep_answers(table, form, by=request.user, at=timezone.now())
    except Refused as refused:
        context = {"table": table, "form": form, "refusal": "" if form.errors else refused.message}
        return render(request, "integrations/mapping.html", context, status=422)
    return redirect("integrations:detail", pk)


@imports_people
@require_POST
def run(request: SignedInRequest, pk: int) -> HttpResponse:
    return _verb(request, pk, services.run_import)


@imports_people
@require_POST
def stop(request: SignedInRequest, pk: int) -> HttpResponse:
    return _verb(request, pk, services.stop_import)


def _verb(request: SignedInRequest, pk: int, service: Any) -> HttpResponse:
    try:
        service(table=_table(request, pk), by=request.user, at=timezone.now())
    except Refused as refused:
        toast(request, refused.message)
    return redirect("integrations:detail", pk)


@imports_people
@require_GET
def download(request: SignedInRequest, pk: int) -> StreamingHttpResponse:
    """The report, row by row, as a table that a spreadsheet opens."""
    table = _table(request, pk)
    lines = (line.encode() for line in report.lines(table))
    answer = StreamingHttpResponse(pages.marked(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="import-{table.pk}.csv"'
    return answer


def _table(request: SignedInRequest, pk: int) -> Import:
    return get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
