"""A request whose person is known, and the way back from where it came."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.middleware import HtmxDetails

from recruiting.accounts.models import User


class SignedInRequest(HttpRequest):
    """The middleware has seen to it: `user` is somebody who works here."""

    user: User
    htmx: HtmxDetails


def back(request: HttpRequest, otherwise: str = "/") -> HttpResponseRedirect:
    """To the page the form names in `next`, when that is one of ours."""
    to = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(to if is_ours else otherwise)
