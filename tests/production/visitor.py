"""Somebody at a browser without scripts: follows addresses, reads pages, sends forms. Nothing but HTTP."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from typing import Any

import requests

from tests.production.houses import PASSWORD

SOON = 5.0  # seconds from the answer to the request that wrote the fact


class Page(HTMLParser):
    """The parts of a page that the journey needs: choices by field, ticks by name, cards, what stands on it."""

    def __init__(self, text: str, url: str) -> None:
        super().__init__()
        self.text, self.url = text, url
        self.choices: dict[str, dict[str, str]] = {}
        self.ticks: dict[str, list[str]] = {}
        self.cards: dict[str, tuple[str, str]] = {}  # version and column, by key
        self.columns: list[str] = []
        self.lines: list[str] = []
        self._select, self._option = "", ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        has = {name: value or "" for name, value in attrs}
        if tag == "select":
            self._select = has.get("name", "")
            self.choices[self._select] = {}
        elif tag == "option":
            self._option = has.get("value", "")
        elif tag == "input" and has.get("type") == "checkbox":
            self.ticks.setdefault(has.get("name", ""), []).append(has.get("value", "on"))
        if "data-column" in has:
            self.columns.append(has["data-column"])
        if "data-card" in has:
            self.cards[has["data-card"]] = (has["data-version"], self.columns[-1])
        if "data-pk" in has:
            self.lines.append(has["data-pk"])

    def handle_data(self, data: str) -> None:
        if self._select and self._option and data.strip():
            self.choices[self._select][data.strip()] = self._option

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "option":
            self._option = ""

    def choice(self, field: str, words: str) -> str:
        return next(value for label, value in self.choices[field].items() if words in label)


class Visitor:
    """One person signed in. `go` reads a page, `send` posts a form and expects it to be taken."""

    def __init__(self, address: str, name: str) -> None:
        self.address, self.session = address, requests.Session()
        self.go("/accounts/login/")
        self.send("/accounts/login/", login=f"{name}@smoke.example", password=PASSWORD)

    def go(self, path: str) -> Page:
        answer = self.session.get(self.address + path, timeout=20)
        assert answer.status_code == 200, f"{path}: {answer.status_code}"
        return Page(answer.text, answer.url)

    def send(self, path: str, **fields: Any) -> Page:
        token = self.session.cookies.get("csrftoken", "")
        fields = {"csrfmiddlewaretoken": token, **fields}
        answer = self.session.post(self.address + path, data=fields, timeout=20)
        said = re.findall(r'class="(?:notice|wrong|refusal)[^>]*>(.*?)</', answer.text, re.DOTALL)
        assert answer.status_code == 200, f"{path}: {answer.status_code} {said} {answer.text[-1500:]}"
        return Page(answer.text, answer.url)

    def card_of(self, name: str, *, within: float = SOON) -> str:
        """The key of the card that proposes this person, which must stand on the desk soon."""
        began = time.monotonic()
        while True:
            for key in self.go("/returns/?tab=team").lines:
                if name in self.go(f"/returns/?tab=team&p={key}").text.partition('id="chosen"')[2]:
                    return key
            waited = time.monotonic() - began
            assert waited <= within, f"{name} is not proposed after {waited:.1f} seconds"
            time.sleep(0.1)
