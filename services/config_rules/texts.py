"""Texts in the template language, checked when they are saved (decision D10)."""

from __future__ import annotations

from typing import Any

from domain.template_language import check
from domain.template_names import NAMES, Names
from domain.text import _
from services.config_rules.common import need


def check_template_text(row: Any, field: str, names: Names = NAMES) -> None:
    """The text uses only what the template language knows; the first fault is named by its line."""
    for found in check(getattr(row, field) or "", names):
        sentence = _("Rad %(line)s: %(reason)s")
        need(False, field, sentence, line=found.line, reason=found.sentence)
