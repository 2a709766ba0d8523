from __future__ import annotations

import pytest

from recruiting.skills.closeness import MET_FROM, Neighbourhood, closeness, is_met, nearness

JAVA, SPRING, OOP, CSHARP, COBOL, KUBERNETES = range(6)
AROUND = {
    JAVA: Neighbourhood(met_by=frozenset({JAVA, SPRING}), broader=frozenset({OOP}), siblings=frozenset({CSHARP})),
    KUBERNETES: Neighbourhood(met_by=frozenset({KUBERNETES}), broader=frozenset(), siblings=frozenset()),
}


@pytest.mark.parametrize(
    ("held", "value"),
    [
        ({JAVA}, 1.0),
        ({SPRING}, 1.0),
        ({OOP}, 0.5),
        ({CSHARP}, 0.3),
        ({COBOL}, 0),
        (set(), 0),
        ({COBOL, CSHARP, OOP}, 0.5),
        ({CSHARP, SPRING}, 1.0),
    ],
)
def test_the_nearest_held_skill_speaks_for_the_asked_one(held, value):
    assert closeness(held, JAVA, AROUND) == value


def test_only_the_same_or_a_narrower_skill_meets_a_must_have():
    assert MET_FROM == 0.8
    assert [is_met(closeness({held}, JAVA, AROUND)) for held in (JAVA, SPRING, OOP, CSHARP, COBOL)] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_nearness_is_the_mean_over_everything_a_job_asks():
    assert nearness({SPRING}, [JAVA, KUBERNETES], AROUND) == 0.5
    assert nearness({OOP, KUBERNETES}, [JAVA, KUBERNETES], AROUND) == 0.75
    assert nearness({JAVA}, [], AROUND) == 0
