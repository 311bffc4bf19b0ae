"""Taking mails out of the outbox: claiming one, and recording what became of it.

Several workers may run. A claim is one UPDATE: who got the row owns it until the lease ends, and
the claim number fences off who lost it (threat T66, faults F24, F25).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, text, update

from domain.permissions import SYSTEM
from domain.text import _
from extensions import db
from models import OutboxMessage
from services import audit
from services.link_seals import unseal
from services.mail_files import (
    MailFile,
    MailPart,
    Unsendable,
    are_ready,
    files_of,
    read_parts,
    settle,
)
from services.notices import notify_mail_failed
from services.outbox import refresh_failed_mark, set_event_state

PAUSES = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60))
"""How long to wait after the first, second … temporary failure; the last one from then on."""

UNREACHABLE_PAUSE = timedelta(minutes=1)
"""The same after the server did not answer at all: nothing is known against this mail (G04)."""

FILES_PAUSE = timedelta(seconds=15)
"""How long a mail whose files are not ready is left alone."""

# Written out, not bound: only then do both databases use the partial index.
_WAITING = text("outbox_messages.state IN ('queued', 'sending')")


@dataclass(frozen=True)
class ClaimedMail:
    """One mail as it shall leave. No row: nothing of the database is held while it is sent."""

    id: int
    claim: int
    purpose: str
    message_id: str
    created_at: datetime
    sender_name: str
    sender_email: str
    recipient_name: str
    recipient_email: str
    subject: str
    text: str
    html: str
    files: tuple[MailFile, ...] = ()
    problem: str = ""
    """Why it may not leave although it was queued."""


def claim_due(now: datetime, lease_seconds: int) -> ClaimedMail | None:
    """Take the most urgent mail that is due, or None. The caller commits before it sends.

    A mail whose files are not ready is put back, as long as there is time.
    """
    while (row := _claim(now, lease_seconds)) is not None:
        if are_ready(row) or now >= row.give_up_at:
            return _as_it_leaves(row, settle(row))
        _put_back(row, now)
    return None


def _put_back(row: OutboxMessage, now: datetime) -> None:
    """Undo the claim, which nobody has seen. The mail waits no longer than any other does."""
    row.state, row.lease_until = "queued", None
    row.attempts -= 1
    row.tried_at = None
    row.next_try_at = now + FILES_PAUSE
    row.last_error = _("Väntar på att bilagorna kontrolleras.")
    db.session.flush()


def _claim(now: datetime, lease_seconds: int) -> OutboxMessage | None:
    due = (
        select(OutboxMessage.id)
        .where(
            _WAITING,
            OutboxMessage.next_try_at <= now,
            or_(OutboxMessage.lease_until.is_(None), OutboxMessage.lease_until <= now),
        )
        .order_by(OutboxMessage.priority, OutboxMessage.next_try_at, OutboxMessage.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    return db.session.scalar(
        update(OutboxMessage)
        .where(OutboxMessage.id == due.scalar_subquery())
        .values(
            state="sending",
            lease_until=now + timedelta(seconds=lease_seconds),
            claim=OutboxMessage.claim + 1,
            attempts=OutboxMessage.attempts + 1,
            tried_at=now,
        )
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False, populate_existing=True)
    )


def _as_it_leaves(row: OutboxMessage, problem: str) -> ClaimedMail:
    made = ("text", "html", "files", "problem")
    names = [name for name in ClaimedMail.__dataclass_fields__ if name not in made]
    return ClaimedMail(
        **{name: getattr(row, name) for name in names},
        files=files_of(row),
        problem=problem,
        text=unseal(row.text, row.case_id),
        html=unseal(row.html, row.case_id),
    )


def parts_of(mail: ClaimedMail) -> list[MailPart]:
    """The bytes of its files. Raises Unsendable (it never leaves) or Delayed (later perhaps)."""
    if mail.problem:
        raise Unsendable(mail.problem)
    return read_parts(mail.files)


def finish_sent(mail_id: int, claim: int, *, now: datetime) -> bool:
    """The server took the mail. False when the claim was lost: then another one decides."""
    row = _finish(mail_id, claim, state="sent", sent_at=now, last_error="")
    if row is None:
        return False
    if row.event_id is not None:
        set_event_state(row.event_id, "sent")
    return True


def finish_failed(
    mail_id: int,
    claim: int,
    reason: str,
    *,
    now: datetime,
    permanent: bool = False,
    unreachable: bool = False,
) -> bool:
    """The mail did not leave; `reason` is a sentence. It is tried again later, or given up.

    `permanent`: the server said never. `unreachable`: it said nothing. False as finish_sent().
    """
    row = db.session.get(OutboxMessage, mail_id, populate_existing=True)
    if row is None:
        return False
    if permanent or now >= row.give_up_at:
        return _give_up(mail_id, claim, reason)
    pause = UNREACHABLE_PAUSE if unreachable else PAUSES[min(row.attempts, len(PAUSES)) - 1]
    return bool(_finish(mail_id, claim, state="queued", last_error=reason, next_try_at=now + pause))


def _give_up(mail_id: int, claim: int, reason: str) -> bool:
    """The mail will never leave: the server said so, or time is up (F17)."""
    row = _finish(mail_id, claim, state="failed", last_error=reason)
    if row is None:
        return False
    tell_of_failure(row, "mail.failed")
    return True


def tell_of_failure(row: OutboxMessage, action: str) -> None:
    """Mark event and case of a mail that will not arrive, and tell the responsible, once.

    The row itself says so already; `action` is the word for the change log.
    """
    if row.event_id is not None:
        set_event_state(row.event_id, "failed")
        refresh_failed_mark(row.case_id)
    subject = f"outbox_messages {row.id}"
    audit.record(SYSTEM, action, case_id=row.case_id, subject=subject, new=row.last_error)
    notify_mail_failed(row)


def _finish(mail_id: int, claim: int, **values: object) -> OutboxMessage | None:
    """Write the outcome and end the lease, if the claim still stands."""
    return db.session.scalar(
        update(OutboxMessage)
        .where(
            OutboxMessage.id == mail_id,
            OutboxMessage.claim == claim,
            OutboxMessage.state == "sending",
        )
        .values(lease_until=None, **values)
        .returning(OutboxMessage)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
