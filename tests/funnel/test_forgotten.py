"""The forgotten card: what is one, what is none, and the ways out, for one and for many."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from funnel import services
from funnel.forgotten import forgotten_by, forgotten_cards
from funnel.handoffs.answering import withdraw_handoff
from funnel.handoffs.offering import offer_handoff
from funnel.models import Application, Interview, Outcome
from recruiting.accounts.models import User
from recruiting.candidates.models import Candidate
from recruiting.core.days import day_of
from recruiting.core.refused import Refused
from tests.builders import MONDAY, a_manager, a_recruiter
from tests.builders_funnel import A_DAY, an_application, fresh
from tests.builders_handoffs import a_full_order, a_job_with_sides

pytestmark = pytest.mark.django_db
LATER = MONDAY + A_DAY * 40
TODAY = day_of(LATER)


def forgotten(at: Any = LATER) -> set[int]:
    return set(forgotten_cards(Application.objects.all(), at).values_list("pk", flat=True))


def talked_to(row: Application, at: Any) -> None:
    Candidate.objects.filter(pk=row.candidate_id).update(last_contact_at=at)


@pytest.mark.parametrize(
    ("through", "days", "is_forgotten"),
    [("screening", 29, False), ("screening", 31, True), ("interview", 9, False), ("interview", 11, True)],
)
def test_a_card_is_forgotten_after_thirty_quiet_days_in_interview_after_ten(
    through: str, days: int, is_forgotten: bool
) -> None:
    row = an_application(through=through, at=MONDAY)

    assert (row.pk in forgotten(fresh(row).last_moved_at + A_DAY * days)) is is_forgotten


@pytest.mark.parametrize("days", [29, 31])
def test_somebody_who_was_talked_to_is_not_forgotten(days: int) -> None:
    row = an_application(through="screening")
    talked_to(row, LATER - A_DAY * days)

    assert (row.pk in forgotten()) is (days == 31)


@pytest.mark.parametrize(("on", "is_forgotten"), [(-1, True), (0, False), (20, False)])
def test_what_is_planned_is_not_forgotten_until_its_day_has_passed(on: int, is_forgotten: bool) -> None:
    row = an_application(through="screening")
    services.set_application_next_action(
        application=row, action="Call", on=TODAY + timedelta(days=on), by=row.owner, at=MONDAY
    )

    assert (row.pk in forgotten()) is is_forgotten


def test_who_is_on_hold_has_left_or_is_hired_is_not_forgotten() -> None:
    row = an_application(through="screening")
    services.hold_application(
        application=row, until=date(2026, 12, 20), reason="Away", by=row.owner, at=MONDAY + A_DAY * 2
    )
    assert forgotten() == set()

    services.resume_application(application=row, by=row.owner, at=LATER - A_DAY * 5)
    assert forgotten() == set()
    assert forgotten(LATER + A_DAY * 26) == {row.pk}


def test_an_offered_handoff_is_movement_and_so_is_its_answer() -> None:
    job = a_job_with_sides(manager=a_manager())
    row = an_application(through="screening", job=job, by=job.recruiter)
    assert forgotten() == {row.pk}
    order = a_full_order(row, at=LATER)
    handoff = offer_handoff(application=fresh(row), order=order, by=job.recruiter, at=LATER)
    assert forgotten(LATER + A_DAY * 50) == set()  # its own clock runs

    withdraw_handoff(handoff=handoff, by=job.recruiter, at=LATER + A_DAY)
    assert forgotten(LATER + A_DAY * 30) == set()
    assert forgotten(LATER + A_DAY * 32) == {row.pk}


@pytest.mark.parametrize(
    ("starts_in", "state", "is_forgotten"),
    [(3, "planned", False), (3, "cancelled", True), (-5, "held", False), (-15, "held", True)],
)
def test_an_interview_to_come_or_just_held_is_movement(starts_in: int, state: str, is_forgotten: bool) -> None:
    row = an_application(through="interview")
    starts_at = LATER + A_DAY * starts_in
    Interview.objects.create(
        application=row,
        job=row.job,
        state=state,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        created_at=MONDAY,
        changed_at=MONDAY,
    )

    assert (row.pk in forgotten()) is is_forgotten


def test_a_card_is_its_owners() -> None:
    row, other = an_application(), an_application()
    assert row.owner is not None

    assert [card.pk for card in forgotten_by(row.owner, LATER)] == [row.pk]
    assert forgotten() == {row.pk, other.pk}


# --- Many at once -----------------------------------------------------------------------------------------------------


def test_many_are_held_and_whoever_cannot_be_is_named() -> None:
    first, moved, gone = (an_application(through="screening") for _ in range(3))
    seen = {row.pk: fresh(row).version for row in (first, moved, gone)}
    services.advance_application(application=fresh(moved), to="interview", by=moved.owner, at=LATER)

    done = services.hold_applications(
        rows=[fresh(first), fresh(moved), fresh(gone)],
        until=TODAY + A_DAY * 14,
        reason="Budget",
        seen=seen,
        by=a_recruiter(),
        at=LATER,
    )

    assert [row.pk for row in done.held] == [first.pk, gone.pk]
    assert len(done.refused) == 1
    assert done.refused[0].startswith(moved.candidate.name)
    assert fresh(moved).outcome == Outcome.ACTIVE


def test_many_are_held_as_one_is() -> None:
    alone, among = an_application(through="screening"), an_application(through="screening")
    terms: dict[str, Any] = {"until": TODAY + A_DAY * 14, "reason": "Budget", "by": a_recruiter(), "at": LATER}

    services.hold_application(application=fresh(alone), **terms)
    services.hold_applications(rows=[fresh(among)], seen={}, **terms)

    says = ("outcome", "hold_until", "hold_reason", "version", "last_moved_at")
    assert [getattr(fresh(alone), name) for name in says] == [getattr(fresh(among), name) for name in says]


def test_nobody_is_held_without_a_reason_or_for_too_long() -> None:
    row = an_application()
    terms: dict[str, Any] = {"rows": [row], "seen": {}, "by": a_recruiter(), "at": LATER}

    with pytest.raises(Refused):
        services.hold_applications(until=TODAY + A_DAY * 14, reason=" ", **terms)
    with pytest.raises(Refused):
        services.hold_applications(until=TODAY + A_DAY * 200, reason="Budget", **terms)


# --- The page ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def now() -> Any:
    with time_machine.travel(LATER, tick=False):
        yield LATER


def seen(client: Client, user: User, **asked: Any) -> list[int]:
    client.force_login(user)
    return [row.pk for row in client.get(reverse("funnel:forgotten"), asked).context["rows"]]


def test_mine_are_mine_and_a_lead_sees_everybodys(client: Client, lead: User, now: Any) -> None:
    mine, other = an_application(), an_application()
    assert mine.owner is not None

    assert seen(client, mine.owner) == [mine.pk]
    assert seen(client, mine.owner, owner=other.owner_id) == [mine.pk]
    assert set(seen(client, lead)) == {mine.pk, other.pk}
    assert seen(client, lead, owner=other.owner_id) == [other.pk]
    assert seen(client, lead, job=mine.job_id) == [mine.pk]
    assert seen(client, lead, stage="interview") == []
    assert seen(client, lead, q=mine.candidate.family_name + " zzz") == []


def test_nobodys_cards_are_found_by_the_lead(client: Client, lead: User, now: Any) -> None:
    orphan = an_application()
    Application.objects.filter(pk=orphan.pk).update(owner=None)
    an_application()

    assert seen(client, lead, owner="nobody") == [orphan.pk]


def test_the_longest_quiet_come_first_and_pages_go_on(client: Client, lead: User, now: Any, monkeypatch: Any) -> None:
    rows = [an_application(at=MONDAY + timedelta(hours=hour)) for hour in range(3)]
    monkeypatch.setattr("funnel.views.forgotten.ROWS", 2)
    client.force_login(lead)

    first = client.get(reverse("funnel:forgotten"))
    second = client.get(reverse("funnel:forgotten") + first.context["next_url"])

    assert [row.pk for row in (*first.context["rows"], *second.context["rows"])] == [row.pk for row in rows]
    assert seen(client, lead, sort="newest") == [rows[2].pk, rows[1].pk]


def test_several_get_a_next_action_and_are_forgotten_no_more(client: Client, now: Any) -> None:
    owner = a_recruiter()
    rows = [an_application(by=owner) for _ in range(2)]
    client.force_login(owner)
    order = {"application": [row.pk for row in rows], "action": "Call", "on": TODAY + A_DAY}

    assert client.post(reverse("funnel:plan_forgotten"), {**order, "on": TODAY - A_DAY}).status_code == 422
    assert client.post(reverse("funnel:plan_forgotten"), {**order, "action": ""}).status_code == 422
    assert client.post(reverse("funnel:plan_forgotten"), order).status_code == 302

    assert seen(client, owner) == []
    assert {fresh(row).next_action for row in rows} == {"Call"}


def test_several_are_held_and_the_slip_is_undone(client: Client, now: Any) -> None:
    owner = a_recruiter()
    rows = [an_application(by=owner) for _ in range(2)]
    client.force_login(owner)
    order = {"application": [row.pk for row in rows], "reason": "Budget", "until": TODAY + A_DAY * 7}

    answer = client.post(reverse("funnel:hold_forgotten"), order, headers={"HX-Request": "true"})
    said = next(iter(client.get(reverse("funnel:forgotten")).context["messages"]))

    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
    assert {fresh(row).outcome for row in rows} == {Outcome.ON_HOLD}
    client.post(said.extra_tags)
    assert {fresh(row).outcome for row in rows} == {Outcome.ACTIVE}
    assert seen(client, owner) == [row.pk for row in rows]  # a slip is no movement


def test_a_hold_of_cards_that_moved_meanwhile_says_so(client: Client, now: Any) -> None:
    owner = a_recruiter()
    row = an_application(by=owner)
    client.force_login(owner)
    order = {"application": row.pk, f"seen_{row.pk}": fresh(row).version, "reason": "B", "until": TODAY + A_DAY * 7}
    services.advance_application(application=fresh(row), to="screening", by=owner, at=LATER)

    answer = client.post(reverse("funnel:hold_forgotten"), order)

    assert answer.status_code == 409
    assert fresh(row).outcome == Outcome.ACTIVE


def test_cards_of_others_jobs_do_not_exist_for_a_manager(client: Client, now: Any) -> None:
    row = an_application()
    client.force_login(a_manager())

    for name in ("plan_forgotten", "hold_forgotten", "resume_forgotten"):
        assert client.post(reverse(f"funnel:{name}"), {"application": row.pk}).status_code == 404
    assert client.get(reverse("funnel:plan_forgotten"), {"application": row.pk}).status_code == 404
    assert client.get(reverse("funnel:plan_forgotten"), {"application": "x"}).status_code == 404


def test_who_moves_nobody_has_no_forgotten_cards(client: Client, interviewer: User) -> None:
    client.force_login(interviewer)

    assert client.get(reverse("funnel:forgotten")).status_code == 403


def test_the_page_costs_the_same_for_one_card_as_for_ten(
    client: Client, lead: User, now: Any, django_assert_max_num_queries: Any
) -> None:
    for _number in range(10):
        an_application()
    client.force_login(lead)

    with django_assert_max_num_queries(6):  # session, user, owners, jobs, rows, count
        assert len(client.get(reverse("funnel:forgotten")).context["rows"]) == 10
