"""Who works here: the list, roles, leaving, invitations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from recruiting.accounts import selectors, services
from recruiting.accounts.forms import InviteForm, RoleForm
from recruiting.accounts.models import Invitation, User
from recruiting.accounts.requests import SignedInRequest
from recruiting.accounts.roles import Role
from recruiting.core.refused import Refused, parse


def _page(request: SignedInRequest, status: int = 200, **more: Any) -> HttpResponse:
    matching = request.GET.get("q", "")
    found = list(selectors.users(matching)[: selectors.PAGE + 1])
    context = {
        "users": found[: selectors.PAGE],
        "is_cut": len(found) > selectors.PAGE,
        "page_size": selectors.PAGE,
        "matching": matching,
        "roles": Role.choices,
        "invitations": selectors.waiting_invitations(timezone.now()),
        "form": InviteForm(),
        **more,
    }
    return render(request, "accounts/users.html", context, status=status)


@permission_required("accounts.invite_user", raise_exception=True)
@require_GET
def users(request: SignedInRequest) -> HttpResponse:
    return _page(request)


@permission_required("accounts.invite_user", raise_exception=True)
@require_POST
def invite(request: SignedInRequest) -> HttpResponse:
    """Answers the page itself, not a redirect: the link is shown this once."""
    form = InviteForm(request.POST)
    try:
        order = parse(form)
        invitation, token = services.invite_user(
            email=order["email"], role=Role(order["role"]), by=request.user, at=timezone.now()
        )
    except Refused as refused:
        status = 422 if refused.code == "invalid" else 409
        return _page(request, status=status, form=form, refusal="" if form.errors else refused.message)
    link = request.build_absolute_uri(reverse("accounts:accept", args=[token]))
    return _page(request, invitation=invitation, link=link)


@permission_required("accounts.invite_user", raise_exception=True)
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=pk)
    try:
        services.withdraw_invitation(invitation=invitation, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, status=409, refusal=refused.message)
    messages.info(request, _("The link for %(email)s no longer works.") % {"email": invitation.email})
    return redirect("accounts:users")


@permission_required("accounts.change_user", raise_exception=True)
@require_POST
def change_role(request: SignedInRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        role = Role(parse(RoleForm(request.POST))["role"])
        services.change_role(user=user, role=role, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, status=409, refusal=refused.message)
    messages.info(request, _("%(name)s is now: %(role)s.") % {"name": user.name, "role": role.label})
    return redirect("accounts:users")


@permission_required("accounts.change_user", raise_exception=True)
@require_GET
def ask_deactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    return render(request, "accounts/deactivate.html", {"person": get_object_or_404(User, pk=pk)})


@permission_required("accounts.change_user", raise_exception=True)
@require_POST
def deactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        services.deactivate_user(user=user, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, status=409, refusal=refused.message)
    messages.info(request, _("%(name)s can no longer sign in.") % {"name": user.name})
    return redirect("accounts:users")


@permission_required("accounts.change_user", raise_exception=True)
@require_POST
def reactivate(request: SignedInRequest, pk: int) -> HttpResponse:
    user = get_object_or_404(User, pk=pk)
    try:
        services.reactivate_user(user=user, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, status=409, refusal=refused.message)
    messages.info(request, _("%(name)s can sign in again.") % {"name": user.name})
    return redirect("accounts:users")
