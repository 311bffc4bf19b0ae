"""Which rights a line of the change log takes beyond CASE_VIEW_HISTORY.

The log keeps what was taken away: what a registrar redacted is in its old values. So a value is
shown only to those who may see it, or could see it before it was changed.
"""

from __future__ import annotations

from domain.fields import CORE_FIELDS
from domain.layout import FieldLayout
from domain.permissions import Permission
from models import AuditEntry

P = Permission

NOTES = ("internal_note",)
"""Shown to nobody once the case has passed a border of secrecy without them."""

OF_FIELD: dict[str, Permission] = {
    "text": P.CASE_VIEW_ORIGINAL,
    "title": P.CASE_VIEW_ORIGINAL,  # made from the text, and redacted with it
}
OF_ACTION: dict[str, Permission] = {
    "event.other-recipient": P.CASE_VIEW_SUBMITTER,
    "event.posted": P.CASE_VIEW_SUBMITTER,
    "mail.bounced": P.CASE_VIEW_SUBMITTER,  # mail servers repeat the address
    "mail.failed": P.CASE_VIEW_SUBMITTER,
    "secrecy.cleared": P.CASE_SECRECY_SET,
    "secrecy.set": P.CASE_SECRECY_SET,
}
OF_PART: dict[str, Permission] = {
    "address": P.CASE_VIEW_SUBMITTER,
    "confirmed": P.CASE_VIEW_ORIGINAL,
    "recipient": P.CASE_VIEW_SUBMITTER,
    "title": P.CASE_VIEW_ORIGINAL,
}


def rights_of(entry: AuditEntry, known: FieldLayout | None) -> list[Permission]:
    """All of these are needed for the values of `entry`. `known`: its field in the case type."""
    found = []
    core = known.core if known else CORE_FIELDS.get(entry.field)
    if core is not None:
        found.append(core.view)
    if entry.field in OF_FIELD:
        found.append(OF_FIELD[entry.field])
    if entry.action in OF_ACTION:
        found.append(OF_ACTION[entry.action])
    if entry.action.startswith("secrecy.") and entry.field == "submitter":
        found.append(P.CASE_VIEW_SUBMITTER)
    return found


def part_rights(name: str) -> list[Permission]:
    """What a named part of a value takes: an event's recipient, its title."""
    return [OF_PART[name]] if name in OF_PART else []
