"""Nobody who is not signed in gets anything but the few doors that are meant for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

OPEN = {
    "core:healthz",
    "core:readyz",
    "accounts:accept",
    "accounts:language",
    "accounts:theme",
    "notices:unsubscribe",
    "account_login",
    "account_logout",
    "account_signup",
    "account_inactive",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_email",
    "account_email_verification_sent",
    "account_confirm_login_code",
}
SAMPLES: dict[str, Any] = {
    "int": 1,
    "str": "x",
    "slug": "x",
    "uuid": "6f1b7cbe-0000-4000-8000-000000000000",
    "path": "x",
}


def named_urls(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from named_urls(pattern, inner)
        else:
            yield f"{space}{pattern.name or pattern.pattern}", pattern


URLS = dict(named_urls())


def address(name: str, pattern: URLPattern) -> str:
    given = {key: _sample(converter) for key, converter in pattern.pattern.converters.items()}
    try:
        return reverse(name, kwargs=given)
    except NoReverseMatch:
        return reverse(name, kwargs={"uidb36": "1", "key": "x"} if "uidb36" in str(pattern.pattern) else {"key": "x"})


def _sample(converter: Any) -> Any:
    kind = type(converter).__name__.removesuffix("Converter").lower()
    return SAMPLES[{"string": "str"}.get(kind, kind)]


def is_refused(response: Any) -> bool:
    """Sent to the sign-in page, or told no."""
    if response.status_code in {301, 302}:
        return response["Location"].startswith(reverse("account_login"))
    return response.status_code in {401, 403, 404}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(set(URLS) - OPEN))
def test_a_stranger_is_refused(name: str, client: Client) -> None:
    url = address(name, URLS[name])

    assert is_refused(client.get(url))
    assert is_refused(client.post(url))


def test_the_doors_left_open_exist() -> None:
    assert set(URLS) >= OPEN


@pytest.mark.django_db
def test_a_door_left_open_would_be_seen(client: Client) -> None:
    assert not is_refused(client.get(reverse("core:healthz")))
