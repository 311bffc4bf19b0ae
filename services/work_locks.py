"""Taking, keeping, overtaking and giving back the work lock of a case.

One row per case; every change is one statement, so that of many who ask at once one wins. The
lock makes people wait for each other; the case's version is what keeps anything from being lost,
also when a lock has expired.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import joinedload

from domain.errors import CaseLocked, NotAllowed
from domain.locks import Hold, LockView
from domain.permissions import Actor, Permission, can
from domain.text import _
from extensions import db
from models import Case, WorkLock, utcnow
from queries.configuration import configuration
from services import audit
from services.upserts import upsert_into


def take(case: Case, actor: Actor, tab: str) -> LockView:
    """Take the lock for this tab if it is free or this tab's already; says whose it is then.

    Raises NotAllowed for those who may only read. `tab` is the token that the tab made.
    """
    if not can(actor, Permission.LOCK_TAKE, case):
        raise NotAllowed
    assert actor.id is not None
    now, mine = utcnow(), _hidden(tab)
    values = {"user_id": actor.id, "tab": mine, "taken_at": now, "seen_at": now}
    db.session.execute(
        upsert_into(WorkLock)
        .values(case_id=case.id, **values)
        .on_conflict_do_update(
            index_elements=[WorkLock.case_id], set_=values, where=WorkLock.seen_at < _limit(now)
        )
    )
    keep(case.id, actor, tab)
    return look(case.id, actor, tab)


def keep(case_id: int, actor: Actor, tab: str) -> bool:
    """Renew the lock, because the person is working. False when this tab does not hold it."""
    now = utcnow()
    renewed = db.session.execute(
        update(WorkLock)
        .where(*_held_here(case_id, actor, tab), WorkLock.seen_at >= _limit(now))
        .values(seen_at=now)
        .returning(WorkLock.case_id)
        .execution_options(synchronize_session=False)
    )
    return renewed.first() is not None


def overtake(case: Case, actor: Actor, tab: str) -> None:
    """Överta arbetslås: move one's own lock to this tab. Raises NotAllowed for anyone else's."""
    if not can(actor, Permission.LOCK_TAKE, case):
        raise NotAllowed
    moved = db.session.execute(
        update(WorkLock)
        .where(WorkLock.case_id == case.id, WorkLock.user_id == actor.id)
        .values(tab=_hidden(tab), seen_at=utcnow())
        .returning(WorkLock.case_id)
        .execution_options(synchronize_session=False)
    )
    if moved.first() is None and not take(case, actor, tab).may_write:
        raise NotAllowed(_("Arbetslåset är någon annans. Vänta tills det är ledigt."))
    audit.record(actor, "lock.overtaken", case_id=case.id)


def release(case_id: int, actor: Actor, tab: str) -> None:
    """Give the lock back (Stäng). Somebody else's lock is left alone."""
    db.session.execute(
        delete(WorkLock)
        .where(*_held_here(case_id, actor, tab))
        .execution_options(synchronize_session=False)
    )


def release_all(user_id: int) -> None:
    """Give back every lock of a person who logs out."""
    db.session.execute(
        delete(WorkLock)
        .where(WorkLock.user_id == user_id)
        .execution_options(synchronize_session=False)
    )


def look(case_id: int, actor: Actor, tab: str) -> LockView:
    """Whose the lock is, without touching it."""
    row = db.session.scalar(
        select(WorkLock)
        .where(WorkLock.case_id == case_id, WorkLock.seen_at >= _limit(utcnow()))
        .options(joinedload(WorkLock.user))
        .execution_options(populate_existing=True)
    )
    if row is None:
        return LockView(Hold.FREE)
    if row.user_id != actor.id:
        return LockView(Hold.OTHERS, row.user.name, row.taken_at)
    hold = Hold.HERE if row.tab == _hidden(tab) else Hold.ELSEWHERE
    return LockView(hold, row.user.name, row.taken_at)


@contextmanager
def borrowed(case: Case, actor: Actor, tab: str) -> Iterator[None]:
    """For a deed beside the form: the lock while it is done, given back if it was free before.

    Raises CaseLocked as require() does, without speaking of a draft.
    """
    if not can(actor, Permission.LOCK_TAKE, case):
        yield  # as in require()
        return
    was_free = look(case.id, actor, tab).hold is Hold.FREE
    found = take(case, actor, tab)
    if found.hold is Hold.OTHERS:
        raise CaseLocked(
            _("%(name)s har arbetslåset. Vänta tills det är ledigt."), name=found.holder
        )
    if found.hold is Hold.ELSEWHERE:
        raise CaseLocked(
            _(
                "Du har ärendet öppet i en annan webbläsare eller flik, som har arbetslåset. "
                "Fortsätt där, eller överta arbetslåset."
            )
        )
    yield
    if was_free:
        release(case.id, actor, tab)


def require(case: Case, actor: Actor, tab: str) -> None:
    """For saving: take or keep the lock. Raises CaseLocked when it is somebody else's, or when
    the person has the case open in another tab.
    """
    if not can(actor, Permission.LOCK_TAKE, case):
        return  # a closed case is not locked; what may be changed on it stands in the rights
    found = take(case, actor, tab)
    if found.hold is Hold.OTHERS:
        raise CaseLocked(
            _("%(name)s har arbetslåset. Det du har skrivit är sparat som utkast."),
            name=found.holder,
        )
    if found.hold is Hold.ELSEWHERE:
        raise CaseLocked(
            _(
                "Du har ärendet öppet i en annan webbläsare eller flik, som har arbetslåset. "
                "Det du har skrivit är sparat som utkast."
            )
        )


def purge_locks(now: datetime) -> None:
    """Remove locks that ended long ago. For the worker."""
    db.session.execute(delete(WorkLock).where(WorkLock.seen_at < now - timedelta(days=1)))


def _held_here(case_id: int, actor: Actor, tab: str):  # type: ignore[no-untyped-def]
    return (
        WorkLock.case_id == case_id,
        WorkLock.user_id == actor.id,
        WorkLock.tab == _hidden(tab),
    )


def _limit(now: datetime) -> datetime:
    """A lock that was seen before this has ended."""
    return now - timedelta(minutes=configuration().lock_minutes)


def _hidden(tab: str) -> str:
    return hashlib.sha256(tab.encode()).hexdigest()
