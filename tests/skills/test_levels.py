from __future__ import annotations

import pytest

from recruiting.skills.levels import TOP, Scale, is_level, level_choices, level_from, level_label


@pytest.mark.parametrize(
    ("scale", "level", "label"),
    [
        (Scale.JLPT, 1, "JLPT N5"),
        (Scale.JLPT, 4, "JLPT N2"),
        (Scale.JLPT, 5, "JLPT N1"),
        (Scale.CEFR, 1, "CEFR A1"),
        (Scale.CEFR, 4, "CEFR B2"),
        (Scale.CEFR, 6, "CEFR C2"),
        (Scale.GENERAL, 3, "Working"),
        (Scale.GENERAL, None, ""),
    ],
)
def test_a_level_is_shown_in_the_words_of_its_scale(scale, level, label):
    assert level_label(scale, level) == label


@pytest.mark.parametrize(
    ("scale", "written", "level"),
    [
        (Scale.JLPT, "N2", 4),
        (Scale.JLPT, "jlpt n1", 5),
        (Scale.JLPT, "日本語能力試験N3級", 3),
        (Scale.CEFR, "B2", 4),
        (Scale.CEFR, "CEFR: c1", 5),
        (Scale.GENERAL, "3", 3),
        (Scale.GENERAL, "レベル4", 4),
        (Scale.GENERAL, "Strong", 4),
        (Scale.GENERAL, "実務", 3),
        (Scale.GENERAL, "9", None),
        (Scale.CEFR, "fluent", None),
        (Scale.JLPT, "N6", None),
    ],
)
def test_a_level_is_read_as_people_write_it_or_stays_unknown(scale, written, level):
    assert level_from(scale, written) == level


@pytest.mark.parametrize("scale", Scale.values)
def test_every_level_that_is_shown_is_read_back(scale):
    choices = level_choices(scale)

    assert len(choices) == TOP[scale]
    assert all(level_from(scale, label) == level for level, label in choices)
    assert is_level(scale, None)
    assert not is_level(scale, 0)
    assert not is_level(scale, TOP[scale] + 1)
