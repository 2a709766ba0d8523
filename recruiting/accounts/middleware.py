"""Default deny: every URL asks for a signed-in person unless its view says otherwise (`login_not_required`)."""

from __future__ import annotations

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest
from django.utils import timezone, translation


class SignedInMiddleware(LoginRequiredMiddleware):
    """Asks for sign-in, then speaks the person's language in the person's time zone."""

    def process_view(self, request: HttpRequest, view_func, view_args, view_kwargs):  # type: ignore[no-untyped-def]
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
            timezone.activate(request.user.time_zone)
        return super().process_view(request, view_func, view_args, view_kwargs)
