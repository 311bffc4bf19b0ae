"""What the checks of several files share."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from domain.errors import RuleBroken
from domain.template_language import check
from domain.template_names import NAMES, Names
from services.presets.faults import Place
from services.presets.preset import Row

Places = dict[str, Place]
"""File name → the place of the whole file."""


def check_unique(rows: list[Row], key: str, place: Place) -> None:
    """No two rows have the same value in `key`, whatever the case of its letters."""
    seen: set[str] = set()
    for number, row in enumerate(rows, 1):
        value = row[key].casefold()
        if value and value in seen:
            place.row(number).at(key).fault(f"”{row[key]}” står två gånger. Ändra den ena.")
        seen.add(value)


def obey(rule: Callable[[Any, str], None], value: str, place: Place) -> None:
    """Note a fault when `value` breaks a rule of services/config_rules/common.py."""
    try:
        rule(SimpleNamespace(value=value), "value")
    except RuleBroken as broken:
        place.fault(str(broken))


def check_text(source: str, place: Place, names: Names = NAMES) -> None:
    """The text follows the template language and uses only `names`."""
    for found in check(source, names):
        place.fault(f"Rad {found.line}: {found.sentence}")
