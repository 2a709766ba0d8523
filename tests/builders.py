"""Hand-written builders: people who work here, and moments. Each app's own builders are in `builders_<app>.py`."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from recruiting.accounts.models import Team, User
from recruiting.accounts.roles import Role
from recruiting.core.refused import Refused

TOKYO = ZoneInfo("Asia/Tokyo")
_count = itertools.count(1)


def moment(day: str, time: str = "10:00") -> datetime:
    """A moment in Tokyo: moment("2026-11-02", "09:30")."""
    return datetime.fromisoformat(f"{day}T{time}:00").replace(tzinfo=TOKYO)


MONDAY = moment("2026-11-02")


def a_user(role: Role, *, family_name: str = "", given_name: str = "", **fields: Any) -> User:
    """Somebody who works here, signed in by `client.force_login`; pass a password to sign in by hand."""
    number = next(_count)
    return User.objects.create_user(
        fields.pop("email", f"{role.value}{number}@kanryu.test"),
        fields.pop("password", None),
        role=role,
        family_name=family_name or role.label.split()[-1].capitalize(),
        given_name=given_name or f"No{number}",
        **fields,
    )


def a_sourcer(**fields: Any) -> User:
    return a_user(Role.SOURCER, **fields)


def a_recruiter(**fields: Any) -> User:
    return a_user(Role.RECRUITER, **fields)


def a_manager(**fields: Any) -> User:
    return a_user(Role.HIRING_MANAGER, **fields)


def an_interviewer(**fields: Any) -> User:
    return a_user(Role.INTERVIEWER, **fields)


def an_approver(**fields: Any) -> User:
    return a_user(Role.APPROVER, **fields)


def a_lead(**fields: Any) -> User:
    return a_user(Role.RECRUITING_LEAD, **fields)


def an_administrator(**fields: Any) -> User:
    return a_user(Role.ADMINISTRATOR, **fields)


def a_team(name: str = "") -> Team:
    return Team.objects.create(name=name or f"Team {next(_count)}")


def session_cookie(user: User) -> dict[str, str]:
    """The cookie of a session in which this person is signed in, for a browser."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return {"name": settings.SESSION_COOKIE_NAME, "value": str(session.session_key)}


def at_once(*calls: Callable[[], object]) -> list[str]:
    """Run each in a thread and a connection of its own: the codes of those refused, "" for who went through, sorted."""
    said: list[str] = []

    def run(call: Callable[[], object]) -> None:
        try:
            call()
            said.append("")
        except Refused as refused:
            said.append(refused.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)
