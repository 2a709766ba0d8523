from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from recruiting.accounts import services
from recruiting.accounts.models import Invitation, User
from recruiting.accounts.roles import Role
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from tests import builders
from tests.builders import MONDAY

ANNA = {"family_name": "Berg", "given_name": "Anna", "name_lang": "en", "language": "en", "password": "quiet-water-77"}


def accept(token: str, *, at: Any = MONDAY) -> User:
    return services.accept_invitation(token=token, at=at, **ANNA)


def test_an_invited_person_joins_with_the_role_they_were_invited_for(lead: User) -> None:
    _invitation, token = services.invite_user(email=" Anna@Kanryu.test ", role=Role.SOURCER, by=lead, at=MONDAY)

    anna = accept(token)

    assert (anna.email, anna.role, anna.name) == ("anna@kanryu.test", Role.SOURCER, "Anna Berg")
    assert anna.check_password("quiet-water-77")
    assert set(Event.objects.values_list("verb", flat=True)) >= {"invitation.made", "user.joined"}


def test_the_link_itself_is_not_kept(lead: User) -> None:
    invitation, token = services.invite_user(email="anna@kanryu.test", role=Role.SOURCER, by=lead, at=MONDAY)

    assert token not in repr(Invitation.objects.filter(pk=invitation.pk).values())


def test_a_link_works_once(lead: User) -> None:
    _invitation, token = services.invite_user(email="anna@kanryu.test", role=Role.SOURCER, by=lead, at=MONDAY)
    accept(token)

    with pytest.raises(Refused, match="already used"):
        accept(token)


def test_a_link_runs_out(lead: User) -> None:
    _invitation, token = services.invite_user(email="anna@kanryu.test", role=Role.SOURCER, by=lead, at=MONDAY)

    with pytest.raises(Refused, match="run out"):
        accept(token, at=MONDAY + timedelta(days=14))


def test_a_withdrawn_link_lets_nobody_in(lead: User) -> None:
    invitation, token = services.invite_user(email="anna@kanryu.test", role=Role.SOURCER, by=lead, at=MONDAY)
    services.withdraw_invitation(invitation=invitation, by=lead, at=MONDAY)

    with pytest.raises(Refused):
        accept(token)


def test_inviting_again_ends_the_older_link(lead: User) -> None:
    _first, older = services.invite_user(email="anna@kanryu.test", role=Role.SOURCER, by=lead, at=MONDAY)
    _second, newer = services.invite_user(email="anna@kanryu.test", role=Role.RECRUITER, by=lead, at=MONDAY)

    with pytest.raises(Refused):
        accept(older)
    assert accept(newer).role == Role.RECRUITER


def test_whoever_works_here_is_not_invited(lead: User, recruiter: User) -> None:
    with pytest.raises(Refused, match="already works here"):
        services.invite_user(email=recruiter.email.upper(), role=Role.SOURCER, by=lead, at=MONDAY)


def test_only_an_administrator_makes_an_administrator(lead: User, administrator: User) -> None:
    with pytest.raises(Refused, match="Only an administrator"):
        services.invite_user(email="anna@kanryu.test", role=Role.ADMINISTRATOR, by=lead, at=MONDAY)

    services.invite_user(email="anna@kanryu.test", role=Role.ADMINISTRATOR, by=administrator, at=MONDAY)


def test_nobody_changes_their_own_role(administrator: User) -> None:
    with pytest.raises(Refused, match="Somebody else"):
        services.change_role(user=administrator, role=Role.SOURCER, by=administrator, at=MONDAY)


def test_the_last_administrator_stays(administrator: User) -> None:
    gone = builders.an_administrator(is_active=False)

    with pytest.raises(Refused, match="last administrator"):
        services.deactivate_user(user=administrator, by=gone, at=MONDAY)
    with pytest.raises(Refused, match="last administrator"):
        services.change_role(user=administrator, role=Role.SOURCER, by=gone, at=MONDAY)


def test_a_role_changed_meanwhile_is_not_overwritten(administrator: User) -> None:
    seen = builders.a_sourcer()
    services.change_role(user=User.objects.get(pk=seen.pk), role=Role.RECRUITER, by=administrator, at=MONDAY)

    with pytest.raises(Refused, match="while you were looking"):
        services.change_role(user=seen, role=Role.INTERVIEWER, by=administrator, at=MONDAY)


def test_who_was_deactivated_can_be_let_in_again(administrator: User, recruiter: User) -> None:
    services.deactivate_user(user=recruiter, by=administrator, at=MONDAY)
    services.reactivate_user(user=recruiter, by=administrator, at=MONDAY)

    assert User.objects.get(pk=recruiter.pk).is_active
