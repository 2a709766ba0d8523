"""Letting people in, changing what they may do, and letting them go."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from recruiting.accounts.models import Invitation, User
from recruiting.accounts.roles import Role
from recruiting.core.events import record
from recruiting.core.refused import Refused


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite_user(*, email: str, role: Role, by: User, at: datetime) -> tuple[Invitation, str]:
    """Make a link for one address. The token is returned once and kept only as a hash; an older link ends."""
    email = email.strip().lower()
    if role == Role.ADMINISTRATOR and not by.has_perm("accounts.change_user"):
        raise Refused(_("Only an administrator can invite an administrator."))
    if User.objects.filter(email=email).exists():
        raise Refused(_("%(email)s already works here.") % {"email": email})
    Invitation.objects.filter(email=email, accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        role=role,
        token_hash=hashed(token),
        invited_by=by,
        created_at=at,
        expires_at=at + timedelta(days=settings.INVITATION_DAYS),
    )
    record("invitation.made", invitation, by=by, at=at, to_state=role)
    return invitation, token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User, at: datetime) -> Invitation:
    """The link stops working at once."""
    ended = Invitation.objects.filter(pk=invitation.pk, accepted_at=None, withdrawn_at=None).update(withdrawn_at=at)
    if not ended:
        raise Refused(_("This invitation has already been used or withdrawn."))
    invitation.withdrawn_at = at
    record("invitation.withdrawn", invitation, by=by, at=at)
    return invitation


@transaction.atomic
def accept_invitation(
    *, token: str, family_name: str, given_name: str, name_lang: str, language: str, password: str, at: datetime
) -> User:
    """A valid link lets its one person in, once: of two clicks the database lets the first through."""
    invitation = Invitation.objects.waiting(at).filter(token_hash=hashed(token)).first()
    claimed = (
        Invitation.objects.waiting(at).filter(pk=invitation.pk).update(accepted_at=at) if invitation is not None else 0
    )
    if invitation is None or not claimed:
        raise Refused(_("This link has run out or was already used. Ask for a new one."), code="link_over")
    user = User.objects.create_user(
        invitation.email,
        password,
        role=invitation.role,
        family_name=family_name,
        given_name=given_name,
        name_lang=name_lang,
        language=language,
    )
    record("user.joined", user, by=user, at=at, to_state=user.role)
    return user


@transaction.atomic
def change_role(*, user: User, role: Role, by: User, at: datetime) -> User:
    """What somebody may do changes with their next click. Nobody changes their own role."""
    if user.pk == by.pk:
        raise Refused(_("Somebody else has to change your role."))
    came_from = user.role
    _keep_an_administrator(user, becomes=role)
    changed = User.objects.filter(pk=user.pk, role=came_from).update(role=role)
    if not changed:
        raise Refused(_("Somebody changed this role while you were looking. Nothing was changed."))
    user.role = role
    record("user.role_changed", user, by=by, at=at, from_state=came_from, to_state=role)
    return user


@transaction.atomic
def deactivate_user(*, user: User, by: User, at: datetime) -> User:
    """They cannot sign in any more, open sessions included; what they did keeps their name."""
    if user.pk == by.pk:
        raise Refused(_("Somebody else has to deactivate you."))
    _keep_an_administrator(user, becomes=None)
    return _switch(user, is_active=False, verb="user.deactivated", by=by, at=at)


@transaction.atomic
def reactivate_user(*, user: User, by: User, at: datetime) -> User:
    """They can sign in again, with the role they had."""
    return _switch(user, is_active=True, verb="user.reactivated", by=by, at=at)


def _switch(user: User, *, is_active: bool, verb: str, by: User, at: datetime) -> User:
    if not User.objects.filter(pk=user.pk, is_active=not is_active).update(is_active=is_active):
        raise Refused(_("Somebody was faster. Nothing was changed."))
    user.is_active = is_active
    record(verb, user, by=by, at=at)
    return user


def _keep_an_administrator(user: User, *, becomes: Role | None) -> None:
    """Counts siblings, so it locks them: a house without an administrator could never get one again."""
    if user.role != Role.ADMINISTRATOR or becomes == Role.ADMINISTRATOR:
        return
    others = User.objects.select_for_update().filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk)
    if not list(others):
        raise Refused(_("%(name)s is the last administrator.") % {"name": user.name})


@transaction.atomic
def change_profile(*, user: User, by: User, at: datetime) -> User:
    """Save what somebody changed about themselves (names, language, zone, theme, keys)."""
    user.save(update_fields=["family_name", "given_name", "name_lang", "language", "time_zone", "theme", "single_keys"])
    record("user.profile_changed", user, by=by, at=at)
    return user


def choose(*, user: User, language: str | None = None, theme: str | None = None) -> User:
    """Remember a reader's taste. It is nobody's business when: no event."""
    chosen = {name: value for name, value in (("language", language), ("theme", theme)) if value is not None}
    User.objects.filter(pk=user.pk).update(**chosen)
    for name, value in chosen.items():
        setattr(user, name, value)
    return user
