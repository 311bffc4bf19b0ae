"""Recording who did what. Every deed calls record() in its own transaction."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from domain.permissions import Actor
from models import AccessEntry, AuditEntry, utcnow
from services.chains import append


def record(
    actor: Actor,
    action: str,
    *,
    case_id: int | None = None,
    subject: str = "",
    field: str = "",
    old: Any = None,
    new: Any = None,
) -> None:
    """Add one line to the change log. `action` is "resource.deed", as in "case.edited".

    The line is written, and chained to the one before it, when the transaction commits.
    """
    append(
        AuditEntry(
            at=utcnow(),
            actor_id=actor.id,
            actor_name=actor.name,
            case_id=case_id,
            subject=subject,
            action=action,
            field=field,
            old=_plain(old),
            new=_plain(new),
        )
    )


def record_access(actor: Actor, what: str, *, case_id: int | None = None, detail: str = "") -> None:
    """Add one line to the access log: that `actor` read a case, a file, an export."""
    append(
        AccessEntry(
            at=utcnow(),
            actor_id=actor.id,
            actor_name=actor.name,
            case_id=case_id,
            what=what,
            detail=detail[:300],
        )
    )


def _plain(value: Any) -> Any:
    """Dates as ISO text; everything else must already be JSON."""
    return value.isoformat() if isinstance(value, date | datetime) else value
