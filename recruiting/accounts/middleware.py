"""Default deny, and every page in its reader's language and time zone."""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import cast
from zoneinfo import ZoneInfo

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers

Answer = Callable[[HttpRequest], HttpResponseBase]


class SignedInMiddleware(LoginRequiredMiddleware):
    """Every URL asks for a signed-in person unless its view says otherwise (`login_not_required`)."""


@contextmanager
def _words_and_zone(language: str, zone: str) -> Iterator[None]:
    with translation.override(language), timezone.override(ZoneInfo(zone)):
        yield


def _stream(content: Iterable[bytes], language: str, zone: str) -> Iterator[bytes]:
    """A streamed answer is written after the request is over: it takes its words along."""
    with _words_and_zone(language, zone):
        yield from content


def in_their_words(get_response: Answer) -> Answer:
    """Middleware. Speak the signed-in person's language in their time zone, and leave nothing of it behind."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        user = request.user
        if not user.is_authenticated:
            return get_response(request)
        request.LANGUAGE_CODE = user.language
        with _words_and_zone(user.language, user.time_zone):
            response = get_response(request)
        response.headers.setdefault("Content-Language", user.language)
        # One address answers a page or a fragment of it, and neither belongs in a cache that others share.
        patch_vary_headers(response, ["HX-Request"])
        if "Cache-Control" not in response.headers:
            patch_cache_control(response, private=True, no_cache=True)
        if isinstance(response, StreamingHttpResponse) and not isinstance(response.streaming_content, AsyncIterable):
            content = cast("Iterable[bytes]", response.streaming_content)
            response.streaming_content = _stream(content, user.language, user.time_zone)
        return response

    return answer
