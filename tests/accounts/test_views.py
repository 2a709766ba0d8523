from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from recruiting.accounts import services
from recruiting.accounts.models import Invitation, User
from recruiting.accounts.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db
PASSWORD = "quiet-water-77"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password})


def test_people_sign_in_by_email(client: Client, empty_cache: None) -> None:
    anna = builders.a_recruiter(password=PASSWORD)

    response = sign_in(client, anna.email.upper())

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(anna.pk)


def test_nobody_signs_up_without_an_invitation(client: Client) -> None:
    form = {"email": "x@kanryu.test", "password1": PASSWORD, "password2": PASSWORD}

    client.post(reverse("account_signup"), form)

    assert not User.objects.filter(email="x@kanryu.test").exists()


def test_a_password_is_reset_by_mail(client: Client, empty_cache: None) -> None:
    anna = builders.a_recruiter(password=PASSWORD)

    client.post(reverse("account_reset_password"), {"email": anna.email})

    assert mail.outbox[0].to == [anna.email]
    assert "/accounts/password/reset/key/" in mail.outbox[0].body


def test_guessing_a_password_is_stopped_after_five_tries(client: Client, empty_cache: None) -> None:
    """The limits count in the embedded install's database cache, with no broker."""
    anna = builders.a_recruiter(password=PASSWORD)
    for _try in range(5):
        sign_in(client, anna.email, "wrong-wrong-wrong")

    response = sign_in(client, anna.email)

    assert "_auth_user_id" not in client.session
    assert "Too many" in response.content.decode()


def test_a_lead_invites_and_sees_the_link_once(client: Client, lead: User) -> None:
    client.force_login(lead)

    response = client.post(reverse("accounts:invite"), {"email": "anna@kanryu.test", "role": "sourcer"})
    link = response.context["link"]

    assert link in response.content.decode()
    assert link not in client.get(reverse("accounts:users")).content.decode()


def test_following_the_link_makes_an_account_and_signs_in(client: Client, lead: User) -> None:
    _row, token = services.invite_user(email="a@kanryu.test", role=Role.SOURCER, by=lead, at=timezone.now())
    url = reverse("accounts:accept", args=[token])
    form = {"family_name": "田中", "name_lang": "ja", "language": "ja", "password": PASSWORD}

    assert client.get(url).status_code == 200
    assert client.post(url, {**form, "password": "short"}).status_code == 422
    assert client.post(url, form).status_code == 302

    assert client.session["_auth_user_id"] == str(User.objects.get(email="a@kanryu.test").pk)
    assert Client().get(url).status_code == 404


def test_a_refused_invitation_keeps_what_was_typed(client: Client, lead: User, recruiter: User) -> None:
    client.force_login(lead)

    response = client.post(reverse("accounts:invite"), {"email": recruiter.email, "role": "sourcer"})

    assert response.status_code == 409
    assert response.context["form"]["email"].value() == recruiter.email


def test_an_address_that_is_none_is_said_at_its_field(client: Client, lead: User) -> None:
    client.force_login(lead)

    assert client.post(reverse("accounts:invite"), {"email": "nobody", "role": "sourcer"}).status_code == 422


def test_an_invitation_is_withdrawn(client: Client, lead: User) -> None:
    client.force_login(lead)
    row, _token = services.invite_user(email="a@kanryu.test", role=Role.SOURCER, by=lead, at=timezone.now())

    client.post(reverse("accounts:withdraw", args=[row.pk]))

    assert not Invitation.objects.waiting(timezone.now()).exists()
    assert client.post(reverse("accounts:withdraw", args=[row.pk])).status_code == 409


@pytest.mark.parametrize("who", [builders.a_recruiter, builders.a_manager, builders.an_interviewer, builders.a_sourcer])
def test_others_do_not_see_the_list(who: Any, client: Client) -> None:
    client.force_login(who())

    assert client.get(reverse("accounts:users")).status_code == 403


def test_a_lead_cannot_change_roles(client: Client, lead: User, recruiter: User) -> None:
    client.force_login(lead)

    assert client.post(reverse("accounts:change_role", args=[recruiter.pk]), {"role": "sourcer"}).status_code == 403
    assert client.post(reverse("accounts:deactivate", args=[recruiter.pk])).status_code == 403


