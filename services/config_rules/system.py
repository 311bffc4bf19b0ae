"""Rules of the municipality's own row and of its days off."""

from __future__ import annotations

from domain.text import _
from models import ClosedDay, LegalGround, Municipality
from services.config_rules.accessibility import check_accessibility
from services.config_rules.appearance import check_appearance
from services.config_rules.common import (
    check_email,
    check_key,
    check_link,
    check_one_line,
    check_text,
    check_unique,
    need,
)
from services.config_rules.embedding import check_embedding
from services.config_rules.files import check_files
from services.config_rules.letters import check_letters


def check_municipality(row: Municipality) -> None:
    """The municipality has a name, and every link on its row leads somewhere."""
    check_text(row, "name", _("Skriv kommunens namn."))
    check_one_line(row, "name", "service")
    for field in ("website", "fault_report_link", "appeal_link", "whistleblower_link"):
        check_link(row, field)
    check_email(row, "data_protection_email")
    check_accessibility(row)
    check_appearance(row)
    check_embedding(row)
    check_files(row)
    check_letters(row)


def check_closed_day(row: ClosedDay) -> None:
    """A day stands once in the list, with a name."""
    check_unique(row, "day")
    check_text(row, "name", _("Skriv vad det är för dag, till exempel klämdag."))


def check_legal_ground(row: LegalGround) -> None:
    """A ground has a name and a key of its own, and does not end before it begins."""
    check_key(row)
    check_unique(row, "key")
    check_text(row, "label", _("Skriv bestämmelsen, till exempel OSL 26 kap. 1 §."))
    check_one_line(row, "label", "description")
    ends_after = not (row.valid_from and row.valid_to and row.valid_to < row.valid_from)
    need(ends_after, "valid_to", _("Sista dagen kan inte vara före den första."))
