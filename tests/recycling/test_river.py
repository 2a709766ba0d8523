"""The river is arithmetic: lanes, widths, rounded corners, and words that fit."""

from __future__ import annotations

import pytest

from recycling.river import CODA, LANES, RIGHT, Could, Rest, Stay, Way, draw, fit, length, rounded

WAY = Way("Cycle 1", "Backend", [Stay("sourcing", 10), Stay("screening", 20)], "left", why="Missing must-have")
NOW = Way("Cycle 2", "Payments", [Stay("screening", 5), Stay("interview", 5)], "open", came_back="came back: Go")


def _draw(*course, could=None):
    return draw(course, today="24 Nov 2026", today_word="today", could=could)


def test_a_path_turns_its_corners_roundly():
    assert rounded([(0, 50), (40, 50), (40, 10), (80, 10)]) == "M0 50L30 50Q40 50 40 40L40 20Q40 10 50 10L80 10"


def test_a_corner_is_never_rounder_than_half_its_shorter_side():
    assert rounded([(0, 0), (8, 0), (8, 40)]) == "M0 0L4 0Q8 0 8 4L8 40"


def test_a_stay_in_the_same_lane_needs_no_corner():
    assert "Q" not in rounded([(0, 5), (10, 5), (10, 5), (30, 5)]).replace("Q10 5", "")


@pytest.mark.parametrize(
    ("course", "looks"),
    [
        ((WAY,), ["way--now"]),
        ((WAY, Rest("30 days in Skill", goes_on=True)), ["way--now", "way--rest"]),
        ((WAY, Rest("30 days in Skill"), NOW), ["way--past", "way--rest", "way--up", "way--now"]),
        ((Rest("9 days in Met", goes_on=True),), ["way--rest"]),
        ((WAY, NOW), ["way--past", "way--now"]),
    ],
)
def test_each_part_has_its_own_look(course, looks):
    assert [look for look, _path in _draw(*course).paths] == looks


def test_an_exit_is_a_red_bean_dot_a_return_a_jade_one_and_who_is_in_process_stands_at_today():
    river = _draw(WAY, Rest("30 days in Skill"), NOW)

    assert [look for look, *_place in river.dots] == ["p--exit", "p--return", "p--now"]
    assert river.today == river.dots[-1][1]


def test_nobody_who_left_for_good_stands_at_today():
    assert _draw(WAY).today is None


def test_what_could_happen_is_drawn_only_from_a_rest_that_goes_on():
    could = Could("interview", "1 Jan", "earliest")

    assert "way--could" in [look for look, _path in _draw(WAY, Rest("…", goes_on=True), could=could).paths]
    assert "way--could" not in [look for look, _path in _draw(NOW, could=could).paths]


def test_days_inside_cycles_share_one_scale():
    short, long = Way("1", "", [Stay("sourcing", 60)], "left"), Way("2", "", [Stay("sourcing", 180)], "left")
    one, two = (dot[1] for dot in _draw(short, long).dots)
    start_of_two = float(_draw(short, long).paths[1][1].removeprefix("M").split(" ")[0])

    need = 96  # both have this much, and share what is left by their days
    assert (two - start_of_two - need) == pytest.approx(3 * (one - 96 - need), abs=1)


def test_a_long_life_shows_its_last_three_cycles():
    course = [part for _turn in range(5) for part in (WAY, Rest("100 days in Skill"))][:-1]

    river = _draw(*course)

    assert sum(look == "p--exit" for look, *_place in river.dots) == 3
    assert max(x for _look, x, _y, _r in river.dots) <= RIGHT


def test_a_history_without_dates_is_drawn_in_equal_stays():
    undated = Way("Cycle 1", "Import", [Stay("sourcing"), Stay("screening"), Stay("interview")], "left")

    river = _draw(undated)

    assert str(LANES["interview"]) in river.paths[0][1]
    assert river.today is None


def test_everything_stays_inside_the_drawing():
    could = Could("hire", "1 Jan", "earliest")
    river = _draw(WAY, Rest("1 day in Skill"), WAY, Rest("2 days in Skill"), WAY, Rest("…", goes_on=True), could=could)

    assert river.today is not None
    assert river.today + CODA <= 1190
    assert all(0 <= text.x <= 1190 for text in river.texts)


def test_days_under_the_drawing_do_not_stand_on_each_other():
    way = Way("Cycle 1", "", [Stay("sourcing", 1)], "left", started="1 Jan 2026", ended="2 Jan 2026")

    assert [text.said for text in _draw(way, way).texts if text.y == 214] == [
        "1 Jan 2026", "2 Jan 2026", "2 Jan 2026",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("Backend", 200, "Backend"),
        ("Backend engineer", 60, "Backend…"),
        ("カスタマーサクセス", 60, "カスタマ…"),
        ("Go", 5, ""),
    ],
)
def test_words_are_cut_where_they_have_no_room(text, room, shown):
    assert fit(text, room) == shown
    assert length(shown) <= room
