from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from funnel import services
from funnel.models import Application, Visit
from recruiting.core.days import day_of
from recruiting.jobs.services import seat_user
from tests.builders import a_lead, a_recruiter
from tests.builders_candidates import a_candidate
from tests.builders_funnel import A_DAY, a_held_application, an_application, an_ended_application, fresh
from tests.builders_jobs import an_open_job

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def on_board(job):
    return {
        **HTMX,
        "HX-Current-URL": f"http://testserver{reverse('funnel:board', args=[job.pk])}",
        "HX-Target": "card-1",
    }


@pytest.fixture
def job(recruiter):
    return an_open_job(at=timezone.now() - A_DAY * 40, recruiter=recruiter)


@pytest.fixture
def signed_in_recruiter(client, recruiter):
    client.force_login(recruiter)
    return client


def lately(job, recruiter, **more):
    return an_application(job=job, by=recruiter, at=timezone.now() - A_DAY * 20, **more)


def board_of(client, job, **asked):
    return client.get(reverse("funnel:board", args=[job.pk]), asked).context["board"]


def test_each_column_shows_its_cards_under_its_stage(signed_in_recruiter, recruiter, job):
    lately(job, recruiter)
    lately(job, recruiter, through="interview")

    board = board_of(signed_in_recruiter, job)

    assert [head.count for head in board.heads] == [1, 0, 1, 0]
    assert sum(column.count for column in board.columns) == 2
    assert board.chips["all"] == 2


def test_the_board_costs_nine_queries_for_one_card_as_for_fifty(
    signed_in_recruiter, recruiter, job, django_assert_max_num_queries
):
    people = [a_candidate().pk for _ in range(50)]
    at = timezone.now() - A_DAY * 3
    services.open_applications(candidates=people, job=job, by=recruiter, at=at)
    lately(job, recruiter, through="hire")

    with django_assert_max_num_queries(9):  # session, user, job, openings, deciders, steps, counts, cards, gates
        board = board_of(signed_in_recruiter, job)

    assert (len(board.columns[0].cards), board.columns[0].more) == (20, 30)


def test_the_rest_of_a_column_comes_after_its_last_card(signed_in_recruiter, recruiter, job):
    people = [a_candidate().pk for _ in range(25)]
    services.open_applications(candidates=people, job=job, by=recruiter, at=timezone.now() - A_DAY)
    column = board_of(signed_in_recruiter, job).columns[0]
    url = reverse("funnel:column", args=[job.pk, column.step.pk])

    more = signed_in_recruiter.get(url, {"after": column.cards[-1].pk}).context

    first, rest = {card.pk for card in column.cards}, {card.pk for card in more["cards"]}
    assert len(rest) == 5
    assert not first & rest
    assert more["left"] == 0


@pytest.mark.parametrize("sort", ["age", "due"])
def test_no_card_is_shown_twice_or_left_out_in_any_order(signed_in_recruiter, recruiter, job, sort):
    people = [a_candidate().pk for _ in range(45)]
    rows = services.open_applications(candidates=people, job=job, by=recruiter, at=timezone.now() - A_DAY)
    for place, row in enumerate(rows[:30]):
        on = (timezone.now() + timedelta(days=place % 7)).date()
        services.set_application_next_action(application=row, action="Call", on=on, by=recruiter, at=timezone.now())
    column = board_of(signed_in_recruiter, job, sort=sort).columns[0]
    url, seen = reverse("funnel:column", args=[job.pk, column.step.pk]), [card.pk for card in column.cards]

    for _ in range(2):
        more = signed_in_recruiter.get(url, {"after": seen[-1], "sort": sort}).context["cards"]
        seen += [card.pk for card in more]

    assert sorted(seen) == sorted(row.pk for row in rows)


