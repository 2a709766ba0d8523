from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils import timezone, translation

from recruiting.accounts.middleware import in_their_words
from tests import builders

pytestmark = pytest.mark.django_db


def request_of_a_japanese_reader(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/")
    request.user = builders.a_recruiter(language="ja", time_zone="Europe/Berlin")
    return request


def here() -> str:
    return f"{translation.get_language()} {timezone.get_current_timezone_name()}"


def test_a_page_is_written_in_its_readers_words(rf: RequestFactory) -> None:
    response = in_their_words(lambda _request: HttpResponse(here()))(request_of_a_japanese_reader(rf))

    assert response.content == b"ja Europe/Berlin"
    assert here() == "en Asia/Tokyo"


def test_a_file_that_is_streamed_afterwards_is_too(rf: RequestFactory) -> None:
    def lines() -> Iterator[bytes]:
        yield here().encode()

    response = in_their_words(lambda _request: StreamingHttpResponse(lines()))(request_of_a_japanese_reader(rf))
    assert here() == "en Asia/Tokyo"

    assert b"".join(response.streaming_content) == b"ja Europe/Berlin"
    assert here() == "en Asia/Tokyo"


def test_a_page_that_fails_leaves_nothing_behind(rf: RequestFactory) -> None:
    def fails(_request: HttpRequest) -> HttpResponse:
        raise ValueError

    with pytest.raises(ValueError):
        in_their_words(fails)(request_of_a_japanese_reader(rf))

    assert here() == "en Asia/Tokyo"


def test_a_page_and_its_fragment_share_an_address_but_no_cache(client, recruiter):
    client.force_login(recruiter)

    answer = client.get("/accounts/me/")

    assert "HX-Request" in answer.headers["Vary"]
    assert "private" in answer.headers["Cache-Control"]
