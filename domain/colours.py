"""The municipality's two colours, and the shades that citizens' pages make of them (WCAG 2.1)."""

from __future__ import annotations

import re
from collections.abc import Callable

NEEDED = 4.5
"""The least contrast of text, WCAG 2.1 success criterion 1.4.3."""

WHITE = "#ffffff"
BLACK = "#000000"
LIGHT_GREY = "#eaf0f1"
"""The darkest of the light grounds that text in these colours stands on (tokens.css, --sunken)."""

DARK_GREY = "#212e33"
"""The lightest of the dark grounds (tokens.css, --sunken in the dark)."""

MAIN, ACCENT = "#0b5563", "#0a5f70"
"""What is used where the municipality has chosen nothing (tokens.css, --brand and --link)."""

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_STEP = 0.04


def is_colour(text: str) -> bool:
    """Whether `text` is a colour as #rrggbb, in small letters."""
    return bool(_COLOUR.fullmatch(text))


def contrast(first: str, second: str) -> float:
    """The contrast of two colours, from 1 (none) to 21 (black on white)."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def mixed(colour: str, other: str, share: float) -> str:
    """`colour` with `share` (0 to 1) of `other`."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def light_palette(main: str, accent: str) -> dict[str, str]:
    """Design token → colour, for light pages. `main` and `accent` have enough contrast."""
    return {
        "brand": main,
        "brand-strong": mixed(main, BLACK, 0.25),
        "brand-soft": _until(lambda share: mixed(main, WHITE, min(1, 0.86 + share)), main, NEEDED),
        "on-brand": WHITE,
        "link": accent,
    }


def dark_palette(main: str, accent: str) -> dict[str, str]:
    """The same for dark pages: each colour as much lighter as its contrast needs."""
    brand = lightened(main)
    return {
        "brand": brand,
        "brand-strong": mixed(brand, WHITE, 0.3),
        "brand-soft": mixed(DARK_GREY, main, 0.25),
        "on-brand": mixed(main, BLACK, 0.85),
        "link": lightened(accent),
    }


def lightened(colour: str) -> str:
    """`colour` with so much white that it can be read on dark grounds, with some to spare."""
    return _until(lambda share: mixed(colour, WHITE, share), DARK_GREY, NEEDED + 1)


def _until(made: Callable[[float], str], against: str, needed: float) -> str:
    """The first shade, in small steps, that has the contrast against `against`."""
    step = 0
    while contrast(made(step * _STEP), against) < needed and (step + 1) * _STEP <= 1:
        step += 1
    return made(step * _STEP)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)
