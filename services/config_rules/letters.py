"""Rules of the letters: the address stands in a window, head and foot have room."""

from __future__ import annotations

from domain.text import _
from models import Municipality
from services.config_rules.common import need

LEFT = (10, 140)
TOP = (30, 80)
"""Where an address may begin, in mm from the edges of the page."""

MOST_LINES, LONGEST_LINE = 6, 80


def check_letters(row: Municipality) -> None:
    """Every setting of System → Brev leaves room for the letter itself."""
    for field, (low, high) in (("letter_left_mm", LEFT), ("letter_top_mm", TOP)):
        sentence = _("Skriv ett heltal från %(low)s till %(high)s.")
        need(low <= getattr(row, field) <= high, field, sentence, low=low, high=high)
    for field in ("letter_head", "letter_foot"):
        lines = (getattr(row, field) or "").splitlines()
        sentence = _("Skriv högst %(most)s rader med högst %(longest)s tecken.")
        fits = len(lines) <= MOST_LINES and all(len(line) <= LONGEST_LINE for line in lines)
        need(fits, field, sentence, most=MOST_LINES, longest=LONGEST_LINE)
