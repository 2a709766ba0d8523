"""The colours of tokens.css keep their contrast on everything they may stand on, in light and in dark."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

TOKENS = (Path(__file__).parents[2] / "static" / "css" / "tokens.css").read_text()
DECLARED = dict(re.findall(r"--([\w-]+):\s*([^;]+);", TOKENS.split(":lang(ja)")[0]))

GROUNDS = ("ground", "surface", "raised", "hover", "pressed", "water-tint", "return-tint")

# A text colour, what else it may stand on, and the least contrast anywhere (as the design states it, to one decimal).
MINIMA = [
    ("ink", (), 12.2),
    ("ink-2", (), 7.0),
    ("ink-3", (), 4.8),
    ("water", ("water-tint-2",), 5.8),
    ("return", (), 5.8),
    ("exit", ("exit-tint",), 6.2),
    ("warn", ("warn-tint",), 5.2),
    ("danger", ("danger-tint",), 5.7),
    ("age-0", (), 4.7),
    ("age-1", (), 4.7),
    ("age-2", (), 4.7),
    ("age-3", (), 4.7),
    ("age-4", ("age-tint-4",), 4.7),
]
FILLED = ("water-solid", "water-solid-hover", "danger-solid")
THEMES = pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])


def colour(token: str, theme: int) -> tuple[float, float, float]:
    """L, C, H of a token in light (0) or dark (1), through its references."""
    value = DECLARED[token]
    if reference := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colour(reference[1], theme)
    light, dark = re.findall(r"oklch\(([\d. ]+?)(?: / [\d.]+)?\)", value)
    lightness, chroma, hue = (light, dark)[theme].split()
    return float(lightness), float(chroma), float(hue)


def linear_rgb(lightness: float, chroma: float, hue: float) -> list[float]:
    """OKLCH to linear sRGB, clipped to what a screen shows (Björn Ottosson's matrices)."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return [
        min(max(part, 0.0), 1.0)
        for part in (
            4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
        )
    ]


def luminance(token: str, theme: int) -> float:
    red, green, blue = linear_rgb(*colour(token, theme))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, theme: int) -> float:
    lighter, darker = sorted((luminance(one, theme), luminance(other, theme)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@THEMES
@pytest.mark.parametrize(
    ("text", "also_on", "least"), MINIMA, ids=lambda value: value if isinstance(value, str) else ""
)
def test_text_can_be_read_on_every_ground_it_may_stand_on(text, also_on, least, theme):
    worst = min((contrast(text, ground, theme), ground) for ground in (*GROUNDS, *also_on))

    assert round(worst[0], 1) >= least, worst


@THEMES
@pytest.mark.parametrize("tint", ["exit-tint", "warn-tint", "danger-tint", "age-tint-4", "water-tint-2"])
def test_ink_stays_far_above_the_law_on_a_tint(tint, theme):
    assert contrast("ink", tint, theme) >= 7


@THEMES
@pytest.mark.parametrize("button", FILLED)
def test_white_can_be_read_on_a_filled_button(button, theme):
    assert round(contrast("on-water", button, theme), 1) >= 4.6


@THEMES
@pytest.mark.parametrize("ground", ["ground", "surface", "raised"])
def test_the_border_of_a_field_can_be_seen(ground, theme):
    assert round(contrast("line-field", ground, theme), 1) >= 3


def test_the_arithmetic_knows_black_from_white():
    assert linear_rgb(1, 0, 0) == pytest.approx([1, 1, 1], abs=1e-4)
    assert linear_rgb(0, 0, 0) == [0, 0, 0]
