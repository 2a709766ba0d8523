"""People: found, narrowed, tagged, taken out as a file, and added by hand."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from recruiting.accounts.requests import SignedInRequest, back
from recruiting.candidates.models import Candidate
from recruiting.candidates.models.people import CandidateQuerySet
from recruiting.candidates.selectors import people_with
from recruiting.candidates.services import SourceTerms, tag_many
from recruiting.core.days import day_of, plus_days
from recruiting.core.paging import Page, keyset
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast
from recycling import people_list
from recycling.adding import add_person
from recycling.export import export_people, rows_of
from recycling.filters import STATES, PeopleFilter
from recycling.forms.people import NOTHING, AddPersonForm

PAGE = 50
TAGGED_AT_ONCE = 200


def _narrowed(request: SignedInRequest) -> tuple[PeopleFilter, CandidateQuerySet]:
    day = day_of(timezone.now())
    missing = request.GET.get("basis") == "missing" and request.user.has_perm("candidates.view_consent")
    if missing:
        rows = people_list.people_without_basis(request.user)
    else:
        rows = people_list.people(request.user, day)
    asked = PeopleFilter(request.GET, queryset=rows, request=request)
    return asked, (asked.qs if asked.is_valid() else rows.none())  # type: ignore[return-value]


def _without(request: SignedInRequest, *names: str, **more: str) -> str:
    query = request.GET.copy()
    for name in (*names, "after", "before"):
        query.pop(name, None)
    for name, value in more.items():
        query[name] = value
    return f"?{query.urlencode()}"


@permission_required("candidates.view_candidate", raise_exception=True)
@require_GET
def people(request: SignedInRequest) -> HttpResponse:
    asked, rows = _narrowed(request)
    sort = request.GET.get("sort", "")
    rows, order = people_list.in_order(rows, sort)
    after, before = request.GET.get("after", ""), request.GET.get("before", "")
    page = keyset(rows.select_related("owner"), order, after=after, before=before, size=PAGE)
    context = {
        "lines": _lines(request, page.rows),
        "said": _said(rows.order_by()[: people_list.MANY + 1].count()),
        "chips": _chips(request, asked),
        "sort": sort,
        **_addresses(request, page),
    }
    return render(request, "recycling/people/_found.html" if request.htmx else "recycling/people/list.html", context)


def _lines(request: SignedInRequest, found: list[Candidate]) -> list[people_list.Line]:
    at = timezone.now()
    soon = plus_days(day_of(at), settings.REVIEW_BEFORE_USE_ENDS_DAYS)
    return people_list.lines_of(found, user=request.user, at=at, runs_out_by=soon)


def _addresses(request: SignedInRequest, page: Page[Candidate]) -> dict[str, Any]:
    """Where the page's links lead: each keeps what narrows the list."""
    return {
        "states": [{"value": value, "label": label, "url": _without(request, state=value)} for value, label in STATES],
        "everybody_url": _without(request, "state"),
        "filters_url": f"{reverse('recycling:people_filters')}{_without(request)}",
        "export_url": f"{reverse('recycling:export_people')}{_without(request)}",
        "previous_url": _without(request, before=page.before) if page.before else "",
        "next_url": _without(request, after=page.after) if page.after else "",
    }


def _said(total: int) -> str:
    if total > people_list.MANY:
        return _("more than 10,000 people")
    return ngettext("%(n)s person", "%(n)s people", total) % {"n": f"{total:,}"}


def _chips(request: SignedInRequest, asked: PeopleFilter) -> list[dict[str, str]]:
    """What narrows the list besides the words and the state, each with the address that drops it."""
    if not asked.is_valid():
        return []
    found = []
    for name, field in asked.form.fields.items():
        value = asked.form.cleaned_data.get(name)
        if name in ("q", "state") or value in (None, ""):
            continue
        choices = dict(getattr(field, "choices", [])) if name in ("stage", "channel", "basis", "blocked") else {}
        said = str(choices.get(value, value))
        found.append({"label": str(field.label), "value": said, "url": _without(request, name)})
    return found


