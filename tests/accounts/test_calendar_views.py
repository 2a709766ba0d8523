"""One's own working hours and absences, and everybody's for whoever leads: what the pages let whom do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from funnel.models import Handoff
from recruiting.accounts import absences
from recruiting.accounts.models import Absence, User
from tests.builders import MONDAY, a_manager, a_recruiter, an_interviewer
from tests.builders_handoffs import an_offered_handoff

pytestmark = pytest.mark.django_db
FRIDAY, NEXT_MONDAY = date(2026, 11, 6), date(2026, 11, 9)
WEEK = {f"d{day}_{number}_{end}": "" for day in range(7) for number in range(2) for end in ("from", "to")}
MORNING = {"d0_0_from": "09:00", "d0_0_to": "12:30"}


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel(MONDAY, tick=False):
        yield


def away(user: User, from_on: date = FRIDAY, back_on: date = NEXT_MONDAY, **more: Any) -> Absence:
    terms: dict[str, Any] = {"deputy": None, "by": user, "at": MONDAY, **more}
    return absences.enter_absence(user=user, from_on=from_on, back_on=back_on, **terms)


# --- Working hours ----------------------------------------------------------------------------------------------------


def test_everybody_sees_their_week_and_the_next_holidays_in_their_language(client: Client) -> None:
    client.force_login(an_interviewer(language="ja"))

    page = client.get(reverse("accounts:calendar"))

    assert page.context["hours_a_week"] == 40
    assert page.context["holidays"][0] == (date(2026, 11, 3), "文化の日")


def test_a_week_is_kept_as_it_was_typed(client: Client, manager: User) -> None:
    client.force_login(manager)

    answer = client.post(reverse("accounts:calendar"), {**WEEK, **MORNING, "country": "DE", "subdivision": "BY"})

    calendar = absences.calendar_of(manager)
    assert answer.status_code == 302
    assert (calendar.hours, calendar.country, calendar.subdivision) == ({"0": [["09:00", "12:30"]]}, "DE", "BY")


@pytest.mark.parametrize(
    "typed",
    [
        {},  # nobody works never
        {"d0_0_from": "09:00"},  # one end
        {"d0_0_from": "12:00", "d0_0_to": "09:00"},
        {"d0_0_from": "09:00", "d0_0_to": "14:00", "d0_1_from": "13:00", "d0_1_to": "18:00"},
        {"d0_0_from": "nine", "d0_0_to": "12:00"},
    ],
)
def test_hours_that_make_no_sense_stay_in_the_form(typed: dict[str, str], client: Client, manager: User) -> None:
    client.force_login(manager)

    answer = client.post(reverse("accounts:calendar"), {**WEEK, **typed, "country": "JP"})

    assert answer.status_code == 422
    assert absences.calendar_of(manager).pk is None
    assert all(value in answer.content.decode() for value in typed.values())


def test_a_region_of_another_country_is_dropped(client: Client, manager: User) -> None:
    client.force_login(manager)

    client.post(reverse("accounts:calendar"), {**WEEK, **MORNING, "country": "JP", "subdivision": "BY"})

    assert absences.calendar_of(manager).subdivision == ""


def test_tuesday_to_friday_become_as_monday_and_nothing_is_saved_yet(client: Client, manager: User) -> None:
    client.force_login(manager)

    page = client.post(reverse("accounts:calendar"), {**WEEK, **MORNING, "country": "JP", "copy": "1"})

    assert page.status_code == 200
    assert page.context["hours_a_week"] == 17.5
    assert page.context["form"]["d4_0_to"].value() == "12:30"
    assert absences.calendar_of(manager).pk is None


def test_choosing_a_country_shows_its_regions_and_holidays(client: Client, manager: User) -> None:
    client.force_login(manager)

    page = client.get(reverse("accounts:holidays"), {"country": "DE", "subdivision": "BY"})

    assert "Bayern" in page.content.decode()
    assert page.context["holidays"][0][0] == date(2026, 12, 25)
    assert client.get(reverse("accounts:holidays"), {"country": "XX"}).status_code == 200


# --- Absences ---------------------------------------------------------------------------------------------------------


def test_own_days_are_entered_and_past_ones_are_folded(client: Client, recruiter: User) -> None:
    away(recruiter, date(2026, 10, 1), date(2026, 10, 5))
    client.force_login(recruiter)

    answer = client.post(reverse("accounts:enter_absence"), {"from_on": FRIDAY, "back_on": NEXT_MONDAY})
    page = client.get(reverse("accounts:absences"))

    assert answer.status_code == 302
    assert [row.from_on for row in page.context["coming"]] == [FRIDAY]
    assert [row.from_on for row in page.context["past"]] == [date(2026, 10, 1)]


def test_a_refused_absence_keeps_what_was_typed(client: Client, recruiter: User) -> None:
    away(recruiter)
    client.force_login(recruiter)

    answer = client.post(reverse("accounts:enter_absence"), {"from_on": FRIDAY, "back_on": "2026-11-20"})

    assert answer.status_code == 409
    assert "2026-11-20" in answer.content.decode()
    assert "is away from 6 Nov 2026 already" in answer.content.decode()
    assert client.post(reverse("accounts:enter_absence"), {"from_on": "x"}).status_code == 422


def test_whoever_stood_in_on_those_days_is_told_whom_they_leave_alone(client: Client, recruiter: User) -> None:
    manager = a_manager()
    away(manager, deputy=recruiter)
    client.force_login(recruiter)

    client.post(reverse("accounts:enter_absence"), {"from_on": FRIDAY, "back_on": NEXT_MONDAY})
    said = [str(message) for message in client.get(reverse("accounts:absences")).context["messages"]]

    assert f"They stand in for {manager.name} then: name somebody else there." in said[0]


def test_days_are_changed_taken_back_and_brought_back(client: Client, recruiter: User) -> None:
    absence = away(recruiter)
    client.force_login(recruiter)
    url = reverse("accounts:change_absence", args=[absence.pk])
    seen = client.get(url, headers={"HX-Request": "true"}).context["seen"]

    changed = client.post(url, {"from_on": FRIDAY, "back_on": "2026-11-12", "seen": seen})
    stale = client.post(url, {"from_on": FRIDAY, "back_on": "2026-11-13", "seen": seen})
    client.post(reverse("accounts:take_back_absence", args=[absence.pk]))
    *_rest, said = client.get(reverse("accounts:absences")).context["messages"]
    gone = Absence.objects.filter(user=recruiter).exists()
    client.post(said.extra_tags)

    assert (changed.status_code, stale.status_code, gone) == (302, 409, False)
    assert Absence.objects.get(user=recruiter).back_on == date(2026, 11, 12)


@pytest.mark.parametrize("name", ["change_absence", "take_back_absence"])
def test_the_absences_of_others_do_not_exist(name: str, client: Client, recruiter: User) -> None:
    absence = away(a_manager())
    client.force_login(recruiter)

    assert client.post(reverse(f"accounts:{name}", args=[absence.pk])).status_code == 404
    assert Absence.objects.filter(pk=absence.pk).exists()


def test_what_somebody_else_took_back_is_not_undone(client: Client, recruiter: User) -> None:
    manager = a_manager()
    event = absences.take_back_absence(absence=away(manager), by=manager, at=MONDAY)
    client.force_login(recruiter)

    assert client.post(reverse("accounts:restore_absence", args=[event.pk])).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("recruiter", 403), ("manager", 403), ("lead", 200), ("administrator", 200)]
)
def test_who_is_away_is_for_whoever_leads(who: str, status: int, client: Client, request: Any) -> None:
    client.force_login(request.getfixturevalue(who))

    assert client.get(reverse("accounts:away")).status_code == status


def test_a_lead_sees_who_is_away_now_and_soon_and_enters_days(client: Client, lead: User, recruiter: User) -> None:
    now, soon = a_manager(), a_manager()
    away(now, date(2026, 11, 1), date(2026, 11, 4))
    away(soon)
    away(a_manager(), date(2027, 5, 1), date(2027, 5, 4))
    client.force_login(lead)
    order = {"user": recruiter.pk, "from_on": FRIDAY, "back_on": NEXT_MONDAY}

    assert client.post(reverse("accounts:enter_absence_of"), order).status_code == 302
    page = client.get(reverse("accounts:away"))

    assert [row.user for row in page.context["now"]] == [now]
    assert {row.user for row in page.context["soon"]} == {soon, recruiter}
    assert client.post(reverse("accounts:enter_absence_of"), order).status_code == 409
    client.force_login(recruiter)
    assert client.post(reverse("accounts:enter_absence_of"), {**order, "user": now.pk}).status_code == 403


def test_the_pages_cost_the_same_for_one_as_for_many(
    client: Client, lead: User, django_assert_max_num_queries: Any
) -> None:
    for _number in range(6):
        away(a_manager(), deputy=lead)
    for week in range(4):
        away(lead, FRIDAY + timedelta(weeks=week + 3), NEXT_MONDAY + timedelta(weeks=week + 3))
    client.force_login(lead)

    with django_assert_max_num_queries(5):  # session, user, absences, who, who may stand in
        client.get(reverse("accounts:away"))
    with django_assert_max_num_queries(4):  # session, user, absences, who may stand in
        client.get(reverse("accounts:absences"))


# --- What falls due on these days -------------------------------------------------------------------------------------


def waiting(client: Client, user: User, **asked: Any) -> list[Handoff]:
    client.force_login(user)
    answer = client.get(reverse("funnel:waiting_while_away"), asked)
    assert answer.status_code == 200
    return list(answer.context["rows"])


def test_whoever_enters_days_sees_which_handoffs_fall_due_on_them(client: Client, lead: User) -> None:
    handoff = an_offered_handoff(at=MONDAY)
    receiver = handoff.to_user
    assert waiting(client, receiver) == []

    away(receiver, date(2026, 11, 3), date(2026, 11, 10))

    assert waiting(client, receiver) == [handoff]
    assert waiting(client, lead, who=receiver.pk) == [handoff]
    assert waiting(client, lead) == []
    client.force_login(a_recruiter())
    assert client.get(reverse("funnel:waiting_while_away"), {"who": receiver.pk}).status_code == 404


def test_what_is_due_before_they_leave_is_theirs_to_answer(client: Client) -> None:
    handoff = an_offered_handoff(at=MONDAY)

    away(handoff.to_user, date(2026, 11, 20), date(2026, 11, 24))

    assert waiting(client, handoff.to_user) == []
