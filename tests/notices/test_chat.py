"""Notices in a chat: only where chats are, only what may be said there, once; a hook that does not work is paused."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from recruiting.core.models import OutboxMessage
from recruiting.core.refused import Refused
from recruiting.notices import chat, chatting, services
from recruiting.notices.kinds import Said
from recruiting.notices.models import ChatHook, ChatPost, Notice, Sending, Way
from tests.builders import MONDAY
from tests.notices.builders import forget_deliveries, relay_all, told
from tests.notices.kinds import WAITS

pytestmark = pytest.mark.django_db
SLACK = "https://hooks.slack.com/services/T0/B0/secret"
WORDS = Said("Mika offers you <!channel> & Aoi.", "Due tomorrow.", "A secret.")


class Chat(HTTPServer):
    """A chat on this machine that answers as it is told and remembers what it was sent."""

    answers: int = 200
    got: list[dict[str, Any]]

    def url(self, path: str = "/hook") -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Door(BaseHTTPRequestHandler):
    server: Chat

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append(json.loads(body))
        self.send_response(self.server.answers)
        if self.server.answers == 302:
            self.send_header("Location", self.server.url("/elsewhere"))
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def channel(settings: Any) -> Iterator[Chat]:
    server = Chat(("127.0.0.1", 0), _Door)
    server.got = []
    settings.CHAT_HOSTS = [f"http://127.0.0.1:{server.server_port}"]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def hooked(manager: Any, channel: Chat) -> Any:
    """A manager whose chat takes what waits for them."""
    chatting.set_hook(user=manager, kind="slack", url=channel.url(), at=MONDAY)
    services.choose_ways(user=manager, ways={WAITS.key: (Way.DIGEST, Way.AT_ONCE)})
    return manager


# --- Where to ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        SLACK,
        "https://example.webhook.office.com/webhookb2/x",
        "https://prod-1.japaneast.logic.azure.com:443/workflows/x?sig=y",
        "https://abc.api.powerplatform.com/powerautomate/x",
    ],
)
def test_the_hooks_of_slack_and_teams_are_taken(url: str) -> None:
    chat.check_address(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.slack.com/services/x",
        "https://hooks.slack.com:8443/services/x",
        "https://hooks.slack.com.example.com/x",
        "https://user:word@hooks.slack.com/x",
        "https://hooks.slack.com@example.com/x",
        "https://logic.azure.com.example.com/x",
        "https://example.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "http://169.254.169.254/latest/",
        "https://hooks.slack.com:99999999/x",
        "file:///etc/passwd",
        "nothing",
    ],
)
def test_nothing_else_can_be_reached(url: str, manager: Any) -> None:
    with pytest.raises(Refused):
        chatting.set_hook(user=manager, kind="slack", url=url, at=MONDAY)


@pytest.mark.parametrize("named", ["chat.example.com", "https://chat.example.com"])
def test_an_administrator_may_name_a_further_host(named: str, settings: Any) -> None:
    settings.CHAT_HOSTS = [named]

    chat.check_address("https://chat.example.com/hooks/x")
    with pytest.raises(Refused):
        chat.check_address("http://chat.example.com/hooks/x")


@pytest.mark.parametrize("address", ["10.0.0.8", "127.0.0.1", "169.254.169.254", "::1", "fd00::1", "100.64.0.1"])
def test_a_known_name_must_not_lead_into_our_own_network(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443)), (0, 0, 0, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found)

    with pytest.raises(chat.Dead, match="private"):
        chat.post(kind="slack", url=SLACK, words=WORDS, link="https://kanryu.test/")


def test_a_redirect_is_not_followed(channel: Chat) -> None:
    channel.answers = 302

    with pytest.raises(chat.Dead):
        chat.post(kind="slack", url=channel.url(), words=WORDS, link="https://kanryu.test/")

    assert len(channel.got) == 1


# --- What is said -----------------------------------------------------------------------------------------------------


def test_slack_hears_the_title_and_the_way_in_and_nothing_else() -> None:
    said = json.dumps(chat.slack(WORDS, "https://kanryu.test/h/1/"))

    assert "Mika offers you &lt;!channel&gt; &amp; Aoi." in said
    assert "https://kanryu.test/h/1/" in said
    assert "secret" not in said.lower()
    assert "tomorrow" not in said


def test_teams_hears_the_same_as_a_card() -> None:
    card = chat.teams(Said("[Aoi](https://example.com)"), "https://kanryu.test/h/1/")["attachments"][0]

    assert card["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert card["content"]["body"][0]["text"] == "\\[Aoi\\](https://example.com)"
    assert card["content"]["actions"][0]["url"] == "https://kanryu.test/h/1/"


# --- Once -------------------------------------------------------------------------------------------------------------


def test_what_was_chosen_goes_into_the_chat_once(hooked: Any, channel: Chat) -> None:
    told(hooked)
    relay_all()
    forget_deliveries()
    relay_all()

    assert len(channel.got) == 1
    assert ChatPost.objects.get().state == Sending.SENT


def test_what_was_not_chosen_stays_out(hooked: Any, channel: Chat) -> None:
    services.choose_ways(user=hooked, ways={WAITS.key: (Way.DIGEST, Way.OFF)})
    told(hooked)

    relay_all()

    assert channel.got == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_busy_chat_is_tried_again(status: int, hooked: Any, channel: Chat) -> None:
    channel.answers = status
    told(hooked)
    relay_all()
    channel.answers = 200

    relay_all(MONDAY + timedelta(minutes=1))

    assert len(channel.got) == 2
    assert ChatPost.objects.get().state == Sending.SENT
    assert ChatHook.objects.get().failed_at is None


def test_nobody_at_the_door_is_tried_again(settings: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: refused
        where = f"http://127.0.0.1:{taken.getsockname()[1]}"
        settings.CHAT_HOSTS = [where]

        with pytest.raises(chat.NotPosted):
            chat.post(kind="slack", url=f"{where}/hook", words=WORDS, link="https://kanryu.test/")


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_hook_that_is_gone_is_paused_and_its_owner_told_once(status: int, hooked: Any, channel: Chat) -> None:
    channel.answers = status
    for _number in range(2):
        told(hooked)

    relay_all()

    assert not ChatHook.objects.get().is_active
    assert Notice.objects.filter(kind=chatting.PAUSED).count() == 1
    assert len(channel.got) == 1


def test_a_chat_that_stays_busy_is_paused_in_the_end(hooked: Any, channel: Chat) -> None:
    channel.answers = 500
    told(hooked)
    OutboxMessage.objects.filter(topic=services.CHAT).update(tries=chatting.MOST_TRIES - 1)

    relay_all()

    assert not ChatHook.objects.get().is_active
    assert ChatPost.objects.get().state == Sending.FAILED


def test_a_crash_in_the_middle_is_not_posted_again(hooked: Any, channel: Chat) -> None:
    ChatPost.objects.create(notice=told(hooked), state=Sending.SENDING)

    relay_all()

    assert channel.got == []


def test_a_test_that_arrives_wakes_a_paused_hook(hooked: Any, channel: Chat) -> None:
    ChatHook.objects.update(is_active=False)

    chatting.try_hook(hook=ChatHook.objects.get(), at=MONDAY)

    assert ChatHook.objects.get().is_active
    assert len(channel.got) == 1


def test_a_test_that_fails_says_what_the_chat_answered(hooked: Any, channel: Chat) -> None:
    channel.answers = 404

    with pytest.raises(Refused, match="404"):
        chatting.try_hook(hook=ChatHook.objects.get(), at=MONDAY)
