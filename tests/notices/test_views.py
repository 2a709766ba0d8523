"""The pages of what one is told: one's own and nobody else's, read by posting, at a fixed price."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail as post
from django.test import Client
from django.urls import reverse

from recruiting.notices import chatting, services
from recruiting.notices.models import KEPT, ChatHook, Mail, Notice, Way
from tests.builders import MONDAY, a_manager, an_administrator
from tests.notices.builders import a_letter, relay_all, told
from tests.notices.kinds import LATER, NEWS, WAITS

pytestmark = pytest.mark.django_db
LIST = "notices:list"


@pytest.fixture
def me(client: Client, manager: Any) -> Any:
    client.force_login(manager)
    return manager


def text(client: Client, name: str, *args: Any, **query: Any) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


def test_the_list_says_what_was_told_with_what_was_written(client: Client, me: Any) -> None:
    told(me, about={"from": "Mika", "name": "Aoi", "why": "No word on <pay>"}, path="/handoffs/7/")

    page = text(client, LIST)

    assert "Mika offers you Aoi." in page
    assert "No word on &lt;pay&gt;" in page
    assert 'href="/handoffs/7/"' in page


def test_nobody_reads_what_others_were_told(client: Client, me: Any) -> None:
    other = told(a_manager(), about={"from": "Mika", "name": "Somebody else"})

    assert "Somebody else" not in text(client, LIST)
    assert client.post(reverse("notices:read", args=[other.pk])).status_code == 404
    assert Notice.objects.get(pk=other.pk).read_at is None


def test_looking_reads_nothing_and_posting_does(client: Client, me: Any) -> None:
    notice = told(me)
    text(client, LIST)
    assert client.get(reverse("notices:read", args=[notice.pk])).status_code == 405
    assert Notice.objects.get().read_at is None

    answer = client.post(reverse("notices:read", args=[notice.pk]), {"next": "/notices/?show=unread"})

    assert answer["Location"] == "/notices/?show=unread"
    assert Notice.objects.get().read_at is not None


def test_the_script_behind_a_link_needs_no_answer(client: Client, me: Any) -> None:
    answer = client.post(reverse("notices:read", args=[told(me).pk]), {"quiet": "1"})

    assert answer.status_code == 204


def test_all_that_stood_on_the_page_is_read_and_what_came_meanwhile_is_not(client: Client, me: Any) -> None:
    seen, meanwhile = told(me), told(me)

    client.post(reverse("notices:read_all"), {"newest": seen.pk})

    assert Notice.objects.get(pk=seen.pk).read_at is not None
    assert Notice.objects.get(pk=meanwhile.pk).read_at is None


def test_the_list_is_narrowed_to_the_unread_and_to_a_group(client: Client, me: Any) -> None:
    services.read_notice(notice=told(me, about={"from": "Mika", "name": "Old"}), at=MONDAY)
    told(me, about={"from": "Mika", "name": "Fresh"})

    assert "Old" in text(client, LIST)
    assert "Old" not in text(client, LIST, show="unread")
    assert "Fresh" in text(client, LIST, show="unread", group="tests")
    assert "Fresh" not in text(client, LIST, group="offers")


def test_the_list_is_paged_by_the_last_one_shown(client: Client, me: Any) -> None:
    for number in range(51):
        told(me, about={"from": "Mika", "name": f"Number {number}."})
    first = client.get(reverse(LIST), {"group": "tests"})

    second = client.get(reverse(LIST) + first.context["next_url"])

    assert len(first.context["told"]) == 50
    assert [one.words.title for one in second.context["told"]] == ["Mika offers you Number 0.."]
    assert "group=tests" in first.context["next_url"]


def test_a_kind_that_is_gone_is_still_listed(client: Client, me: Any) -> None:
    told(me)
    Notice.objects.update(kind="gone.kind")

    assert "gone.kind" in text(client, LIST)


def test_the_list_costs_the_same_for_one_as_for_many(
    client: Client, me: Any, django_assert_max_num_queries: Any
) -> None:
    for _number in range(20):
        told(me)

    with django_assert_max_num_queries(4):  # session, user, notices, how many are unread
        client.get(reverse(LIST))


def test_the_bell_counts_with_the_late_part_of_the_navigation(client: Client, me: Any) -> None:
    told(me), told(me)

    assert 'id="nav-count-notices" hx-swap-oob="true">2<' in text(client, "home:nav")


# --- Choosing ---------------------------------------------------------------------------------------------------------


def test_somebody_chooses_kind_by_kind(client: Client, me: Any) -> None:
    page = client.get(reverse("notices:preferences"))
    chosen = {field.html_name: field.value() for field in page.context["form"]}
    chosen |= {f"mail-{NEWS.key}": "off", f"chat-{WAITS.key}": "at_once", "digest_hour": "17"}

    client.post(reverse("notices:preferences"), chosen)

    ways = services.all_ways_of(me)
    assert ways[NEWS.key] == (Way.OFF, NEWS.default_chat)
    assert ways[WAITS.key] == (Way.AT_ONCE, Way.AT_ONCE)
    me.refresh_from_db()
    assert me.digest_hour == 17


def test_the_form_does_not_let_an_essential_kind_go(client: Client, me: Any) -> None:
    page = client.get(reverse("notices:preferences"))
    chosen = {field.html_name: field.value() for field in page.context["form"]} | {f"mail-{WAITS.key}": "off"}

    assert client.post(reverse("notices:preferences"), chosen).status_code == 422
    assert services.all_ways_of(me)[WAITS.key][0] == Way.AT_ONCE


def test_the_table_costs_three_questions(client: Client, me: Any, django_assert_max_num_queries: Any) -> None:
    services.choose_ways(user=me, ways={LATER.key: (Way.OFF, Way.OFF)})

    with django_assert_max_num_queries(4):  # session, user, choices, chat
        client.get(reverse("notices:preferences"))


def test_a_wrong_address_of_a_chat_is_refused_and_kept_in_the_form(client: Client, me: Any) -> None:
    wrong = {"kind": "slack", "url": "https://example.com/hook"}

    answer = client.post(reverse("notices:chat"), wrong)

    assert answer.status_code == 409
    assert "https://example.com/hook" in answer.content.decode()
    assert not ChatHook.objects.exists()


def test_the_address_of_a_chat_is_shown_to_its_owner_alone(client: Client, administrator: Any) -> None:
    chatting.set_hook(user=a_manager(), kind="slack", url="https://hooks.slack.com/services/s3cret", at=MONDAY)
    client.force_login(administrator)

    assert "s3cret" not in text(client, "notices:chat")
    assert client.post(reverse("notices:test_chat")).status_code == 404


# --- Letters ----------------------------------------------------------------------------------------------------------


def test_everybody_reads_their_own_letters_and_no_others(client: Client, me: Any) -> None:
    told(me), told(a_manager(), about={"from": "Mika", "name": "Somebody else"})
    relay_all()
    own, other = Mail.objects.get(user=me), Mail.objects.exclude(user=me).get()

    assert "Somebody else" not in text(client, "notices:mails")
    for name in ("mail", "mail_html", "mail_invitation"):
        assert client.get(reverse(f"notices:{name}", args=[own.pk])).status_code == 200
        assert client.get(reverse(f"notices:{name}", args=[other.pk])).status_code == 404


def test_an_administrator_reads_what_we_wrote(client: Client, administrator: Any) -> None:
    letter = a_letter(to="candidate@example.com")
    client.force_login(administrator)

    assert "candidate@example.com" in text(client, "notices:mails")
    assert "Its words." in text(client, "notices:mail", letter.pk)
    assert "candidate@example.com" not in text(client, "notices:mails", whose="mine")


def test_a_key_to_an_account_is_read_by_its_owner_alone(client: Client, settings: Any, empty_cache: None) -> None:
    settings.EMAIL_BACKEND = "recruiting.notices.backend.KeepingBackend"
    owner = a_manager(password="wide-river-9")
    client.post(reverse("account_reset_password"), {"email": owner.email})
    letter = Mail.objects.get()
    assert letter.key.startswith(KEPT)

    client.force_login(an_administrator())
    page = text(client, "notices:mail", letter.pk)
    assert "Only the person it was sent to" in page
    assert "password/reset/key" not in page
    assert client.get(reverse("notices:mail_html", args=[letter.pk])).status_code == 403

    client.force_login(owner)
    assert "password/reset/key" in text(client, "notices:mail", letter.pk)


def test_our_own_letters_are_kept_once(settings: Any, me: Any) -> None:
    settings.EMAIL_BACKEND = "recruiting.notices.backend.KeepingBackend"
    told(me)

    relay_all()

    assert Mail.objects.get().state == "sent"
    assert post.outbox == []


def test_a_letter_as_a_page_can_do_nothing(client: Client, me: Any) -> None:
    letter = a_letter(user=me, html="<html><head></head><script>alert(1)</script></html>")

    answer = client.get(reverse("notices:mail_html", args=[letter.pk]))

    assert "sandbox" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "SAMEORIGIN"
    assert "alert(1)" not in text(client, "notices:mail", letter.pk)


def test_the_page_of_letters_costs_the_same_for_many(
    client: Client, administrator: Any, django_assert_max_num_queries: Any
) -> None:
    for _number in range(10):
        a_letter(user=a_manager())
    client.force_login(administrator)

    with django_assert_max_num_queries(3):  # session, user, letters
        client.get(reverse("notices:mails"))
