"""Asking every address of the house as everybody who works here; nothing asked leaves a trace."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode

import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.house.roles_table import ROWS
from tests.house.roles_world import NOW, World, names_of
from tests.house.test_strangers import URLS

# The pages of signing in (without a space) and of the machine (core) are the same for everybody.
OURS = {
    each: pattern
    for name, pattern in URLS.items()
    if ":" in name and not name.startswith("core:")
    for each in names_of(name)
}
SPACES = sorted({name.split(":")[0] for name in OURS})
SEATED = "mia"  # they see only what concerns their jobs
Answer = tuple[int, str]


class House:
    """The world, and a browser for each letter."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._clients: dict[str, Client] = {}
        self._cookies: dict[str, SimpleCookie] = {}
        with time_machine.travel(NOW, tick=False):
            for letter, user in world.users.items():
                self._clients[letter] = client = Client()
                client.force_login(user)
                self._cookies[letter] = client.cookies.copy()

    def address(self, name: str, letter: str, whose: str = "mine", **instead: Any) -> str:
        given = self.world.kwargs(name, OURS[name], whose, letter)
        return reverse(name.partition(" ")[0], kwargs={**given, **instead})

    def ask(self, letter: str, method: str, url: str, terms: Any = None, **headers: str) -> Answer:
        """One request that leaves nothing behind: its status and its words. A broken page is a broken page."""
        client = self._clients[letter]
        client.cookies = SimpleCookie(self._cookies[letter])
        if method == "post" and terms:
            url = f"{url}?{urlencode(terms)}"  # some read what they act on from the address
        with transaction.atomic(), time_machine.travel(NOW, tick=False):
            answer: Any = getattr(client, method)(url, terms or {}, headers=headers)
            body = b"".join(answer) if answer.streaming else answer.content
            transaction.set_rollback(True)
        assert answer.status_code < 500, f"{method} {url}: {answer.status_code}"
        return answer.status_code, body.decode(errors="replace") + answer.get("Location", "")

    def ask_for(self, letter: str, method: str, name: str, whose: str = "mine", **instead: Any) -> Answer:
        return self.ask(letter, method, self.address(name, letter, whose, **instead), self.world.terms(name, whose))


def gets_in(status: int) -> bool:
    return status not in {401, 403, 404, 405}


def plain(answer: Answer) -> Answer:
    """The status and the words of a page, without what differs between any two requests."""
    return answer[0], re.sub(r'(csrf\w*"? value="[^"]+"|"X-CSRFToken": "[^"]+"|value="/[^"]*")', "", answer[1])


def pages_of(letter: str) -> list[str]:
    return [name for name in OURS if letter in ROWS[name][0]]


def in_space(space: str) -> list[str]:
    return [name for name in OURS if name.startswith(f"{space}:")]
