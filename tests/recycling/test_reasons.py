"""The built-in list reads like the model's table, and its arithmetic like policy."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from recycling import reasons
from recycling.models.exits import ReasonClass, ReEntry, Side
from recycling.reasons import BUILT_IN, BY_KEY, POOLS

# key, side, class, kind, cool-down, after a final, re-entry
TABLE = """
timing.start_date      they   N date    0  -  after_valid
timing.notice          they   N date    0  -  after_valid
timing.tenure          they   N review  12 -  screening
timing.permit          either N review  6  -  screening
capacity.on_hold       we     N opening 0  -  stage_left
capacity.filled        we     N opening 0  -  interview
skill.must_have        we     N skill   6  -  screening
skill.experience       we     N review  6  -  screening
skill.language         we     N skill   6  -  screening
skill.assessment       we     N date    12 -  screening
skill.interview        we     N review  6  12 interview
skill.senior           we     R opening 0  -  interview
decision.manager       we     R decider 6  -  interview
decision.approval      we     N opening 0  -  stage_left
decision.household     they   N date    6  -  stage_left
terms.pay              either N review  6  -  interview
terms.place            either N review  0  -  screening
terms.hours            either N review  3  -  screening
interest.other_offer   they   N review  6  -  screening
interest.stayed        they   N date    6  -  interview
interest.role          they   R review  6  -  sourcing
interest.withdrew      they   N review  6  -  stage_left
process.slow           they   N review  3  -  stage_left
process.no_reply       they   N review  6  -  sourcing
process.no_show        they   N review  12 -  screening
legacy.not_recorded    either N review  0  -  screening
fit.values             we     R review  12 -  screening
fit.far                we     N review  12 -  sourcing
integrity.reference    we     X review  0  -  screening
integrity.false        we     X review  0  -  screening
consent.withdrawn      they   X review  0  -  screening
met.no_job             either N review  0  -  sourcing
alumni.left            either N review  6  -  screening
admin.duplicate        either A review  0  -  screening
admin.spam             either A review  0  -  screening
admin.test             either A review  0  -  screening
admin.mistake          either A review  0  -  screening
admin.moved            either A review  0  -  screening
admin.hired_here       either A review  0  -  screening
"""
ROWS = [line.split() for line in TABLE.split("\n") if line]


@pytest.mark.parametrize(("key", "side", "klass", "kind", "cool", "final", "re_entry"), ROWS, ids=[r[0] for r in ROWS])
def test_each_reason_is_the_row_of_the_table(key, side, klass, kind, cool, final, re_entry):
    row = BY_KEY[key]

    assert (row.side, row.klass, row.kind, row.re_entry) == (side, klass, kind, re_entry)
    assert row.cool == int(cool)
    assert row.cool_final == (int(final) if final != "-" else None)


def test_the_list_is_whole_and_in_words_the_tables_know():
    assert [row.key for row in BUILT_IN] == [row[0] for row in ROWS]
    for row in BUILT_IN:
        assert row.en
        assert row.ja
        assert row.help_en
        assert row.help_ja
        assert row.side in Side.values
        assert row.klass in ReasonClass.values
        assert row.re_entry in ReEntry.values


def test_only_reasons_that_keep_people_resting_have_a_pool():
    pools = {key for key, _en, _ja in POOLS}

    for row in BUILT_IN:
        assert (row.pool in pools) == (row.klass in "NR")
        assert (row.pool is None) == (row.klass in "XA")


@pytest.mark.parametrize("side", ["we", "they"])
def test_each_side_offers_twelve_reasons(side):
    assert sum(row.is_offered and row.side in (side, "either") for row in BUILT_IN) == 12


@pytest.mark.parametrize(
    ("exited_on", "told_on", "months", "until"),
    [
        (date(2026, 11, 2), None, 6, date(2027, 5, 2)),
        (date(2026, 11, 2), date(2026, 11, 20), 6, date(2027, 5, 20)),
        (date(2026, 8, 31), None, 6, date(2027, 2, 28)),
        (date(2026, 11, 2), None, 0, date(2026, 11, 2)),
    ],
)
def test_the_cool_down_runs_in_calendar_months_from_the_day_they_were_told(exited_on, told_on, months, until):
    assert reasons.cool_until(exited_on=exited_on, told_on=told_on, months=months) == until


@pytest.mark.parametrize(
    ("was_final", "years", "months"), [(False, None, 6), (True, None, 12), (False, Decimal("1.5"), 18), (False, 0, 6)]
)
def test_a_final_and_missing_years_make_the_cool_down_longer(was_final, years, months):
    found = reasons.cool_months(months=6, months_final=12, was_final=was_final, years_missing=years)

    assert found == months


@pytest.mark.parametrize(
    ("cool_until", "use_until", "review_on"),
    [
        (date(2027, 5, 2), None, date(2027, 11, 2)),  # twelve months are later than the cool-down
        (date(2028, 5, 2), None, date(2028, 5, 2)),
        (date(2027, 5, 2), date(2027, 10, 1), date(2027, 8, 2)),  # 60 days before the use ends
        (date(2027, 5, 2), date(2026, 12, 1), date(2026, 11, 3)),  # too near: tomorrow
        (date(2027, 5, 2), date(2026, 1, 1), date(2026, 11, 3)),  # over already: tomorrow
    ],
)
def test_somebody_looks_again_before_the_use_ends(cool_until, use_until, review_on):
    found = reasons.review_on(
        entered_on=date(2026, 11, 2), cool_until=cool_until, use_until=use_until, months=12, lead_days=60
    )

    assert found == review_on


RECENT, LONG_AGO, TODAY = date(2026, 9, 1), date(2025, 11, 2), date(2026, 11, 2)


@pytest.mark.parametrize(
    ("re_entry", "left", "passed_on", "stage"),
    [
        ("interview", "interview", {"sourcing": RECENT, "screening": RECENT}, "interview"),
        ("interview", "screening", {"sourcing": RECENT}, "screening"),  # never later than the stage they left
        ("interview", "interview", {"sourcing": RECENT, "screening": LONG_AGO}, "screening"),  # expired that day
        ("stage_left", "hire", {"screening": LONG_AGO, "interview": LONG_AGO}, "screening"),  # the first that expired
        ("stage_left", "hire", {"screening": RECENT, "interview": LONG_AGO}, "interview"),
        ("after_valid", "interview", {"sourcing": RECENT, "screening": RECENT}, "interview"),
        ("after_valid", "interview", {"sourcing": RECENT}, "screening"),  # screening was skipped, not passed
        ("after_valid", "sourcing", {}, "sourcing"),
        ("sourcing", "interview", {"sourcing": LONG_AGO, "screening": RECENT}, "sourcing"),
        ("screening", "interview", {"sourcing": LONG_AGO, "screening": RECENT}, "screening"),
    ],
)
def test_a_return_starts_no_later_than_what_is_still_valid(re_entry, left, passed_on, stage):
    assert reasons.re_entry_stage(re_entry, left=left, passed_on=passed_on, on=TODAY) == stage
