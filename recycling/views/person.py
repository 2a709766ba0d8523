"""One person: overview, documents, consent and history; their files; and the day they left us."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import permission_required
from django.forms import Form
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from funnel.handoffs.selectors import offered_of
from funnel.models import LIVE
from funnel.selectors import candidates_visible_to
from recruiting.accounts.requests import SignedInRequest
from recruiting.candidates.forms.fields import LANGUAGES
from recruiting.candidates.models import Candidate, Document, Note
from recruiting.candidates.sniff import INLINE, PDF, TEXT
from recruiting.contact.services import record_touch
from recruiting.core.days import day_of, today
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast
from recycling import person as reading
from recycling.forms.people import DepartureForm, TouchForm
from recycling.leaving import record_departure
from recycling.models import PoolEntry
from recycling.person.course import STANDING, entries_of
from recycling.person.head import people_with_head
from recycling.person.skills import evidence_of

TABS = {"": "_overview", "documents": "_documents", "history": "_history"}
# A browser's own reader of PDF does not start in a sandbox; a PDF can run nothing here anyway.
_READER = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'none'"
_SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


@permission_required("candidates.view_candidate", raise_exception=True)
@require_GET
def person(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(people_with_head(request.user), public_id=public_id)
    tab = request.GET.get("tab", "")
    if tab not in TABS or (tab == "history" and not request.user.has_perm("candidates.view_consent")):
        tab = ""
    entries = entries_of(found) if request.user.sees_everybody else []
    cycles = reading.cycles_of(found, request.user, entries)
    context = {"head": reading.head_of(found), "person": found, "tab": tab, "cycles": cycles, "day": today()}
    context |= _where(cycles, entries, timezone.now())
    if not tab:
        context |= _overview(request, found, cycles, entries)
    else:
        context |= _documents(found) if tab == "documents" else _history(request, found)
    context["part"] = f"recycling/people/{TABS[tab]}.html"
    return render(request, "recycling/people/person.html", context)


def _overview(
    request: SignedInRequest, found: Candidate, cycles: list[reading.Cycle], entries: list[PoolEntry]
) -> dict[str, Any]:
    at, user = timezone.now(), request.user
    day = day_of(at)
    job = reading.job_compared_with(cycles)
    evidence = evidence_of(found, user, cycles)
    seen = [cycle for cycle in cycles if not cycle.is_elsewhere]
    return {
        "river": reading.course_of(seen, [entry for entry in entries if entry.left_id is None], at=at),
        "job": job,
        "writes_in": dict(LANGUAGES).get(found.language, found.language),
        "skills": reading.skills_of(evidence, job, day),
        "evaluations": reading.evaluations_of(evidence, day) if user.has_perm("candidates.view_evaluations") else [],
        "notes": _notes(found) if user.sees_everybody else [],
        "happened": reading.happened(
            found,
            user,
            jobs={cycle.application.job_id: cycle.application.job.title for cycle in seen},
            reasons={cycle.exit.reason.key: str(cycle.exit.reason) for cycle in seen if cycle.exit},
        ),
    }


def _where(cycles: list[reading.Cycle], entries: list[PoolEntry], at: datetime) -> dict[str, Any]:
    """What the badge beside the name says: the way they are on, else the stay they rest in."""
    seen = [cycle.application for cycle in cycles if not cycle.is_elsewhere]
    stay = next((entry for entry in reversed(entries) if entry.state in STANDING), None)
    live = next((application for application in seen if application.outcome in LIVE), None)
    return {
        "live": live,
        "gate": offered_of([live.pk]).get(live.pk) if live else None,
        "stay": stay,
        "stay_days": (day_of(at) - day_of(stay.entered_at)).days if stay else None,
    }


def _notes(found: Candidate) -> list[Note]:
    return list(Note.objects.filter(candidate=found, removed_at=None).select_related("written_by")[:8])


def _documents(found: Candidate) -> dict[str, Any]:
    shown = Document.objects.filter(candidate=found, removed_at=None).select_related("added_by")
    return {"documents": list(shown)}


def _history(request: SignedInRequest, found: Candidate) -> dict[str, Any]:
    return {
        "bases": list(found.bases.select_related("recorded_by")),
        "points": list(found.contact_points.all()),
        "sources": list(found.sources.select_related("agency", "referrer")),
        "happened": reading.happened(found, request.user),
    }


@permission_required("recycling.view_pools", raise_exception=True)
@require_GET
def standing(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(candidates_visible_to(request.user), public_id=public_id)
    context = {"person": found, "standing": reading.standing_of(found, at=timezone.now())}
    name = "recycling/people/_standing.html" if request.htmx else "recycling/people/standing.html"
    return render(request, name, context)


@permission_required("candidates.view_candidate", raise_exception=True)
@require_GET
def older(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(candidates_visible_to(request.user), public_id=public_id)
    what = reading.happened(found, request.user, after=request.GET.get("after", ""))
    name = "recycling/people/_happened.html" if request.htmx else "recycling/people/happened.html"
    return render(request, name, {"person": found, "happened": what})


@permission_required("candidates.view_candidate", raise_exception=True)
@require_GET
def document(request: SignedInRequest, pk: int) -> FileResponse:
    """A PDF, a picture or a text opens in the browser, where it can run nothing; all else is handed over as a file."""
    people = candidates_visible_to(request.user)
    found = get_object_or_404(Document, pk=pk, removed_at=None, candidate__in=people)
    kind = found.content_type
    is_shown = kind in INLINE or kind.startswith(TEXT)
    try:
        opened = found.file.open("rb")
    except FileNotFoundError as gone:
        raise Http404 from gone
    response = FileResponse(opened, as_attachment=not is_shown, filename=found.name, content_type=kind)
    response.headers["Content-Security-Policy"] = _READER if kind == PDF else _SEALED
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


@permission_required("candidates.change_candidate", raise_exception=True)
@require_http_methods(["GET", "POST"])
def departure(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Candidate.objects.visible_to(request.user), public_id=public_id)
    form = DepartureForm(request.POST if request.method == "POST" else None)

    def write(terms: dict[str, Any]) -> str:
        record_departure(candidate=found, **terms, by=request.user, at=timezone.now())
        return _("The departure of %(name)s is recorded.") % {"name": found.name}

    return _write(request, found, form, "departure", write)


@permission_required("candidates.change_candidate", raise_exception=True)
@require_http_methods(["GET", "POST"])
def touch(request: SignedInRequest, public_id: uuid.UUID) -> HttpResponse:
    found = get_object_or_404(Candidate.objects.visible_to(request.user), public_id=public_id)
    form = TouchForm(request.POST if request.method == "POST" else None)

    def write(terms: dict[str, Any]) -> str:
        record_touch(candidate=found, **terms, by=request.user, at=timezone.now())
        return _("Contact with %(name)s is logged.") % {"name": found.name}

    return _write(request, found, form, "touch", write)


def _write(
    request: SignedInRequest, found: Candidate, form: Form, name: str, write: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """One short form about this person: shown, refused with what was typed, or written and back to their page."""
    template = f"recycling/people/{'_' if request.htmx else ''}{name}.html"
    context = {"person": found, "form": form}
    if request.method == "GET":
        return render(request, template, context)
    try:
        toast(request, write(parse(form)))
    except Refused as refused:
        status = 422 if refused.code == "invalid" else 409
        return render(request, template, {**context, "refusal": "" if form.errors else refused.message}, status=status)
    url = reverse("recycling:person", args=[found.public_id])
    return HttpResponse(headers={"HX-Redirect": url}) if request.htmx else HttpResponseRedirect(url)
