"""Rules of the people with accounts."""

from __future__ import annotations

from domain.text import _
from models import User
from services.config_rules.common import (
    check_email,
    check_one_line,
    check_text,
    check_unique,
    need,
)


def check_person(row: User) -> None:
    """A person has a user name without blanks, a name, and an address that mail can reach."""
    username = row.username or ""
    sentence = _("Skriv ett användarnamn utan mellanslag, till exempel anna.andersson.")
    need(username and not any(c.isspace() for c in username), "username", sentence)
    check_unique(row, "username")
    check_text(row, "name", _("Skriv personens namn."))
    check_one_line(row, "username", "name", "title", "phone", "sender_name")
    sentence = _("Skriv ett namn, inte en e-postadress: tecknen @, < och > får inte stå här.")
    need(not set(row.sender_name or "") & set("@<>"), "sender_name", sentence)
    check_email(row, "email")
