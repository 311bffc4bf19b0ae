"""What a citizen writes on the reply page: an event of the case and a notice to the responsible."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import update

from domain.clock import local_date
from domain.errors import RuleBroken
from domain.permissions import CITIZEN
from domain.richtext import text_to_html
from domain.text import _
from extensions import db
from models import Case, Event, SecretLink
from queries.configuration import configuration
from services import notices
from services.attachments import attach_staged
from services.cases.deadlines import promised_days
from services.events import add_event
from services.once import claim_key
from services.submissions import AlreadyReceived

REPLY_TITLE = _("Synpunktslämnarens svar-på-svar")


def receive_reply(link: SecretLink, text: str, *, key: str, now: datetime) -> Event:
    """Register what the citizen wrote, with the files of the form `key` (manual H17, S20).

    A closed case stays closed (decision D4); the mark *Nytt svar* raises attention instead, and
    the case's version is left alone so that nobody's open form is refused. Raises RuleBroken for
    an empty text, AlreadyReceived when `key` was used before.
    """
    if not text.strip():
        raise RuleBroken(_("Skriv ditt meddelande innan du skickar."), field="text")
    case = link.case
    if not claim_key(key, case.id):
        raise AlreadyReceived
    event = add_event(
        case,
        kind="citizen_reply",
        purpose="reply",
        title=REPLY_TITLE,
        body=text_to_html(text),
        sender=case.submitter.name or _("Synpunktslämnaren"),
        recipient=case.responsible.name if case.responsible else "",
        happened_at=now,
        actor=CITIZEN,
    )
    attach_staged(key, case, source="submitter", actor=CITIZEN, event=event)
    db.session.execute(
        update(Case)
        .where(Case.id == case.id)
        .values(has_new_reply=True)
        .execution_options(synchronize_session=False)
    )
    notices.notify_reply(case, event)
    notices.confirm_reply(case, event)
    return event


def reply_promised_by(case: Case, now: datetime) -> date:
    """The last day on which a message that comes in at `now` shall be answered."""
    layout = configuration().case_type(case.case_type_id)
    assert layout is not None
    return promised_days(layout, local_date(now))[1]
