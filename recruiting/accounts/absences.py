"""When somebody works and when they are away: the verbs. Days are days where that person is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from recruiting.accounts.hours import regions_of
from recruiting.accounts.models import Absence, User, WorkingCalendar
from recruiting.core import words
from recruiting.core.events import record
from recruiting.core.models import Event
from recruiting.core.refused import Refused

OTHERS = "accounts.change_absence"
MAY_STAND_IN = "funnel.answer_handoff"
LONGEST = timedelta(days=731)
UNDO = timedelta(seconds=60)


def calendar_of(user: User) -> WorkingCalendar:
    """Somebody's calendar, or the one everybody begins with, unsaved."""
    found = WorkingCalendar.objects.filter(user=user).first()
    return found or WorkingCalendar(user=user, country=settings.COUNTRY)


@transaction.atomic
def change_calendar(
    *, user: User, hours: dict[str, list[list[str]]], country: str, subdivision: str, by: User, at: datetime
) -> WorkingCalendar:
    """Working hours and the place whose public holidays are kept. Clocks that run keep the end they were given."""
    if by.pk != user.pk:
        raise Refused(_("Everybody keeps their own working hours."), "not_allowed")
    if subdivision and subdivision not in regions_of(country):
        raise Refused(_("This region does not belong to the country."), "invalid")
    calendar, _made = WorkingCalendar.objects.update_or_create(
        user=user, defaults={"hours": hours, "country": country, "subdivision": subdivision}
    )
    record("calendar.changed", calendar, by=by, at=at, data={"user": user.pk})
    return calendar


@transaction.atomic
def enter_absence(*, user: User, from_on: date, back_on: date, deputy: User | None, by: User, at: datetime) -> Absence:
    """Somebody is away from a day on, and back on another; who stands in answers in their place meanwhile."""
    _demand_own_or_lead(user, by)
    _demand_sense(user, from_on, back_on, deputy)
    absence = Absence.objects.create(
        user=user, from_on=from_on, back_on=back_on, deputy=deputy, created_at=at, created_by=by
    )
    _tell("absence.entered", absence, by=by, at=at)
    return absence


@transaction.atomic
def change_absence(
    *, absence: Absence, from_on: date, back_on: date, deputy: User | None, by: User, at: datetime, seen: str = ""
) -> Absence:
    """Other days, or somebody else stands in. `seen` is the mark of what was on the screen."""
    now = _standing(absence)
    _demand_own_or_lead(now.user, by)
    if seen and seen != mark_of(now):
        raise _changed_meanwhile(now, at)
    _demand_sense(now.user, from_on, back_on, deputy, besides=now.pk)
    now.from_on, now.back_on, now.deputy = from_on, back_on, deputy
    now.save(update_fields=["from_on", "back_on", "deputy"])
    _tell("absence.changed", now, by=by, at=at)
    return now


@transaction.atomic
def take_back_absence(*, absence: Absence, by: User, at: datetime) -> Event:
    """They are not away after all. The event keeps the days, so that a slip can be undone."""
    now = _standing(absence)
    _demand_own_or_lead(now.user, by)
    event = _tell("absence.taken_back", now, by=by, at=at)
    now.delete()
    return event


@transaction.atomic
def restore_absence(*, event: Event, by: User, at: datetime) -> Absence:
    """Undo of taking back, by whoever did it, within a minute."""
    if event.verb != "absence.taken_back" or event.by_id != by.pk:
        raise Refused(_("There is nothing to undo."), "nothing")
    if at - event.at > UNDO:
        raise Refused(_("That is too long ago to be undone. Enter the days again."), "too_late")
    kept = event.data
    return enter_absence(
        user=User.objects.get(pk=kept["user"]),
        from_on=date.fromisoformat(kept["from_on"]),
        back_on=date.fromisoformat(kept["back_on"]),
        deputy=User.objects.filter(pk=kept["deputy"]).first(),
        by=by,
        at=at,
    )


def mark_of(absence: Absence) -> str:
    """What an absence says, for comparing it with what somebody saw."""
    return f"{absence.from_on.isoformat()}/{absence.back_on.isoformat()}/{absence.deputy_id or ''}"


def _changed_meanwhile(absence: Absence, at: datetime) -> Refused:
    """Who was first, and when."""
    last = Event.objects.filter(subject="absence", subject_key=absence.pk).select_related("by").order_by("-pk").first()
    if last is None or last.by is None:
        return Refused(_("Somebody changed this absence while you were looking. Nothing was changed."), "moved")
    ago = words.since_then(timezone.localtime(last.at), timezone.localtime(at), get_language() or "en")
    return Refused(
        _("%(name)s changed this absence %(ago)s. Nothing was changed.") % {"name": last.by.name, "ago": ago}, "moved"
    )


def _standing(absence: Absence) -> Absence:
    found = (
        Absence.objects.select_for_update(of=("self",)).select_related("user", "deputy").filter(pk=absence.pk).first()
    )
    if found is None:
        raise Refused(_("Somebody has taken this absence back already."), "moved")
    return found


def _demand_own_or_lead(user: User, by: User) -> None:
    if user.pk != by.pk and not by.has_perm(OTHERS):
        raise Refused(_("Only recruiting leads enter absences of others."), "not_allowed")


def _demand_sense(user: User, from_on: date, back_on: date, deputy: User | None, besides: int = 0) -> None:
    """Counts siblings, so it locks whom they belong to: two overlapping absences cannot be entered at once."""
    User.objects.select_for_update().get(pk=user.pk)
    if back_on <= from_on:
        raise Refused(_("The day they are back comes after the first day away."), "invalid")
    if back_on - from_on > LONGEST:
        raise Refused(_("An absence lasts two years at most. After that they no longer work here."), "invalid")
    near = {"from_on__lt": back_on, "back_on__gt": from_on}
    other = Absence.objects.filter(user=user, **near).exclude(pk=besides).first()
    if other is not None:
        raise Refused(
            _("%(name)s is away from %(from_on)s already, and back on %(back_on)s. Change that absence instead.")
            % _named(user, other),
            "overlaps",
        )
    if deputy is not None:
        _demand_deputy(user, deputy, near)


def _demand_deputy(user: User, deputy: User, near: dict[str, Any]) -> None:
    if deputy.pk == user.pk:
        raise Refused(_("Nobody stands in for themselves."), "invalid")
    if not deputy.is_active:
        raise Refused(_("%(name)s no longer works here.") % {"name": deputy.name}, "inactive")
    if not deputy.has_perm(MAY_STAND_IN):
        raise Refused(
            _("%(name)s cannot stand in: their role does not answer handoffs.") % {"name": deputy.name}, "not_allowed"
        )
    away = Absence.objects.filter(user=deputy, **near).first()
    if away is not None:
        raise Refused(
            _("%(name)s is away too, from %(from_on)s, and back on %(back_on)s. Name somebody else.")
            % _named(deputy, away),
            "deputy_away",
        )


def _named(user: User, absence: Absence) -> dict[str, str]:
    """A name and its days, each as the reader's language writes it."""
    language = get_language() or "en"
    return {
        "name": user.name,
        "from_on": words.full_day(absence.from_on, language),
        "back_on": words.full_day(absence.back_on, language),
    }


def _tell(verb: str, absence: Absence, *, by: User, at: datetime) -> Event:
    kept = {
        "user": absence.user_id,
        "from_on": absence.from_on.isoformat(),
        "back_on": absence.back_on.isoformat(),
        "deputy": absence.deputy_id,
    }
    return record(verb, absence, by=by, at=at, data=kept)