def test_chips_count_what_they_show(signed_in_recruiter, recruiter, job):
    now = timezone.now()
    mine = lately(job, recruiter)
    services.set_application_next_action(application=mine, action="Call", on=day_of(now), by=recruiter, at=now)
    lately(job, recruiter, owner=a_recruiter())
    a_held_application(job=job, by=recruiter, at=now, owner=a_recruiter())
    left = an_ended_application(job=job, by=recruiter, at=now - A_DAY * 15)
    services.open_application(
        candidate=left.candidate, job=job, by=recruiter, at=now, previous=left, return_why="Go confirmed"
    )

    chips = board_of(signed_in_recruiter, job).chips
    back = board_of(signed_in_recruiter, job, show="back")

    assert chips == {"all": 4, "mine": 2, "late": 2, "no_action": 2, "back": 1}
    (card,) = back.columns[0].cards
    assert (card.cycle, card.why) == (2, "Go confirmed")


def test_a_dropped_card_moves_and_only_what_changed_is_drawn(signed_in_recruiter, recruiter, job):
    row = lately(job, recruiter)
    step = job.steps.filter(stage="screening").first()

    answer = signed_in_recruiter.post(
        reverse("funnel:move", args=[job.pk]),
        {"card": row.pk, "version": row.version, "column": step.pk},
        headers=on_board(job),
    )

    assert answer.status_code == 200
    assert answer["HX-Reswap"] == "none"
    assert f"afterbegin:#cards-{step.pk}".encode() in answer.content
    assert fresh(row).step == step


def test_the_second_of_two_is_told_on_the_board(signed_in_recruiter, recruiter, job):
    row = lately(job, recruiter)
    services.advance_application(application=fresh(row), by=a_recruiter(given_name="Mio"), at=timezone.now())
    step = job.steps.filter(stage="screening").last()

    answer = signed_in_recruiter.post(
        reverse("funnel:move", args=[job.pk]), {"card": row.pk, "version": 1, "column": step.pk}, headers=on_board(job)
    )

    assert answer.status_code == 409
    assert b"Mio" in answer.content
    assert b"Nothing was changed." in answer.content
    assert Visit.objects.filter(application=row).count() == 2


def test_over_several_borders_whoever_acts_for_both_sides_is_asked_first(client, job):
    lead, row = a_lead(), lately(job, a_recruiter())
    seat_user(job=job, user=lead, seat="hiring_manager", by=lead, at=timezone.now())
    client.force_login(lead)
    order = {"card": row.pk, "version": 1, "column": job.steps.filter(stage="interview").first().pk}
    url = reverse("funnel:move", args=[job.pk])

    asked = client.post(url, order, headers=on_board(job))
    assert (asked.status_code, asked["HX-Retarget"]) == (409, "#dialog")
    assert fresh(row).stage == "sourcing"

    client.post(url, {**order, "how": "skip"}, headers=on_board(job))
    assert fresh(row).stage == "interview"


@pytest.mark.parametrize(("how", "furthest"), [("correct", "sourcing"), ("step_back", "interview")])
def test_backwards_asks_whether_it_was_a_mistake(signed_in_recruiter, recruiter, job, how, furthest):
    row, step = lately(job, recruiter, through="interview"), job.steps.first()
    order = {"card": row.pk, "version": 3, "column": step.pk}
    url = reverse("funnel:move", args=[job.pk])

    assert signed_in_recruiter.post(url, order, headers=on_board(job)).status_code == 409
    signed_in_recruiter.post(url, {**order, "how": how}, headers=on_board(job))

    assert (fresh(row).stage, fresh(row).furthest_stage) == ("sourcing", furthest)


def test_without_javascript_a_move_comes_back_to_the_board(signed_in_recruiter, recruiter, job):
    row, step = lately(job, recruiter), job.steps.filter(stage="screening").first()

    answer = signed_in_recruiter.post(reverse("funnel:move", args=[job.pk]), {"card": row.pk, "column": step.pk})

    assert answer.url == reverse("funnel:board", args=[job.pk])


