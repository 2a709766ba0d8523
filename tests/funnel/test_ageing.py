from __future__ import annotations

import pytest

from funnel import ageing
from funnel.flow import band, gates, thickness


@pytest.mark.parametrize(
    ("days", "limit", "age"),
    [(0, 4, 0), (1, 4, 0), (2, 4, 1), (3, 4, 2), (4, 4, 2), (5, 4, 3), (6, 4, 3), (7, 4, 4), (None, 4, 1), (0, 0, 0)],
)
def test_a_card_ages_by_the_share_of_its_columns_own_limit(days, limit, age):
    assert ageing.age(days, limit) == age


@pytest.mark.parametrize(("days", "tide"), [(0, 8), (5, 50), (10, 100), (25, 100)])
def test_the_tide_is_full_at_the_limit(days, tide):
    assert ageing.tide(days, 10) == tide


def test_the_band_is_as_thick_as_the_root_of_the_people():
    assert thickness(100, 100) == 11
    assert thickness(25, 100) == 6
    assert thickness(0, 100) == 1


def test_the_band_narrows_at_the_gates_and_closes():
    assert gates([2, 2, 2, 1]) == [388.6, 777.1, 1165.7]
    path = band([58, 14, 8, 2], [2, 2, 2, 1])
    assert path.startswith("M0 0.50 H")
    assert path.endswith("H0Z")
    assert band([], []) == ""
