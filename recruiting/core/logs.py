"""One line per request and one id per request, on every line that the request writes and in its answer."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

request_id: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger(__name__)
SANE = re.compile(r"[A-Za-z0-9_-]{8,64}")


class RequestIdFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id.get()
        return True


def log_requests(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware. A sane X-Request-ID from a proxy is kept; the path is logged without its query (names, searches)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        mine = given if SANE.fullmatch(given) else uuid.uuid4().hex
        token, began = request_id.set(mine), time.monotonic()
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = mine
            took = round((time.monotonic() - began) * 1000, 1)
            logger.info(
                "%s %s %s",
                request.method,
                request.path,
                response.status_code,
                extra={
                    "method": request.method,
                    "path": request.path,
                    "status": response.status_code,
                    "milliseconds": took,
                    "user": getattr(getattr(request, "user", None), "pk", None),
                },
            )
            return response
        finally:
            request_id.reset(token)

    return answer
