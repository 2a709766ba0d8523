"""Writing about a person: a form or a verb, then back to their page."""

from __future__ import annotations

import uuid
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.forms import BaseForm
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from recruiting.accounts.requests import SignedInRequest
from recruiting.candidates.models import Candidate
from recruiting.candidates.views.sections import SECTIONS, Section
from recruiting.candidates.views.verbs import VERBS, Verb
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast

Asked = TypeVar("Asked", Section, Verb)


@require_http_methods(["GET", "POST"])
def section(request: SignedInRequest, public_id: uuid.UUID, name: str) -> HttpResponse:
    candidate, asked = _person(request, public_id), _allowed(request, SECTIONS.get(name))
    if request.method == "GET":
        return _form(request, candidate, asked, asked.form(candidate=candidate, user=request.user))
    files = {"files": request.FILES} if request.FILES else {}
    form = asked.form(request.POST, candidate=candidate, user=request.user, **files)
    try:
        asked.write(candidate, parse(form), request.user, timezone.now())
    except Refused as refused:
        said = "" if form.errors else refused.message
        return _form(request, candidate, asked, form, refusal=said, status=422 if refused.code == "invalid" else 409)
    return _to_person(request, candidate, asked.tab)


@require_POST
def verb(request: SignedInRequest, public_id: uuid.UUID, name: str, pk: int = 0) -> HttpResponse:
    candidate, asked = _person(request, public_id), _allowed(request, VERBS.get(name))
    row = _row(request, candidate, asked.on, pk) if asked.on else None
    try:
        asked.do(candidate, row, request.user, timezone.now())
    except Refused as refused:
        toast(request, refused.message)
        return _to_person(request, candidate, asked.tab)
    undo = reverse("candidates:verb", args=[public_id, asked.undo, pk]) if asked.undo else ""
    toast(request, str(asked.said), undo)
    return _to_person(request, candidate, asked.tab)


def _person(request: SignedInRequest, public_id: uuid.UUID) -> Candidate:
    return get_object_or_404(Candidate.objects.visible_to(request.user), public_id=public_id)


def _allowed(request: SignedInRequest, asked: Asked | None) -> Asked:
    if asked is None:
        raise Http404
    if not request.user.has_perm(asked.permission):
        raise PermissionDenied
    return asked


def _row(request: SignedInRequest, candidate: Candidate, on: type[models.Model], pk: int) -> models.Model:
    """A row of this person; a tag of theirs; or another person whom the reader may see."""
    if on is Candidate:
        return get_object_or_404(Candidate.objects.visible_to(request.user), pk=pk)
    whose = {"people": candidate} if on.__name__ == "Tag" else {"candidate": candidate}
    return get_object_or_404(on, pk=pk, **whose)


def _form(
    request: SignedInRequest, candidate: Candidate, asked: Section, form: BaseForm, refusal: str = "", status: int = 200
) -> HttpResponse:
    context = {"person": candidate, "section": asked, "form": form, "groups": asked.groups(form), "refusal": refusal}
    name = "candidates/_section.html" if request.htmx else "candidates/section.html"
    return render(request, name, context, status=status)


def _to_person(request: SignedInRequest, candidate: Candidate, tab: str = "") -> HttpResponse:
    url = reverse("recycling:person", args=[candidate.public_id]) + (f"?tab={tab}" if tab else "")
    return HttpResponse(headers={"HX-Redirect": url}) if request.htmx else HttpResponseRedirect(url)
