"""The vocabulary: anybody who works here may look; a recruiting lead keeps it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused, parse
from recruiting.core.toasts import toast
from recruiting.skills import selectors, services
from recruiting.skills.filters import SkillFilterSet
from recruiting.skills.forms import BroaderForm, NamesForm, NewSkillForm, SpellingForm
from recruiting.skills.models import Field, Skill, SkillAlias, SkillBroader

keeps_skills = permission_required("skills.change_skill", raise_exception=True)


@require_GET
@vary_on_headers("HX-Request")
def skills(request: SignedInRequest) -> HttpResponse:
    chosen = SkillFilterSet(request.GET, queryset=selectors.skills_with_names())
    page = selectors.page_by_key(chosen.qs, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    context = {
        "page": page,
        "previous_url": _turn(request, "before", page.before),
        "next_url": _turn(request, "after", page.after),
        "fields": Field.choices,
    }
    return render(request, "skills/_list.html" if request.htmx else "skills/list.html", context)


@require_GET
def suggest(request: SignedInRequest) -> HttpResponse:
    """Options for a datalist: the ten best for what was typed, whatever the field that asks is called."""
    typed = request.GET.get("q") or str(next(iter(request.GET.values()), ""))
    return render(request, "skills/_options.html", {"skills": selectors.suggestions(typed)})


@require_GET
def detail(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


@keeps_skills
@require_GET
def new(request: SignedInRequest) -> HttpResponse:
    return render(request, "skills/new.html", {"form": NewSkillForm(initial={"name_en": request.GET.get("name", "")})})


@keeps_skills
@require_POST
def add(request: SignedInRequest) -> HttpResponse:
    form = NewSkillForm(request.POST)
    try:
        skill = services.add_skill(**parse(form), by=request.user, at=timezone.now())
    except Refused as refused:
        context = {"form": form, "refusal": "" if form.errors else refused.message}
        return render(request, "skills/new.html", context, status=_status(refused))
    toast(request, _("%(skill)s is part of the vocabulary.") % {"skill": skill.name})
    return redirect("skills:detail", skill.pk)


@keeps_skills
@require_POST
def edit(request: SignedInRequest, pk: int) -> HttpResponse:
    skill = get_object_or_404(Skill, pk=pk)
    form = NamesForm(request.POST)
    try:
        services.edit_skill(skill=skill, **parse(form), by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, pk, refused, names_form=form)
    return _done(request, pk)


@keeps_skills
@require_POST
def add_alias(request: SignedInRequest, pk: int) -> HttpResponse:
    skill = get_object_or_404(Skill, pk=pk)
    form = SpellingForm(request.POST)
    try:
        services.add_alias(skill=skill, text=parse(form)["text"], by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, pk, refused, spelling_form=form)
    return _done(request, pk)


@keeps_skills
@require_POST
def remove_alias(request: SignedInRequest, pk: int, alias_pk: int) -> HttpResponse:
    alias = get_object_or_404(SkillAlias.objects.select_related("skill"), pk=alias_pk, skill=pk)
    try:
        services.remove_alias(alias=alias, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, pk, refused)
    return _done(request, pk)


@keeps_skills
@require_POST
def add_broader(request: SignedInRequest, pk: int) -> HttpResponse:
    skill = get_object_or_404(Skill, pk=pk)
    form = BroaderForm(request.POST)
    try:
        services.add_broader(narrow=skill, broad=parse(form)["broad"], by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, pk, refused, broader_form=form)
    return _done(request, pk)


@keeps_skills
@require_POST
def remove_broader(request: SignedInRequest, pk: int, edge_pk: int) -> HttpResponse:
    edge = get_object_or_404(SkillBroader.objects.select_related("narrow"), pk=edge_pk, narrow=pk)
    services.remove_broader(edge=edge, by=request.user, at=timezone.now())
    return _done(request, pk)


def _page(request: SignedInRequest, pk: int, refused: Refused | None = None, **forms: Any) -> HttpResponse:
    """The skill as it stands now, with why something was refused and what was typed; a fragment for htmx."""
    skill = get_object_or_404(selectors.skills_with_edges(), pk=pk)
    names = {"name_en": skill.name_en, "name_ja": skill.name_ja, "is_active": skill.is_active}
    said_by_form = any(form.errors for form in forms.values())
    context = {
        "skill": skill,
        "related": selectors.related_to(skill),
        "names_form": NamesForm(initial=names),
        "spelling_form": SpellingForm(),
        "broader_form": BroaderForm(),
        "refusal": refused.message if refused and not said_by_form else "",
        **forms,
    }
    template = "skills/_skill.html" if request.htmx else "skills/detail.html"
    return render(request, template, context, status=_status(refused) if refused else 200)


def _done(request: SignedInRequest, pk: int) -> HttpResponse:
    return _page(request, pk) if request.htmx else redirect("skills:detail", pk)


def _status(refused: Refused) -> int:
    return 422 if refused.code == "invalid" else 409


def _turn(request: SignedInRequest, way: str, key: str) -> str:
    """The address of the next or previous page, with the filters kept; "" where there is none."""
    if not key:
        return ""
    query = request.GET.copy()
    query.pop("after", None)
    query.pop("before", None)
    query[way] = key
    return f"{reverse('skills:list')}?{query.urlencode()}"
