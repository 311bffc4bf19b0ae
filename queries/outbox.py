"""Reading the outbox: what lies there, and how much of it this person may see.

A registrar sees the mails of cases the registrar may see. A system administrator looks after the
mail, not after cases: every row, without subject, text and recipient's name (decision D12).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Boolean, ColumnElement, and_, literal_column, select, true

from domain.addresses import masked_address
from domain.permissions import Actor, Permission, Role
from extensions import db
from models import Case, OutboxMessage
from queries.cases import visible_cases

PAGE = 50

# Written out, not bound, so that the partial indexes are used.
SHOWN: dict[str, ColumnElement[bool]] = {
    "waiting": literal_column("outbox_messages.state IN ('queued', 'sending')", Boolean),
    "sent": OutboxMessage.state == "sent",
    "failed": literal_column("outbox_messages.state = 'failed'", Boolean),
}
"""What the list can be limited to."""


@dataclass(frozen=True)
class Seen:
    """One mail as this person may see it. `is_open`: with subject, recipient and text.

    `leads_to_case`: the person may open the case as well, which the demo's mailbox does not give.
    """

    message: OutboxMessage
    is_open: bool
    leads_to_case: bool

    @property
    def recipient(self) -> str:
        if not self.is_open:
            return masked_address(self.message.recipient_email)
        name = self.message.recipient_name
        return f"{name} ({self.message.recipient_email})" if name else self.message.recipient_email

    @property
    def subject(self) -> str:
        return self.message.subject if self.is_open else ""

    @property
    def error(self) -> str:
        """Why it did not leave. Servers like to repeat the address: masked as well."""
        address = self.message.recipient_email
        error = self.message.last_error
        return error if self.is_open else error.replace(address, masked_address(address))


@dataclass(frozen=True)
class OutboxPage:
    """Newest first. `older` is what to ask for as `before` on the next page, None on the last."""

    mails: list[Seen]
    older: int | None


def outbox_page(
    actor: Actor, *, show: str = "", before: int | None = None, all_open: bool = False
) -> OutboxPage:
    """One page of mails. Walks the key: as quick at the end of a long outbox as at its start."""
    statement = select(OutboxMessage).where(_scope(actor)).order_by(OutboxMessage.id.desc())
    if show in SHOWN:
        statement = statement.where(SHOWN[show])
    if before is not None:
        statement = statement.where(OutboxMessage.id < before)
    rows = list(db.session.scalars(statement.limit(PAGE + 1)))
    shown = rows[:PAGE]
    readable = _readable_cases({row.case_id for row in shown if row.case_id}, actor)
    mails = [_seen(row, readable, all_open) for row in shown]
    return OutboxPage(mails, shown[-1].id if len(rows) > PAGE else None)


def find_mail(mail_id: int, actor: Actor, *, all_open: bool = False) -> Seen | None:
    """One mail if `actor` may see it at all. What may not be seen does not exist."""
    row = db.session.scalar(select(OutboxMessage).where(OutboxMessage.id == mail_id, _scope(actor)))
    if row is None:
        return None
    readable = _readable_cases({row.case_id} if row.case_id else set(), actor)
    return _seen(row, readable, all_open)


def _seen(row: OutboxMessage, readable: set[int], all_open: bool) -> Seen:
    return Seen(row, all_open or row.case_id in readable, row.case_id in readable)


def _scope(actor: Actor) -> ColumnElement[bool]:
    if actor.is_active and Role.ADMINISTRATOR in actor.roles:
        return true()
    mine = visible_cases(actor, Permission.OUTBOX_VIEW)
    allowed = select(Case.id).where(and_(mine, visible_cases(actor)))
    return OutboxMessage.case_id.in_(allowed)


def _readable_cases(case_ids: Collection[int], actor: Actor) -> set[int]:
    """Those of the cases whose content `actor` may read."""
    if not case_ids:
        return set()
    return set(
        db.session.scalars(select(Case.id).where(Case.id.in_(case_ids), visible_cases(actor)))
    )
