"""Who is told of something that happened to an application: never whoever did it, never twice.

A notice's key begins with what it is about ("handoff:12:"), so that what it asked for can be settled when it is done.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from funnel.models import Application
from recruiting.accounts.models import User
from recruiting.accounts.roles import Role
from recruiting.core.models import Event, OutboxMessage
from recruiting.jobs.models import JobSeat, Seat
from recruiting.notices.kinds import Kind
from recruiting.notices.services import notify


@dataclass(frozen=True)
class Fact:
    """One event about one application, as its outbox message tells it."""

    event: Event
    application: Application
    payload: dict[str, Any]

    @property
    def about(self) -> dict[str, Any]:
        """What every sentence may name. Moments stay ISO: the words are made for the reader."""
        known = {"name": self.application.candidate.name, "job": self.application.job.title}
        by = {"by": self.event.by.name} if self.event.by else {}
        return {**known, **by, "due": self.payload.get("due") or ""}

    @property
    def owner(self) -> User | None:
        """Whoever runs the card: its owner, else the job's recruiter."""
        return self.application.owner or self.application.job.recruiter


def fact_of(message: OutboxMessage) -> Fact | None:
    """None when the application is gone: there is nothing left to tell about."""
    payload = message.payload
    rows = Application.objects.select_related("candidate", "job__recruiter", "owner")
    application = rows.filter(pk=payload.get("application") or 0).first()
    event = Event.objects.select_related("by").filter(pk=payload["event"]).first()
    return Fact(event, application, payload) if event and application else None


def tell(
    fact: Fact,
    users: Iterable[User | None],
    kind: Kind,
    *,
    subject: str,
    path: str,
    mail_path: str = "",
    is_mailed: bool = True,
    **about: Any,
) -> int:
    """Each of these people once, apart from whoever did it; returns how many were told now. `subject`: "handoff:12"."""
    wanted = {user.pk: user for user in users if user is not None and user.pk != fact.event.by_id}
    told = [
        notify(
            user=user,
            kind=kind.key,
            key=f"{subject}:{fact.event.pk}:{kind.key}",
            about={**fact.about, **about},
            path=path,
            mail_path=mail_path,
            person=fact.application.candidate_id,
            job=fact.application.job_id,
            at=fact.event.at,
            is_mailed=is_mailed,
        )
        for user in wanted.values()
    ]
    return sum(one is not None for one in told)


def user_of(key: Any) -> User | None:
    return User.objects.filter(pk=key).first() if key else None


def users_of(keys: Iterable[Any]) -> list[User]:
    return list(User.objects.filter(pk__in=list(keys)))


def leads() -> list[User]:
    """Who is told when a clock was missed: the recruiting leads; in a house without one, the administrators."""
    for role in (Role.RECRUITING_LEAD, Role.ADMINISTRATOR):
        found = list(User.objects.filter(role=role, is_active=True))
        if found:
            return found
    return []


def managers_of(application: Application) -> list[User]:
    """Who wants to hear whether the person comes."""
    seats = JobSeat.objects.filter(job=application.job, seat=Seat.HIRING_MANAGER, until=None, deputy_for=None)
    return [seat.user for seat in seats.select_related("user")]
