"""Notices and the doors they leave by."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import time_machine

from recruiting.accounts.models import User
from recruiting.core import outbox
from recruiting.core.models import OutboxMessage
from recruiting.notices import services
from recruiting.notices.models import Mail, Notice
from tests.builders import MONDAY
from tests.notices.kinds import WAITS

_count = itertools.count(1)
ABOUT = {"from": "Mika Sato", "name": "Aoi Tanaka", "due": "2026-11-03T02:00:00+00:00"}


def told(
    user: User,
    *,
    kind: str = WAITS.key,
    key: str = "",
    at: datetime = MONDAY,
    about: Mapping[str, Any] = ABOUT,
    **more: Any,
) -> Notice:
    """Somebody is told something; it fails where they are not."""
    notice = services.notify(
        user=user, kind=kind, key=key or f"test:{next(_count)}", about=about, path=more.pop("path", "/"), at=at, **more
    )
    assert notice is not None
    return notice


def a_letter(*, key: str = "", to: str = "somebody@example.com", at: datetime = MONDAY, **more: Any) -> Mail:
    return services.post_mail(
        key=key or f"letter:{next(_count)}", to=to, subject="A letter", text="Its words.", at=at, **more
    )


def relay_all(at: datetime = MONDAY) -> None:
    """Until nothing more is due at `at`: a letter is written by one turn and sent by the next."""
    with time_machine.travel(at, tick=False):
        while outbox.relay():
            pass


def forget_deliveries() -> None:
    """As if every relay had died right after its work: all is due again, and delivered a second time."""
    OutboxMessage.objects.update(sent_at=None, claimed_until=None, due_at=MONDAY)
