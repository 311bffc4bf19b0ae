"""Rules of the municipality's own row and of its days off."""

from __future__ import annotations

from domain.text import _
from models import ClosedDay, Municipality
from services.config_rules.common import (
    check_email,
    check_link,
    check_one_line,
    check_text,
    check_unique,
)
from services.config_rules.files import check_files
from services.config_rules.letters import check_letters


def check_municipality(row: Municipality) -> None:
    """The municipality has a name, and every link on its row leads somewhere."""
    check_text(row, "name", _("Skriv kommunens namn."))
    check_one_line(row, "name", "service")
    for field in ("website", "fault_report_link", "appeal_link", "whistleblower_link"):
        check_link(row, field)
    check_email(row, "data_protection_email")
    check_files(row)
    check_letters(row)


def check_closed_day(row: ClosedDay) -> None:
    """A day stands once in the list, with a name."""
    check_unique(row, "day")
    check_text(row, "name", _("Skriv vad det är för dag, till exempel klämdag."))
