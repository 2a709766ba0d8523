"""One's own page, language and theme, and the door that an invitation opens."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from recruiting.accounts import services
from recruiting.accounts.forms import JoinForm, LanguageForm, ProfileForm, ThemeForm
from recruiting.accounts.models import Invitation, User
from recruiting.accounts.requests import SignedInRequest, back
from recruiting.core.refused import Refused

A_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "POST"])
def me(request: SignedInRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        services.change_profile(user=form.save(commit=False), by=request.user, at=timezone.now())
        messages.info(request, _("Saved."))
        return redirect("accounts:me")
    context = {"form": form, "has_second_factor": "allauth.mfa" in settings.INSTALLED_APPS}
    return render(request, "accounts/me.html", context, status=422 if form.errors else 200)


@login_not_required
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """For somebody signed in it is stored with them, for a stranger in a cookie."""
    return _remember(request, LanguageForm(request.POST), "language", settings.LANGUAGE_COOKIE_NAME)


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """light, dark, or empty for the device's own."""
    return _remember(request, ThemeForm(request.POST), "theme", "theme")


def _remember(request: HttpRequest, form: Any, name: str, cookie: str) -> HttpResponse:
    answer = back(request)
    if form.is_valid():
        chosen = form.cleaned_data[name]
        if isinstance(request.user, User):
            services.choose(user=request.user, **{name: chosen})
        answer.set_cookie(cookie, chosen, max_age=A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure())
    return answer


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = Invitation.objects.waiting(timezone.now()).filter(token_hash=services.hashed(token)).first()
    form = JoinForm(request.POST or None, initial={"language": get_language(), "name_lang": get_language()})
    if invitation is None:
        return render(request, "accounts/invitation_over.html", status=404)
    if request.method == "GET" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "accounts/accept.html", {"form": form, "invitation": invitation}, status=status)
    try:
        user = services.accept_invitation(token=token, at=timezone.now(), **form.cleaned_data)
    except Refused:
        return render(request, "accounts/invitation_over.html", status=404)
    login(request, user)
    return redirect(settings.LOGIN_REDIRECT_URL)
