"""Notices in a chat, by incoming webhook: Slack and Teams. Nothing else of ours may be reached through such an address.

Only https, only the hosts of these two, only public addresses, no redirect, five seconds. `KANRYU_CHAT_HOSTS` names
further hosts, which may then stand in one's own network ("chat.example.com", or "http://chat.internal:8065").
A post is claimed before it leaves, like a letter: what may have arrived is not posted again.
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from recruiting.core.refused import Refused
from recruiting.notices.kinds import Said
from recruiting.notices.models import ChatKind

HOSTS = ("hooks.slack.com",)
DOMAINS = (".webhook.office.com", ".logic.azure.com", ".api.powerplatform.com")
SECONDS = 5
BUSY = (408, 425, 429)
ACCEPTED = (200, 201, 202, 204)


class NotPosted(Exception):
    """It certainly did not arrive; trying later may help."""


class Dead(Exception):
    """The address does not work and will not work later."""


class Unclear(Exception):
    """It may have arrived: it is not posted again."""


def check_address(url: str) -> None:
    """Refuse whatever is no incoming webhook of a chat we know."""
    try:
        parts = urlsplit(url)
        host, _port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        raise Refused(_("This is not a web address."), "address") from None
    if parts.username or parts.password or parts.fragment or not host:
        raise Refused(_("This is not a web address."), "address")
    if is_named(url):
        return
    if parts.scheme != "https" or _port not in (None, 443):
        raise Refused(_("The address of an incoming webhook begins with https://."), "address")
    if host not in HOSTS and not host.endswith(DOMAINS):
        raise Refused(_("This is no address of Slack or Teams. An administrator can allow further hosts."), "address")


def is_named(url: str) -> bool:
    """Whether the settings allow this host by name, wherever it stands."""
    parts = urlsplit(url)
    named = {name.lower().rstrip("/") for name in settings.CHAT_HOSTS}
    at = f"{parts.scheme}://{parts.netloc}".lower()
    return at in named or (parts.scheme == "https" and (parts.hostname or "").lower() in named)


def _check_where(url: str) -> None:
    """A known name must not lead into our own network. Looked up at each post: names move."""
    parts = urlsplit(url)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError as wrong:
        raise NotPosted(str(wrong)) from wrong
    if not all(ipaddress.ip_address(str(where[4][0]).partition("%")[0]).is_global for where in found):
        raise Dead(_("The address leads into a private network."))


def post(*, kind: str, url: str, words: Said, link: str) -> None:
    """Put one notice into a chat. Raises NotPosted, Dead or Unclear."""
    try:
        check_address(url)
    except Refused as refused:
        raise Dead(refused.message) from refused
    if not is_named(url):
        _check_where(url)
    payload = slack(words, link) if kind == ChatKind.SLACK else teams(words, link)
    try:
        with requests.Session() as session:
            session.trust_env = False  # no proxy and no password of the machine's
            answer = session.post(url, json=payload, timeout=SECONDS, allow_redirects=False, stream=True)
            status = answer.status_code
    except (requests.ConnectTimeout, requests.exceptions.SSLError) as wrong:
        raise NotPosted(type(wrong).__name__) from wrong
    except requests.ConnectionError as wrong:
        raise (NotPosted if _is_unconnected(wrong) else Unclear)(type(wrong).__name__) from wrong
    except requests.RequestException as wrong:
        raise Unclear(type(wrong).__name__) from wrong
    _judge(status)


def _is_unconnected(wrong: BaseException) -> bool:
    """Whether the other side was never reached: urllib3 says so in the reason of the error it gave up with."""
    reason = getattr(wrong.args[0] if wrong.args else None, "reason", None)
    return type(reason).__name__ in {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError"}


def _judge(status: int) -> None:
    if status in ACCEPTED:
        return
    if status in BUSY or status >= 500:
        raise NotPosted(str(status))
    raise Dead(str(status))


# --- What is posted: the title and the way in, nothing else about anybody ---------------------------------------------


def slack(words: Said, link: str) -> dict[str, Any]:
    """`text` is what a notification shows; the block what the channel shows."""
    title = _escaped(words.title)
    said = f"{title}\n<{link}|{_escaped(_('Open in Kanryu'))}>"
    return {"text": title, "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": said}}]}


def _escaped(text: str) -> str:
    """Slack's three characters: without them a name could mention a whole channel or make a link."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def teams(words: Said, link: str) -> dict[str, Any]:
    """The message with an Adaptive Card that a Workflows webhook takes."""
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": [{"type": "TextBlock", "text": _plain(words.title), "wrap": True}],
        "actions": [{"type": "Action.OpenUrl", "title": _("Open in Kanryu"), "url": link}],
    }
    attachment = {"contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attachment]}


def _plain(text: str) -> str:
    """A card reads Markdown: a name must not become a link."""
    return "".join(f"\\{letter}" if letter in "\\[]*_`" else letter for letter in text)