def test_many_people_are_added_at_once_and_nobody_twice(signed_in_recruiter, recruiter, job):
    there, new = lately(job, recruiter).candidate, a_candidate()
    terms = {"person": [there.pk, new.pk], "column": job.steps.first().pk}

    signed_in_recruiter.post(reverse("recycling:add_people", args=[job.pk]), terms)

    assert Application.objects.filter(job=job, candidate__in=[there, new]).count() == 2


def test_after_a_hire_the_other_ways_are_offered_for_ending(signed_in_recruiter, recruiter, job):
    elsewhere = an_application(by=recruiter)
    row = lately(job, recruiter, through="hire", candidate=elsewhere.candidate)
    starts_on = (timezone.now() + A_DAY * 60).date()

    answer = signed_in_recruiter.post(reverse("funnel:hire", args=[row.pk]), {"starts_on": starts_on}, headers=HTMX)

    assert fresh(row).outcome == "hired"
    assert list(answer.context["others"]) == [elsewhere]


def test_a_hold_that_is_too_long_keeps_what_was_typed(signed_in_recruiter, recruiter, job):
    row = lately(job, recruiter)
    terms = {"until": (timezone.now() + A_DAY * 200).date(), "reason": "Travelling"}

    answer = signed_in_recruiter.post(reverse("funnel:hold", args=[row.pk]), terms, headers=HTMX)

    assert answer.status_code == 422
    assert b"Travelling" in answer.content
    assert fresh(row).outcome == "active"


def test_a_manager_sees_the_boards_of_their_jobs_alone(client, recruiter, manager, job):
    row, foreign = lately(job, recruiter), an_application(by=recruiter)
    seat_user(job=job, user=manager, seat="hiring_manager", by=recruiter, at=timezone.now())
    client.force_login(manager)

    assert board_of(client, job).chips["all"] == 1
    for name in ("board", "list", "pace", "choose", "add"):
        assert client.get(reverse(f"funnel:{name}", args=[foreign.job_id]), {"card": foreign.pk}).status_code == 404
    assert client.get(reverse("funnel:hire", args=[row.pk])).status_code == 403


def test_an_interviewer_looks_and_moves_nobody(client, recruiter, interviewer, job):
    row = lately(job, recruiter)
    seat_user(job=job, user=interviewer, seat="interviewer", by=recruiter, at=timezone.now())
    client.force_login(interviewer)

    page = client.get(reverse("funnel:board", args=[job.pk]))
    answer = client.post(reverse("funnel:move", args=[job.pk]), {"card": row.pk, "column": job.steps.last().pk})

    assert b'draggable="true"' not in page.content
    assert answer.status_code == 403


def test_the_table_pages_through_everybody_by_any_order(signed_in_recruiter, recruiter, job):
    people = [a_candidate().pk for _ in range(53)]
    services.open_applications(candidates=people, job=job, by=recruiter, at=timezone.now() - A_DAY)
    an_ended_application(job=job, by=recruiter, at=timezone.now() - A_DAY * 15)
    url = reverse("funnel:list", args=[job.pk])

    for sort in ("since", "due", "came"):
        first = signed_in_recruiter.get(url, {"sort": sort}).context
        rest = signed_in_recruiter.get(url + first["next_url"]).context
        keys = {line[0].pk for line in [*first["lines"], *rest["lines"]]}
        assert (len(first["lines"]), len(rest["lines"]), len(keys)) == (50, 3, 53)
    assert len(signed_in_recruiter.get(url, {"outcome": "exited"}).context["lines"]) == 1


def test_the_filters_find_by_name_source_and_skill(signed_in_recruiter, recruiter, job):
    tanaka = a_candidate(family_name="田中", given_name="翔太", name_lang="ja")
    services.open_application(candidate=tanaka, job=job, by=recruiter, at=timezone.now(), source=tanaka.sources.first())
    lately(job, recruiter)

    assert board_of(signed_in_recruiter, job, q="田中").chips["all"] == 1
    assert board_of(signed_in_recruiter, job, channel="applied").chips["all"] == 1
    assert board_of(signed_in_recruiter, job, skill="no such word").chips["all"] == 0
