"""What somebody is told and how: their own table, and the link under a letter."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from recruiting.accounts.requests import SignedInRequest
from recruiting.core.refused import Refused
from recruiting.notices import services, unsubscribing
from recruiting.notices.forms import WaysForm
from recruiting.notices.kinds import in_words_of, kind_of
from recruiting.notices.models import ChatHook


@require_http_methods(["GET", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    form = WaysForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        services.choose_ways(user=request.user, ways=form.ways(), digest_hour=form.cleaned_data["digest_hour"])
        messages.info(request, _("Saved."))
        return redirect("notices:preferences")
    context = {"form": form, "hook": ChatHook.objects.filter(user=request.user).first()}
    return render(request, "notices/preferences.html", context, status=422 if form.errors else 200)


@login_not_required
@csrf_exempt  # a mail program posts it for its reader (RFC 8058); the token says who and what
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET only asks: scanners follow every link of a mail."""
    try:
        user, kind = unsubscribing.read(token)
    except Refused as refused:
        return render(request, "notices/unsubscribe.html", {"refusal": refused.message}, status=404)
    is_done = request.method == "POST"
    if is_done:
        unsubscribing.unsubscribe(user=user, kind=kind)
    with in_words_of(user):
        label = "" if kind == unsubscribing.SUMMARY else kind_of(kind).label
        return render(request, "notices/unsubscribe.html", {"is_done": is_done, "label": label})
