"""Reading the outbox: what lies there, and how much of it this person may see.

A registrar sees the mails of cases the registrar may see. A system administrator looks after the
mail, not after cases: every row, without subject, text and recipient's name (decision D12).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Boolean, ColumnElement, and_, func, literal_column, select, true

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

AGES: dict[str, tuple[bool, timedelta]] = {
    "day": (True, timedelta(days=1)),
    "week": (True, timedelta(days=7)),
    "older-15min": (False, timedelta(minutes=15)),
    "older-day": (False, timedelta(days=1)),
}
"""The same by age: (younger than this?, age)."""


@dataclass(frozen=True)
class OutboxFilter:
    """What somebody asked to see. Values that are none of ours are no filter."""

    show: str = ""
    purpose: str = ""
    age: str = ""

    def conditions(self, now: datetime) -> list[ColumnElement[bool]]:
        """As WHERE clauses."""
        found: list[ColumnElement[bool]] = []
        if self.show in SHOWN:
            found.append(SHOWN[self.show])
        if self.purpose:
            found.append(OutboxMessage.purpose == self.purpose)
        if self.age in AGES:
            is_younger, age = AGES[self.age]
            created = OutboxMessage.created_at
            found.append(created > now - age if is_younger else created <= now - age)
        return found


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


@dataclass(frozen=True)
class OutboxCounts:
    """How much lies there. `oldest_until`: when the mail that waits longest will be given up."""

    waiting: int
    sent: int
    failed: int
    oldest_until: datetime | None

    @property
    def all(self) -> int:
        return self.waiting + self.sent + self.failed


def outbox_page(
    actor: Actor,
    wanted: OutboxFilter,
    *,
    now: datetime,
    before: int | None = None,
    all_open: bool = False,
) -> OutboxPage:
    """One page of mails. Walks the key: as quick at the end of a long outbox as at its start."""
    statement = select(OutboxMessage).where(_scope(actor), *wanted.conditions(now))
    if before is not None:
        statement = statement.where(OutboxMessage.id < before)
    statement = statement.order_by(OutboxMessage.id.desc()).limit(PAGE + 1)
    rows = list(db.session.scalars(statement))
    shown = rows[:PAGE]
    mails = _seen(shown, actor, all_open)
    return OutboxPage(mails, shown[-1].id if len(rows) > PAGE else None)


def outbox_counts(actor: Actor) -> OutboxCounts:
    """Count what this person sees. What was sent is the rest: its rows are not walked."""
    scope = _scope(actor)
    count = select(func.count()).select_from(OutboxMessage)
    total = db.session.scalar(count.where(scope)) or 0
    failed = db.session.scalar(count.where(scope, SHOWN["failed"])) or 0
    waits = select(func.count(OutboxMessage.id), func.min(OutboxMessage.give_up_at))
    waiting, oldest = db.session.execute(waits.where(scope, SHOWN["waiting"])).one()
    return OutboxCounts(waiting, total - waiting - failed, failed, oldest)


def find_mail(mail_id: int, actor: Actor, *, all_open: bool = False) -> Seen | None:
    """One mail if `actor` may see it at all. What may not be seen does not exist."""
    found = find_mails([mail_id], actor, all_open=all_open)
    return found[0] if found else None


def find_mails(mail_ids: Collection[int], actor: Actor, *, all_open: bool = False) -> list[Seen]:
    """Those of the mails that `actor` may see, oldest first."""
    wanted = select(OutboxMessage).where(OutboxMessage.id.in_(mail_ids), _scope(actor))
    rows = list(db.session.scalars(wanted.order_by(OutboxMessage.id)))
    return _seen(rows, actor, all_open)


def _seen(rows: list[OutboxMessage], actor: Actor, all_open: bool) -> list[Seen]:
    """Open is a mail to those who see the submitter too: it names whom it goes to."""
    asked = {row.case_id for row in rows if row.case_id}
    visible = _cases_with(Permission.CASE_VIEW, asked, actor)
    readable = visible & _cases_with(Permission.CASE_VIEW_SUBMITTER, asked, actor)
    return [Seen(row, all_open or row.case_id in readable, row.case_id in visible) for row in rows]


def _scope(actor: Actor) -> ColumnElement[bool]:
    if actor.is_active and Role.ADMINISTRATOR in actor.roles:
        return true()
    mine = visible_cases(actor, Permission.OUTBOX_VIEW)
    allowed = select(Case.id).where(and_(mine, visible_cases(actor)))
    return OutboxMessage.case_id.in_(allowed)


def _cases_with(right: Permission, case_ids: Collection[int], actor: Actor) -> set[int]:
    """Those of the cases on which `actor` has `right`."""
    if not case_ids:
        return set()
    mine = visible_cases(actor, right)
    return set(db.session.scalars(select(Case.id).where(Case.id.in_(case_ids), mine)))