def test_an_administrator_changes_a_role(client: Client, administrator: User, recruiter: User) -> None:
    client.force_login(administrator)

    client.post(reverse("accounts:change_role", args=[recruiter.pk]), {"role": "sourcer"})

    assert User.objects.get(pk=recruiter.pk).role == Role.SOURCER
    own = reverse("accounts:change_role", args=[administrator.pk])
    assert client.post(own, {"role": "sourcer"}).status_code == 409


def test_who_is_deactivated_is_out_at_once(client: Client, administrator: User, recruiter: User) -> None:
    theirs = Client()
    theirs.force_login(recruiter)
    client.force_login(administrator)

    assert client.get(reverse("accounts:ask_deactivate", args=[recruiter.pk])).status_code == 200
    client.post(reverse("accounts:deactivate", args=[recruiter.pk]))
    assert theirs.get(reverse("accounts:me")).status_code == 302

    client.post(reverse("accounts:reactivate", args=[recruiter.pk]))
    assert User.objects.get(pk=recruiter.pk).is_active
    assert client.post(reverse("accounts:deactivate", args=[administrator.pk])).status_code == 409


def test_people_are_found_by_name_and_address(client: Client, lead: User) -> None:
    client.force_login(lead)
    wanted = builders.a_recruiter(family_name="Kobayashi", given_name="Ren")
    builders.a_recruiter(family_name="Berg")

    found = client.get(reverse("accounts:users"), {"q": "kobayashi ren"}).context["users"]

    assert found == [wanted]


def test_the_list_costs_the_same_for_many(client: Client, lead: User, django_assert_max_num_queries: Any) -> None:
    client.force_login(lead)
    for _one in range(6):
        builders.a_recruiter(team=builders.a_team())
    with django_assert_max_num_queries(4):  # session, user, people, invitations
        client.get(reverse("accounts:users"))


def test_ones_own_page_is_saved(client: Client, recruiter: User) -> None:
    client.force_login(recruiter)
    form = {
        "family_name": "田中",
        "given_name": "翔太",
        "name_lang": "ja",
        "language": "ja",
        "time_zone": "Europe/Berlin",
    }

    assert client.get(reverse("accounts:me")).status_code == 200
    assert client.post(reverse("accounts:me"), form).status_code == 302
    assert client.post(reverse("accounts:me"), {**form, "time_zone": "Nowhere/At all"}).status_code == 422

    saved = User.objects.get(pk=recruiter.pk)
    assert (saved.name, saved.time_zone, saved.single_keys) == ("田中 翔太", "Europe/Berlin", False)


def test_every_page_speaks_its_readers_language_and_nothing_is_left_behind(client: Client) -> None:
    client.force_login(builders.a_recruiter(language="ja", time_zone="Europe/Berlin"))

    response = client.get(reverse("accounts:me"))

    assert response["Content-Language"] == "ja"
    assert '<html lang="ja"' in response.content.decode()
    assert translation.get_language() == "en"
    assert timezone.get_current_timezone_name() == "Asia/Tokyo"


def test_language_and_theme_are_remembered_with_the_person(client: Client, recruiter: User) -> None:
    client.force_login(recruiter)

    response = client.post(reverse("accounts:language"), {"language": "ja", "next": "/accounts/me/"})
    client.post(reverse("accounts:theme"), {"theme": "dark"})
    client.post(reverse("accounts:language"), {"language": "xx"})

    assert response["Location"] == "/accounts/me/"
    saved = User.objects.get(pk=recruiter.pk)
    assert (saved.language, saved.theme) == ("ja", "dark")


def test_a_stranger_chooses_a_language_for_the_sign_in_page(client: Client) -> None:
    client.post(reverse("accounts:language"), {"language": "ja"})

    assert '<html lang="ja"' in client.get(reverse("account_login")).content.decode()


def test_the_way_back_leads_nowhere_else(client: Client) -> None:
    response = client.post(reverse("accounts:theme"), {"theme": "dark", "next": "https://elsewhere.test/"})

    assert response["Location"] == "/"
