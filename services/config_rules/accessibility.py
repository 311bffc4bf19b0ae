"""Rules of the accessibility statement: a known status and an address that mail can be sent to."""

from __future__ import annotations

from domain.accessibility import STATUS_WORDS
from models import Municipality
from services.config_rules.common import check_email, check_known


def check_accessibility(row: Municipality) -> None:
    """The statement says nothing that its page cannot show."""
    row.accessibility_status = row.accessibility_status or ""
    check_known(row, "accessibility_status", STATUS_WORDS)
    check_email(row, "accessibility_email")
