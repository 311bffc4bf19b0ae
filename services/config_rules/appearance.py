"""Rules of how the citizens' pages look: colours that can be read (WCAG 2.1, DOS-lagen)."""

from __future__ import annotations

import math

from domain.colours import LIGHT_GREY, NEEDED, WHITE, contrast, is_colour
from domain.text import _
from models import Municipality
from services.config_rules.common import check_one_line, need

COLOURS = ("main_colour", "accent_colour")


def check_appearance(row: Municipality) -> None:
    """A colour is written as #rrggbb and can be read on, and under, what is white or light grey."""
    check_one_line(row, "public_logo_alt")
    for field in COLOURS:
        colour = getattr(row, field) or ""
        if colour:
            need(is_colour(colour), field, _("Skriv färgen som #rrggbb, till exempel #0b5563."))
            _need_contrast(field, colour)


def _need_contrast(field: str, colour: str) -> None:
    """White text stands on the colour, and the colour as text on light grey boxes."""
    grounds = (
        (WHITE, _("Kontrasten mot vitt är %(reached)s:1. Det krävs minst %(needed)s:1 (WCAG 2.1) "
                  "för att texten ska gå att läsa. Välj en mörkare färg.")),
        (LIGHT_GREY, _("Kontrasten mot sidornas ljusgrå rutor är %(reached)s:1. Det krävs minst "
                       "%(needed)s:1 (WCAG 2.1) för att texten ska gå att läsa. Välj en mörkare "
                       "färg.")),
    )  # fmt: skip
    for ground, sentence in grounds:
        reached = contrast(colour, ground)
        values = {"reached": _written(reached), "needed": _written(NEEDED)}
        need(reached >= NEEDED, field, sentence, **values)


def _written(ratio: float) -> str:
    """Cut, not rounded: 4,49 is not enough and may not be called 4,5."""
    text = f"{math.floor(ratio * 100) / 100:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",")
