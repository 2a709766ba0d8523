"""Days away and who stands in: what may be entered, by whom, and what is refused with a reason."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from recruiting.accounts import absences, services
from recruiting.accounts.models import Absence, User
from recruiting.core.models import Event
from recruiting.core.refused import Refused
from tests.builders import MONDAY, a_manager, a_recruiter, an_interviewer, at_once

pytestmark = pytest.mark.django_db
FRIDAY, NEXT_MONDAY = date(2026, 11, 6), date(2026, 11, 9)


def away(user: User, from_on: date = FRIDAY, back_on: date = NEXT_MONDAY, **more: Any) -> Absence:
    terms: dict[str, Any] = {"deputy": None, "by": user, "at": MONDAY, **more}
    return absences.enter_absence(user=user, from_on=from_on, back_on=back_on, **terms)


def last(verb: str) -> Event:
    return Event.objects.filter(verb=verb).latest("pk")


def test_somebody_enters_their_own_days_and_who_stands_in() -> None:
    manager, deputy = a_manager(), a_manager()

    absence = away(manager, deputy=deputy)

    assert (absence.from_on, absence.back_on, absence.deputy) == (FRIDAY, NEXT_MONDAY, deputy)
    assert last("absence.entered").data["deputy"] == deputy.pk


def test_a_lead_enters_the_days_of_others_and_nobody_else_does(lead: User) -> None:
    ill, colleague = a_recruiter(), a_recruiter()

    assert away(ill, by=lead).created_by == lead
    with pytest.raises(Refused, match="Only recruiting leads"):
        away(ill, date(2026, 12, 1), date(2026, 12, 2), by=colleague)


@pytest.mark.parametrize(
    ("from_on", "back_on"),
    [(date(2026, 11, 5), date(2026, 11, 7)), (date(2026, 11, 8), date(2026, 11, 12)), (FRIDAY, NEXT_MONDAY)],
)
def test_nobody_is_away_twice_on_a_day(from_on: date, back_on: date, recruiter: User) -> None:
    away(recruiter)

    with pytest.raises(Refused, match="is away from 6 Nov 2026 already, and back on 9 Nov 2026"):
        away(recruiter, from_on, back_on)


def test_an_absence_may_begin_on_the_day_another_one_ends(recruiter: User) -> None:
    away(recruiter)

    assert away(recruiter, NEXT_MONDAY, date(2026, 11, 10)).pk


@pytest.mark.parametrize("back_on", [FRIDAY, FRIDAY - timedelta(days=1), date(2036, 1, 1)])
def test_an_absence_ends_after_it_begins_and_within_two_years(back_on: date, recruiter: User) -> None:
    with pytest.raises(Refused):
        away(recruiter, FRIDAY, back_on)


def test_who_stands_in_is_at_work_and_answers_handoffs(lead: User) -> None:
    manager, gone, on_leave = a_manager(), a_manager(), a_manager()
    services.deactivate_user(user=gone, by=lead, at=MONDAY)
    gone = User.objects.get(pk=gone.pk)
    away(on_leave, FRIDAY - timedelta(days=3), FRIDAY + timedelta(days=1))

    for deputy, why in ((manager, "Nobody stands in"), (gone, "no longer works"), (on_leave, "is away too")):
        with pytest.raises(Refused, match=why):
            away(manager, deputy=deputy)
    with pytest.raises(Refused, match="does not answer handoffs"):
        away(manager, deputy=an_interviewer())


def test_the_days_can_be_changed_and_do_not_collide_with_themselves(recruiter: User) -> None:
    absence = away(recruiter)
    terms: dict[str, Any] = {"from_on": FRIDAY, "back_on": date(2026, 11, 12), "deputy": None}

    absences.change_absence(absence=absence, by=recruiter, at=MONDAY, **terms)

    assert Absence.objects.get(pk=absence.pk).back_on == date(2026, 11, 12)
    assert last("absence.changed").data["back_on"] == "2026-11-12"


def test_the_second_of_two_reads_who_changed_it_and_when(recruiter: User, lead: User) -> None:
    absence = away(recruiter)
    seen = absences.mark_of(absence)
    terms: dict[str, Any] = {"from_on": FRIDAY, "deputy": None, "seen": seen}
    later = MONDAY + timedelta(minutes=5)
    absences.change_absence(absence=absence, by=lead, at=MONDAY, back_on=date(2026, 11, 12), **terms)

    with pytest.raises(Refused, match=f"{lead.name} changed this absence 5 minutes ago"):
        absences.change_absence(absence=absence, by=recruiter, at=later, back_on=date(2026, 11, 10), **terms)


def test_days_are_taken_back_and_the_slip_is_undone_within_a_minute(recruiter: User) -> None:
    deputy = a_recruiter()
    event = absences.take_back_absence(absence=away(recruiter, deputy=deputy), by=recruiter, at=MONDAY)
    assert not Absence.objects.filter(user=recruiter).exists()

    absence = absences.restore_absence(event=event, by=recruiter, at=MONDAY + timedelta(seconds=9))

    assert (absence.user, absence.from_on, absence.deputy) == (recruiter, FRIDAY, deputy)
    with pytest.raises(Refused, match="already"):  # pressed twice
        absences.restore_absence(event=event, by=recruiter, at=MONDAY + timedelta(seconds=10))


def test_undo_is_for_whoever_did_it_and_for_a_minute(recruiter: User, lead: User) -> None:
    event = absences.take_back_absence(absence=away(recruiter), by=recruiter, at=MONDAY)

    with pytest.raises(Refused, match="nothing to undo"):
        absences.restore_absence(event=event, by=lead, at=MONDAY)
    with pytest.raises(Refused, match="too long ago"):
        absences.restore_absence(event=event, by=recruiter, at=MONDAY + timedelta(seconds=61))


def test_what_is_taken_back_cannot_be_changed_or_taken_back_again(recruiter: User, lead: User) -> None:
    absence = away(recruiter)
    stale = Absence.objects.get(pk=absence.pk)
    absences.take_back_absence(absence=absence, by=lead, at=MONDAY)

    with pytest.raises(Refused, match="taken this absence back"):
        absences.take_back_absence(absence=stale, by=recruiter, at=MONDAY)


def test_everybody_keeps_their_own_hours(recruiter: User, lead: User) -> None:
    terms: dict[str, Any] = {"hours": {"0": [["10:00", "15:00"]]}, "country": "DE", "subdivision": "BE", "at": MONDAY}

    absences.change_calendar(user=recruiter, by=recruiter, **terms)

    calendar = absences.calendar_of(recruiter)
    assert (calendar.country, calendar.subdivision, calendar.hours) == ("DE", "BE", {"0": [["10:00", "15:00"]]})
    assert last("calendar.changed").data == {"user": recruiter.pk}
    with pytest.raises(Refused, match="their own working hours"):
        absences.change_calendar(user=recruiter, by=lead, **terms)
    with pytest.raises(Refused, match="does not belong"):
        absences.change_calendar(user=recruiter, by=recruiter, **{**terms, "subdivision": "Tokyo"})


@pytest.mark.django_db(transaction=True)
def test_the_same_days_entered_twice_at_once_stand_once() -> None:
    user = a_recruiter()

    said = at_once(lambda: away(user), lambda: away(user))

    assert said == ["", "overlaps"]
    assert Absence.objects.filter(user=user).count() == 1