@permission_required("candidates.view_candidate", raise_exception=True)
@require_GET
def people_filters(request: SignedInRequest) -> HttpResponse:
    asked = PeopleFilter(request.GET, queryset=Candidate.objects.none(), request=request)
    if not request.user.sees_everybody:
        for name in ("basis", "blocked", "owner", "tag", "channel"):
            del asked.form.fields[name]
    name = "recycling/people/_filters.html" if request.htmx else "recycling/people/filters.html"
    return render(request, name, {"form": asked.form})


@permission_required("candidates.export_candidate", raise_exception=True)
@require_GET
def export(request: SignedInRequest) -> StreamingHttpResponse:
    """Only whom we may still use leaves the house, whatever the list shows."""
    at = timezone.now()
    _asked, rows = _narrowed(request)
    rows = rows.usable_on(day_of(at)).order_by("-pk")
    export_people(asked_for={key: str(value) for key, value in request.GET.items()}, by=request.user, at=at)
    response = StreamingHttpResponse(rows_of(rows, user=request.user), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="people-{day_of(at)}.csv"'
    return response


@permission_required("candidates.change_candidate", raise_exception=True)
@require_POST
def tag_people(request: SignedInRequest) -> HttpResponse:
    keys = [key for key in request.POST.getlist("person") if key.isdecimal()][:TAGGED_AT_ONCE]
    chosen = people_list.people(request.user, day_of(timezone.now())).filter(pk__in=keys)
    try:
        if not keys:
            raise Refused(_("Choose somebody first."))
        name = request.POST.get("name", "")
        tagged = tag_many(candidates=chosen, name=name, by=request.user, at=timezone.now())
        toast(request, ngettext("%(n)d person tagged.", "%(n)d people tagged.", tagged) % {"n": tagged})
    except Refused as refused:
        toast(request, refused.message)
    return back(request, reverse("recycling:people"))


@permission_required("candidates.add_candidate", raise_exception=True)
@require_http_methods(["GET", "POST"])
def add(request: SignedInRequest) -> HttpResponse:
    if request.method == "GET":
        return _add_form(request, AddPersonForm(user=request.user, initial={"job": request.GET.get("job", "")}))
    form = AddPersonForm(request.POST, user=request.user)
    try:
        terms = parse(form)
        doubles = list(people_with(terms.pop("addresses"))[:5])
        if doubles and "two_people" not in request.POST:
            return _add_form(request, form, status=409, doubles=doubles)
        person = _added(request, terms, doubles)
    except Refused as refused:
        said = "" if form.errors else refused.message
        return _add_form(request, form, status=422 if refused.code == "invalid" else 409, refusal=said)
    return _to_their_page(request, person)


def _to_their_page(request: SignedInRequest, person: Candidate) -> HttpResponse:
    toast(request, _("%(name)s is here.") % {"name": person.name})
    url = reverse("recycling:person", args=[person.public_id])
    return HttpResponse(headers={"HX-Redirect": url}) if request.htmx else HttpResponseRedirect(url)


def _added(request: SignedInRequest, terms: dict[str, Any], doubles: list[Candidate]) -> Candidate:
    at = timezone.now()
    return add_person(
        **{name: terms[name] for name in ("family_name", "given_name", "name_lang", "contact_points", "until")},
        source=SourceTerms(channel=terms["channel"], agency=terms["agency"], came_on=day_of(at)),
        job=terms.get("job"),
        basis="" if terms["basis"] == NOTHING else terms["basis"],
        not_same_as=doubles,
        by=request.user,
        at=at,
    )


def _add_form(request: SignedInRequest, form: AddPersonForm, status: int = 200, **more: Any) -> HttpResponse:
    name = "recycling/people/_add.html" if request.htmx else "recycling/people/add.html"
    return render(request, name, {"form": form, **more}, status=status)
