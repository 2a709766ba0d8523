"""Standing still: on hold, resumed, the next action, whose card it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from funnel.models import Application
from funnel.transitions import run_transition
from recruiting.accounts.models import User
from recruiting.core import events
from recruiting.core.days import day_of, plus_days
from recruiting.core.models import Event
from recruiting.core.refused import Refused

UNDO = timedelta(seconds=60)


def hold_application(
    *,
    application: Application,
    until: date | None,
    reason: str,
    by: User | None,
    at: datetime,
    seen_version: int | None = None,
    by_job: bool = False,
) -> Application:
    """Pause with a reason and an end, at most 90 days ahead; then it is on the owner's desk."""
    check_hold(until, reason, at)
    return run_transition(
        application=application,
        move="hold",
        by=by,
        at=at,
        seen_version=seen_version,
        why=reason,
        data={"until": str(until), "moved_at": application.last_moved_at.astimezone(UTC).isoformat()},
        until=until,
        reason=reason.strip(),
        by_job=by_job,
    )


def check_hold(until: date | None, reason: str, at: datetime) -> None:
    """A hold has a reason and a day to come, within the limit."""
    if not reason.strip():
        raise Refused(_("Say why this is on hold."), "invalid")
    today = day_of(at)
    if until is None or not today < until <= plus_days(today, settings.HOLD_MAX_DAYS):
        most = settings.HOLD_MAX_DAYS
        said = ngettext(
            "A hold ends on a day to come, at most %(days)s day ahead.",
            "A hold ends on a day to come, at most %(days)s days ahead.",
            most,
        )
        raise Refused(said % {"days": most}, "invalid")


def resume_application(
    *, application: Application, by: User | None, at: datetime, seen_version: int | None = None
) -> Application:
    return run_transition(application=application, move="resume", by=by, at=at, seen_version=seen_version)


@transaction.atomic
def set_application_next_action(
    *, application: Application, action: str, on: date | None, by: User | None, at: datetime
) -> Application:
    """What happens next with this card, and when. No move: nobody's view of the card gets old by it."""
    if on is not None and not action.strip():
        raise Refused(_("A day alone is no next action: say what happens then."), "invalid")
    application.next_action, application.next_action_on = action.strip(), on
    columns = {"next_action": application.next_action, "next_action_on": on}
    Application.objects.filter(pk=application.pk).update(**columns)
    _say("application.next_action_set", application, by, at, {"action": application.next_action, "on": str(on or "")})
    return application


@transaction.atomic
def set_owner(*, application: Application, owner: User, by: User | None, at: datetime) -> Application:
    """Whose card it is."""
    application.owner = owner
    Application.objects.filter(pk=application.pk).update(owner=owner)
    _say("application.owner_set", application, by, at, {"owner": owner.pk})
    return application


def _say(verb: str, application: Application, by: User | None, at: datetime, data: dict[str, Any]) -> None:
    events.record(verb, application, by=by, at=at, person=application.candidate_id, job=application.job_id, data=data)


@transaction.atomic
def set_next_actions(
    *, rows: list[Application], action: str, on: date | None, owner: User | None, by: User | None, at: datetime
) -> list[Application]:
    """The same next action, and where somebody is named the same owner, for several cards."""
    for row in rows:
        set_application_next_action(application=row, action=action, on=on, by=by, at=at)
        if owner is not None and owner.pk != row.owner_id:
            set_owner(application=row, owner=owner, by=by, at=at)
    return rows


@dataclass
class Held:
    """Who is on hold now, and one sentence for each who is not."""

    held: list[Application] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def hold_applications(
    *, rows: list[Application], until: date | None, reason: str, seen: Mapping[int, int], by: User, at: datetime
) -> Held:
    """Many cards on hold for the same reason, each as hold_application would; who cannot be held is named."""
    check_hold(until, reason, at)
    done = Held()
    for row in rows:
        try:
            with transaction.atomic():
                version = seen.get(row.pk)
                hold_application(application=row, until=until, reason=reason, by=by, at=at, seen_version=version)
        except Refused as refused:
            done.refused.append(_("%(name)s: %(why)s") % {"name": row.candidate.name, "why": refused.message})
        else:
            done.held.append(row)
    return done


def resume_applications(*, rows: list[Application], by: User, at: datetime) -> list[str]:
    """Undo of holding many: each goes on, as quiet as it was; one sentence for each that does not."""
    said = []
    for row in rows:
        try:
            with transaction.atomic():
                resume_application(application=row, by=by, at=at)
                _as_quiet_as_before(row, at)
        except Refused as refused:
            said.append(_("%(name)s: %(why)s") % {"name": row.candidate.name, "why": refused.message})
    return said


def _as_quiet_as_before(row: Application, at: datetime) -> None:
    """A hold that was a slip is no movement: the card is forgotten again. One that stood a while is."""
    held = Event.objects.filter(subject="application", subject_key=row.pk, verb="application.held")
    last = held.filter(at__gte=at - UNDO).order_by("-pk").first()
    if last is not None and "moved_at" in last.data:
        Application.objects.filter(pk=row.pk).update(last_moved_at=datetime.fromisoformat(last.data["moved_at"]))
