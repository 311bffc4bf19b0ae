"""E-mail addresses: which ones can be used, and how one is shown to who may not see it whole."""

from __future__ import annotations

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

# The package refuses names such as kommunen.local, which mail servers inside a municipality have.
# Which domains exist is for the mail server to say.
SPECIAL_USE_DOMAIN_NAMES.clear()


def usable_address(typed: str) -> str:
    """`typed` as it goes over the wire, or "" when no mail can be sent to it.

    Domains with å, ä, ö are written in ASCII (IDNA). Nothing is looked up: no DNS.
    """
    try:
        found = validate_email(
            typed.strip(),
            allow_smtputf8=False,
            check_deliverability=False,
            globally_deliverable=False,
        )
    except EmailNotValidError:
        return ""
    return found.ascii_email or ""


def masked_address(address: str) -> str:
    """Only the domain, for who looks after the mail but not after cases (decision D12)."""
    _local, _at, domain = address.rpartition("@")
    return f"•••@{domain}"
