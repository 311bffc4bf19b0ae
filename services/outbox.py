"""Putting mails into the outbox, in the transaction of what they tell of. The worker sends them."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select, update

from domain.addresses import usable_address
from domain.errors import RuleBroken
from domain.text import _
from extensions import db
from models import Case, Event, OutboxMessage, utcnow
from services.link_seals import seal
from services.mail_files import NamedFile, outbox_files

TRIED_FOR = timedelta(hours=48)
"""How long a mail is tried again before it counts as failed."""

_BAD_RECIPIENT = _("E-postadressen %(address)s går inte att använda.")
_BAD_SENDER = _("Avsändaradressen %(address)s går inte att använda.")

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_LINE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\\s]+")


def queue_mail(
    *,
    purpose: str,
    recipient_email: str,
    recipient_name: str,
    sender_name: str,
    sender_email: str,
    subject: str,
    text: str,
    html: str,
    case_id: int | None = None,
    event_id: int | None = None,
    priority: int = 5,
    files: Iterable[NamedFile] = (),
) -> OutboxMessage:
    """Queue one mail to one recipient. `html` must be clean; "" makes a mail of plain text.

    `files` name files in the store, in order. Raises RuleBroken for an address nobody can use.
    """
    recipient = _checked(recipient_email, _BAD_RECIPIENT)
    sender = _checked(sender_email, _BAD_SENDER)
    message = OutboxMessage(
        case_id=case_id,
        event_id=event_id,
        purpose=purpose,
        priority=priority,
        sender_name=one_line(sender_name)[:200],
        sender_email=sender,
        recipient_name=one_line(recipient_name)[:200],
        recipient_email=recipient,
        subject=one_line(subject)[:400],
        text=seal(_tidy(text), case_id),
        html=seal(_tidy(html), case_id),
        message_id=_new_message_id(sender),
        **_times(),
    )
    message.files = outbox_files(files)
    db.session.add(message)
    return message


def _new_message_id(sender: str) -> str:
    """Made once: every try carries the same (decision D6)."""
    return f"<{secrets.token_hex(16)}@{sender.rpartition('@')[2]}>"


def _times() -> dict[str, datetime]:
    now = utcnow()
    return {"created_at": now, "next_try_at": now, "give_up_at": now + TRIED_FOR}


def one_line(text: str) -> str:
    """`text` without anything that could end a header: one line, no control characters (T41)."""
    return _LINE.sub(" ", text).strip()


def _tidy(text: str) -> str:
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _checked(address: str, sentence: str) -> str:
    usable = usable_address(address)
    if not usable:
        raise RuleBroken(sentence, field="recipient_email", address=one_line(address)[:254])
    return usable


def set_event_state(event_id: int, state: str) -> None:
    """Show on the event what became of its mail. A voided event stays voided."""
    db.session.execute(
        update(Event)
        .where(Event.id == event_id, Event.state.in_(("queued", "sent", "failed")))
        .values(state=state)
    )


def refresh_failed_mark(case_id: int | None) -> None:
    """Mark the case while the mail of one of its events has failed. Leaves its version alone.

    An event that was voided or removed is over: its mail is nobody's concern any more.
    """
    failed = (
        select(func.count(OutboxMessage.id))
        .join(Event, OutboxMessage.event_id == Event.id)
        .where(
            Event.case_id == case_id,
            Event.state != "voided",
            Event.removed_at.is_(None),
            OutboxMessage.state == "failed",
        )
    )
    marked = (db.session.scalar(failed) or 0) > 0
    db.session.execute(update(Case).where(Case.id == case_id).values(has_failed_mail=marked))
