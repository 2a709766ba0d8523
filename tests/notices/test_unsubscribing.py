"""The link under a letter: it asks when it is opened, and acts when it is posted, without signing in."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core import mail as post
from django.test import Client
from django.urls import reverse

from recruiting.notices import services, unsubscribing
from recruiting.notices.models import Preference, Way
from tests.notices.builders import relay_all, told
from tests.notices.kinds import LATER, NEWS, WAITS

pytestmark = pytest.mark.django_db


def path(user: Any, kind: str = NEWS.key) -> str:
    return urlsplit(unsubscribing.url_for(user, kind)).path


def test_opening_the_link_changes_nothing(client: Client, manager: Any) -> None:
    """Mail scanners open every link."""
    for method in (client.get, client.head):
        assert method(path(manager)).status_code == 200

    assert not Preference.objects.exists()
    assert NEWS.label in client.get(path(manager)).content.decode()


def test_one_click_in_the_mail_program_switches_the_kind_off(manager: Any) -> None:
    program = Client(enforce_csrf_checks=True)

    answer = program.post(path(manager), {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    told(manager, kind=NEWS.key)
    relay_all()
    assert post.outbox == []


def test_the_link_of_a_letter_is_the_one_in_its_header(client: Client, manager: Any) -> None:
    told(manager, kind=NEWS.key)
    relay_all()

    client.post(post.outbox[0].message()["List-Unsubscribe"].strip("<>"))

    assert Preference.objects.get().mail == Way.OFF


def test_the_chat_is_left_as_it_was(client: Client, manager: Any) -> None:
    services.choose_ways(user=manager, ways={NEWS.key: (Way.AT_ONCE, Way.AT_ONCE)})

    client.post(path(manager))

    assert Preference.objects.get().chat == Way.AT_ONCE


def test_what_is_essential_cannot_be_ended_by_a_link(client: Client, manager: Any) -> None:
    client.post(path(manager, WAITS.key))

    assert not Preference.objects.exists()


def test_ending_the_summary_ends_what_comes_by_it(client: Client, manager: Any) -> None:
    services.choose_ways(user=manager, ways={WAITS.key: (Way.DIGEST, Way.OFF)})

    client.post(path(manager, unsubscribing.SUMMARY))

    ways = services.all_ways_of(manager)
    assert ways[LATER.key][0] == Way.OFF
    assert ways[WAITS.key][0] == Way.DIGEST
    assert ways[NEWS.key][0] == Way.AT_ONCE


@pytest.mark.parametrize("token", ["x", "WzEsIngiXQ:1:2"])
def test_a_link_that_is_not_ours_does_nothing(token: str, client: Client, manager: Any) -> None:
    url = reverse("notices:unsubscribe", args=[token])

    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 404


def test_a_link_is_good_for_one_person_and_one_kind(client: Client, manager: Any, recruiter: Any) -> None:
    client.post(path(manager))

    assert services.all_ways_of(recruiter)[NEWS.key][0] == Way.AT_ONCE
    assert services.all_ways_of(manager)[LATER.key][0] == Way.DIGEST
