"""Short words for tests about mail: one queued mail, one worker, what a mail is made of."""

from __future__ import annotations

from typing import Any

from cli.worker import Worker
from extensions import current_settings, db
from gateways.mailer import Transport
from models import OutboxMessage
from services.outbox import queue_mail
from tests.support.smtp_faults import FaultySmtp


def queued(**values: Any) -> OutboxMessage:
    """One committed mail in the outbox, as it was then. fresh() tells how it is now."""
    given: dict[str, Any] = {
        "purpose": "answer",
        "recipient_email": "berit@example.org",
        "recipient_name": "Berit Ek",
        "sender_name": "Hjo kommun",
        "sender_email": "synpunkten@hjo.example",
        "subject": "Svar på synpunkt",
        "text": "Hej Berit!\n\nTack för din synpunkt.",
        "html": "<p>Hej Berit!</p><p>Tack för din synpunkt.</p>",
    }
    message = queue_mail(**{**given, **values})
    db.session.commit()
    db.session.refresh(message)
    db.session.expunge(message)  # a worker in this process ends the session
    return message


def worker_for(server: FaultySmtp, timeout: float = 0.4) -> Worker:
    """A worker inside this process that sends to `server`."""
    return Worker(current_settings(), Transport(server.settings, timeout=timeout))


def fresh(message: OutboxMessage) -> OutboxMessage:
    """The row as the database has it now."""
    db.session.rollback()
    return db.session.get_one(OutboxMessage, message.id, populate_existing=True)
