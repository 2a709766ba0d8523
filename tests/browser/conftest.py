"""A browser that listens: a page that complains on its console, or that the server fails, fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.builders import session_cookie

expect.set_options(timeout=20_000)
# What a refusal looks like from outside: the page shows its reason, so the browser's own line about it is no news.
MEANT = ("409 (Conflict)", "422 (Unprocessable")


def listen(page: Page, heard: list[str]) -> Page:
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    page.on("response", lambda got: heard.append(f"{got.url}: {got.status}") if got.status >= 500 else None)
    page.on(
        "console",
        lambda said: (
            heard.append(f"{page.url}: {said.text}")
            if said.type == "error" and not any(each in said.text for each in MEANT)
            else None
        ),
    )
    return page


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """What the pages complained about; nothing, at the end."""
    complaints: list[str] = []
    yield complaints
    assert not complaints


@pytest.fixture
def desk_of(new_context: Any, live_server: Any, heard: list[str]) -> Callable[..., Page]:
    """`desk_of(user)` opens a browser of their own in which they are signed in; more goes to the browser."""

    def open_desk(user: Any, **more: Any) -> Page:
        context = new_context(base_url=live_server.url, **more)
        context.add_cookies([{**session_cookie(user), "url": live_server.url}])
        return listen(context.new_page(), heard)

    return open_desk
