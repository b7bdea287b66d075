"""Every pair of colors that is used can be read: WCAG contrast 4.5 or more, with and without color."""

from __future__ import annotations

import colorsys

import pytest
from textual.color import Color
from textual.theme import Theme

from companion.themes import NAMES, PAIRS, themes

READABLE = 4.5  # WCAG 2.1, success criterion 1.4.3, level AA
THEMES = {theme.name: theme for theme in themes()}


def _luminance(color: Color) -> float:
    def linear(channel: float) -> float:
        return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in color.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """The ratio of WCAG 2.1, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _painted(theme: Theme, letters: str, ground: str) -> tuple[Color, Color]:
    """Both colors as they are painted: blended, and "auto" worked out against the ground."""
    variables = {**theme.to_color_system().generate(), **theme.variables}
    below = Color.parse(variables["background"])
    on = below.blend(Color.parse(variables[ground]), 1.0) if Color.parse(variables[ground]).a == 1 else below
    if Color.parse(variables[ground]).a < 1:
        on = below + Color.parse(variables[ground])
    value = variables[letters]
    if value.startswith("auto"):
        share = float(value.removeprefix("auto").strip(" %") or 100) / 100
        return on + on.get_contrast_text(share), on
    return on + Color.parse(value), on


def test_there_are_three() -> None:
    assert tuple(THEMES) == NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("letters", "ground"), PAIRS, ids=lambda each: str(each))
def test_every_pair_can_be_read(name: str, letters: str, ground: str) -> None:
    assert contrast(*_painted(THEMES[name], letters, ground)) >= READABLE


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("letters", "ground"), PAIRS, ids=lambda each: str(each))
def test_every_pair_can_be_read_without_color(name: str, letters: str, ground: str) -> None:
    """NO_COLOR: Textual turns each color into a grey of its own brightness."""
    one, other = _painted(THEMES[name], letters, ground)
    assert contrast(one.monochrome, other.monochrome) >= READABLE


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_red(name: str) -> None:
    theme = THEMES[name]
    variables = {**theme.to_color_system().generate(), **theme.variables}
    for color in ("primary", "secondary", "accent", "warning", "error", "success", "text-error", "text-warning"):
        hue, lightness, saturation = colorsys.rgb_to_hls(*Color.parse(variables[color]).normalized)
        assert not (saturation > 0.25 and 0.1 < lightness < 0.9 and (hue < 20 / 360 or hue > 330 / 360)), color


def test_the_high_contrast_theme_reaches_the_stricter_level() -> None:
    theme = THEMES["companion-contrast"]
    for ground in ("background", "surface", "panel"):
        assert contrast(*_painted(theme, "foreground", ground)) >= 7
