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
GROUPS = ("template", "standard", "extra")
"""In the order of the menu."""
RECIPIENTS = ("submitter", "responsible", "external", "none")
STATUS_MEANINGS = tuple(m for m in Meaning if m.startswith("status:"))

EVENT_KINDS: dict[str, tuple[str, ...]] = {
    "email": ("sent_email",),
    "letter": ("document",),
    "document": ("document",),
    "event": tuple(KINDS),
}
"""The kinds of event that each kind of template can make."""

_SUBJECTS: dict[str, str] = {
    "email": _("Ett mejl behöver ett ämne."),
    "letter": _("Ett brev behöver en titel. Den står överst i brevet."),
    "document": _("Ett dokument behöver en titel. Den står överst på första sidan."),
}
"""The kinds of templates that cannot do without a subject, and why."""


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
    if row.kind in _SUBJECTS:
        check_text(row, "subject", _SUBJECTS[row.kind])
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


def doubts(row: EventTemplate) -> list[str]:
    """What is allowed but hardly meant: sentences for the person who saved `row`."""
    needs = set(row.conditions)
    to_citizen = row.recipient == "submitter"
    return [
        sentence
        for is_doubtful, sentence in (
            (row.kind == "email" and to_citizen and "has_email" not in needs, _NO_EMAIL),
            (row.kind == "letter" and to_citizen and "has_address" not in needs, _NO_ADDRESS),
            (_is_answer(row) and "answer_written" not in needs, _NO_ANSWER),
            (_goes_to_responsible(row) and "has_responsible" not in needs, _NO_RESPONSIBLE),
            (row.kind in ("email", "letter") and row.recipient == "none", _NO_RECIPIENT),
            (row.marks_answered and row.purpose == "confirmation", _CONFIRMS),
        )
        if is_doubtful
    ]


_NO_EMAIL = _(
    "Mejlet går till synpunktslämnaren, men mallen kan väljas också när e-postadress saknas. "
    "Kryssa i ”Synpunktslämnaren har e-postadress”."
)
_NO_ADDRESS = _(
    "Brevet går till synpunktslämnaren, men mallen kan väljas också när postadress saknas. "
    "Kryssa i ”Synpunktslämnaren har postadress”."
)
_NO_ANSWER = _(
    "Mallen skickar svaret, men kan väljas också när svaret är tomt. Kryssa i ”Svaret är skrivet”."
)
_NO_RESPONSIBLE = _(
    "Mallen går till den ansvariga, men kan väljas också när ingen är ansvarig. "
    "Kryssa i ”Ärendet har en ansvarig”."
)
_NO_RECIPIENT = _("Mallen har ingen mottagare. Adressen måste skrivas för hand varje gång.")
_CONFIRMS = _("Mallen är en bekräftelse men räknas som svar. Kontrollera att det är meningen.")


def _goes_to_responsible(row: EventTemplate) -> bool:
    return row.recipient == "responsible" and row.kind != "event"


def _is_answer(row: EventTemplate) -> bool:
    return row.purpose == "answer" and row.kind in ("email", "letter")
