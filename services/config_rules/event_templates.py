"""Rules of the event templates: known words, and texts that the template language accepts."""

from __future__ import annotations

from sqlalchemy import select

from domain.events import CONDITIONS, KINDS, PURPOSES
from domain.meanings import Meaning
from domain.text import _
from extensions import db
from models import ChoiceList, EventTemplate
from services.config_rules.common import (
    check_all_known,
    check_key,
    check_known,
    check_one_line,
    check_text,
    check_unique,
    need,
)
from services.config_rules.texts import check_template_text

TEMPLATE_KINDS = ("email", "letter", "document", "event")
GROUPS = ("template", "standard")
RECIPIENTS = ("submitter", "responsible", "external", "none")
STATUS_MEANINGS = tuple(m for m in Meaning if m.startswith("status:"))

EVENT_KINDS: dict[str, tuple[str, ...]] = {
    "email": ("sent_email",),
    "letter": ("document",),
    "document": ("document",),
    "event": tuple(KINDS),
}
"""The kinds of event that each kind of template can make."""


def check_event_template(row: EventTemplate) -> None:
    """A template makes an event of a kind that fits, and its texts can be filled in."""
    check_key(row)
    check_unique(row, "key", "case_type_id")
    check_text(row, "label", _("Skriv vad händelsen heter i menyn."))
    check_one_line(row, "label", "subject")
    check_known(row, "group", GROUPS)
    check_known(row, "kind", TEMPLATE_KINDS)
    check_known(row, "event_kind", EVENT_KINDS[row.kind])
    check_known(row, "purpose", PURPOSES)
    check_known(row, "recipient", RECIPIENTS)
    check_all_known(row, "conditions", CONDITIONS)
    _check_status(row)
    if row.kind == "email":
        check_text(row, "subject", _("Ett mejl behöver ett ämne."))
    check_template_text(row, "subject")
    check_template_text(row, "body")


def _check_status(row: EventTemplate) -> None:
    """The status that the event sets is one that the case type has."""
    if not row.status_meaning:
        return
    check_known(row, "status_meaning", STATUS_MEANINGS)
    query = select(ChoiceList).where(
        ChoiceList.case_type_id == row.case_type_id, ChoiceList.key == "status"
    )
    found = db.session.scalar(query)
    offered = {c.meaning for c in found.choices if c.is_active} if found else set()
    sentence = _("Ärendetypen har ingen status med den betydelsen.")
    need(row.status_meaning in offered, "status_meaning", sentence)
