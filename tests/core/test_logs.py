from __future__ import annotations

import json
import logging

import pytest
from django.test import Client
from pythonjsonlogger.json import JsonFormatter

from recruiting.core import logs


def test_every_answer_carries_an_id_and_a_sane_one_is_kept(client: Client) -> None:
    assert len(client.get("/healthz")["X-Request-ID"]) == 32
    assert client.get("/healthz", headers={"x-request-id": "abcdef12-proxy"})["X-Request-ID"] == "abcdef12-proxy"
    assert client.get("/healthz", headers={"x-request-id": "a b\tc"})["X-Request-ID"] != "a b\tc"


def test_a_request_is_one_line_without_what_was_searched(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="recruiting.core.logs"):
        client.get("/healthz?q=Tanaka")

    line = caplog.records[-1]
    assert line.getMessage() == "GET /healthz 200"
    assert line.__dict__["status"] == 200


def test_a_line_is_json_and_names_its_request() -> None:
    record = logging.LogRecord("kanryu", logging.INFO, "", 0, "moved", None, None)
    token = logs.request_id.set("0123456789")
    logs.RequestIdFilter().filter(record)
    logs.request_id.reset(token)

    line = json.loads(JsonFormatter("%(levelname)s %(request_id)s %(message)s").format(record))

    assert line == {"levelname": "INFO", "request_id": "0123456789", "message": "moved"}
