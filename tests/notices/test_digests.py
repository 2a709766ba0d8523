"""The daily summary: once a day, at the reader's hour on their working days, and only with something to say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as post

from recruiting.accounts.models import Absence
from recruiting.notices import services
from recruiting.notices.digests import send_digests
from recruiting.notices.models import Digest, Way
from tests.builders import MONDAY, a_manager, at_once, moment
from tests.notices.builders import relay_all, told
from tests.notices.kinds import LATER, NEWS, WAITS

pytestmark = pytest.mark.django_db
SUNDAY_NIGHT, NINE = moment("2026-11-01", "22:00"), moment("2026-11-02", "09:05")
HOUR = timedelta(hours=1)


def later(user: Any, at: Any = SUNDAY_NIGHT, **more: Any) -> Any:
    return told(user, kind=LATER.key, at=at, **more)


def test_the_summary_comes_at_the_readers_hour(manager: Any) -> None:
    later(manager)

    assert send_digests(at=moment("2026-11-02", "08:59")) == 0
    assert send_digests(at=NINE) == 1
    relay_all(NINE)
    assert "Mika Sato offers you Aoi Tanaka." in post.outbox[0].body
    assert post.outbox[0].subject == "1 thing for you in Kanryu"


def test_the_hour_is_that_of_their_own_clock(db: None) -> None:
    berlin = a_manager(time_zone="Europe/Berlin")
    later(berlin)

    assert send_digests(at=NINE) == 0
    assert send_digests(at=NINE + 8 * HOUR) == 1


def test_there_is_one_summary_a_day(manager: Any) -> None:
    later(manager)
    send_digests(at=NINE)
    later(manager, at=NINE)

    assert send_digests(at=NINE + HOUR) == 0
    assert send_digests(at=NINE + 48 * HOUR) == 1  # the day between is a holiday
    assert Digest.objects.count() == 2


def test_what_came_after_the_hour_waits_for_tomorrow_even_where_today_has_none(manager: Any) -> None:
    later(manager, at=NINE)

    assert send_digests(at=NINE + HOUR) == 0
    assert send_digests(at=NINE + 48 * HOUR) == 1  # the day between is a holiday


def test_a_late_sweep_still_sends_todays(manager: Any) -> None:
    later(manager)

    assert send_digests(at=NINE + 7 * HOUR) == 1


def test_nothing_stands_in_two_summaries(manager: Any) -> None:
    later(manager)
    send_digests(at=NINE)

    assert send_digests(at=NINE + 24 * HOUR) == 0


def test_what_was_read_is_not_summed_up(manager: Any) -> None:
    services.read_notice(notice=later(manager), at=SUNDAY_NIGHT)

    assert send_digests(at=NINE) == 0


def test_nobody_is_summed_up_to_on_a_free_day_and_monday_brings_it_all(manager: Any) -> None:
    for day in ("2026-11-06", "2026-11-07"):
        later(manager, at=moment(day, "20:00"))

    assert send_digests(at=moment("2026-11-07", "09:05")) == 0
    assert send_digests(at=moment("2026-11-08", "09:05")) == 0
    assert send_digests(at=moment("2026-11-09", "09:05")) == 1
    relay_all(moment("2026-11-09", "09:06"))
    assert post.outbox[0].body.count("offers you") == 2


def test_whoever_is_away_hears_nothing(manager: Any) -> None:
    Absence.objects.create(user=manager, from_on="2026-11-02", back_on="2026-11-03", created_at=MONDAY)
    later(manager)

    assert send_digests(at=NINE) == 0


@pytest.mark.parametrize(("kind", "count"), [(LATER, 1), (NEWS, 0), (WAITS, 0)])
def test_only_what_comes_by_summary_is_in_it(kind: Any, count: int, manager: Any) -> None:
    told(manager, kind=kind.key, at=SUNDAY_NIGHT)

    assert send_digests(at=NINE) == count


def test_whoever_chose_the_summary_finds_it_there(manager: Any) -> None:
    services.choose_ways(user=manager, ways={WAITS.key: (Way.DIGEST, Way.OFF), LATER.key: (Way.OFF, Way.OFF)})
    told(manager, kind=WAITS.key, at=SUNDAY_NIGHT, about={"from": "Mika", "name": "Waits"})
    later(manager, about={"from": "Mika", "name": "Off"})

    send_digests(at=NINE)
    relay_all(NINE)

    assert "Waits" in post.outbox[0].body
    assert "Off" not in post.outbox[0].body


def test_a_summary_is_written_in_the_readers_language(db: None) -> None:
    later(a_manager(language="ja"))
    send_digests(at=NINE)
    relay_all(NINE)

    assert 'lang="ja"' in post.outbox[0].alternatives[0].content


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_make_one_summary() -> None:
    later(a_manager())

    at_once(*[lambda: send_digests(at=NINE)] * 2)
    relay_all(NINE)

    assert len(post.outbox) == 1


def test_the_sweep_costs_the_same_for_five_who_have_it_already(django_assert_max_num_queries: Any) -> None:
    for _number in range(5):
        later(a_manager())
    send_digests(at=NINE)

    with django_assert_max_num_queries(2):
        send_digests(at=NINE + HOUR)
