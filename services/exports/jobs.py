"""Files of case lists that the worker makes: asked for, made, fetched once, forgotten.

The file is made by the rights of the person at that moment, and given to nobody else. When the
rights have changed since, it has to be asked for again.
"""

from __future__ import annotations

import hashlib
import secrets
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO

from sqlalchemy import delete, or_, select, text, update

from domain.errors import NotAllowed, RuleBroken
from domain.layout import CaseTypeLayout
from domain.permissions import Actor, Permission, can
from domain.text import _
from extensions import db
from models import ExportJob, User, utcnow
from queries.case_list import ListQuery
from queries.configuration import configuration
from services import audit
from services.actors import actor_of, case_types_for
from services.attachments import file_store
from services.exports.asked import packed, unpacked
from services.exports.cases import write_cases
from services.rate_limits import allowed
from services.unit_of_work import unit_of_work

KINDS = ("csv", "xlsx")
AT_ONCE = 2_000
"""As many rows are made in the request itself: well below two seconds."""

MOST = 200_000
LIMIT, HOUR = 6, 3600
LEASE = timedelta(minutes=5)
"""Renewed with every helping of rows."""

MOST_TRIES = 3
KEPT = timedelta(days=1)

# Written out, not bound: only then do both databases use the partial index.
_OPEN = text("export_jobs.state IN ('waiting', 'running')")


@dataclass(frozen=True)
class Claimed:
    """One file that this worker makes. No row: nothing is held meanwhile."""

    id: int
    user_id: int
    kind: str
    query: ListQuery
    attempts: int


def count_one_more(actor: Actor) -> None:
    """Six files an hour. In a transaction of its own, before the deed. Raises RuleBroken."""
    if not allowed("case export", str(actor.id), LIMIT, HOUR):
        raise RuleBroken(
            _("Du har hämtat listor %(limit)s gånger den senaste timmen. Försök igen senare."),
            limit=LIMIT,
        )


def check_export(query: ListQuery, kind: str, rows: int, actor: Actor) -> CaseTypeLayout:
    """The case type, if this list may be taken out as this kind. Raises NotAllowed, RuleBroken."""
    types = case_types_for(actor, Permission.CASE_LIST, configuration())
    layout = next((t for t in types if t.id == query.case_type_id), None)
    if layout is None or not can(actor, Permission.CASE_LIST):
        raise NotAllowed(_("Du har inte behörighet att hämta listan."))
    if kind not in KINDS:
        raise RuleBroken(_("Välj Excel eller CSV."))
    if not rows:
        raise RuleBroken(_("Listan är tom. Ändra filtret och försök igen."))
    if rows > MOST:
        raise RuleBroken(
            _("Högst %(most)s ärenden får plats i en fil, och listan har %(rows)s. Avgränsa den."),
            most=MOST,
            rows=rows,
        )
    return layout


def record_export(
    layout: CaseTypeLayout, words: list[str], kind: str, rows: int, actor: Actor
) -> None:
    """Tell the change log who takes out what, and how much. `words`: what narrows the list."""
    new = {"as": kind, "rows": rows, "filter": ", ".join(words)}
    audit.record(actor, "cases.exported", subject=layout.name, new=new)


def queue_export(query: ListQuery, kind: str, rows: int, actor: Actor) -> str:
    """Leave the file to the worker; returns its name in addresses. The caller commits."""
    token = secrets.token_urlsafe(32)
    db.session.add(
        ExportJob(
            token=token, user_id=actor.id, kind=kind, query=packed(query), row_count=rows,
            created_at=utcnow(),
        )
    )  # fmt: skip
    return token


def own_job(token: str, actor: Actor) -> ExportJob | None:
    """The job, if it is this person's. Others' do not exist."""
    query = select(ExportJob).where(ExportJob.token == token, ExportJob.user_id == actor.id)
    return db.session.scalar(query)


def fetch_export(token: str, actor: Actor) -> tuple[ExportJob, IO[bytes]]:
    """The file, once. Raises RuleBroken when it is not there any more. The caller commits."""
    fetched = db.session.execute(
        update(ExportJob)
        .where(ExportJob.token == token, ExportJob.user_id == actor.id, ExportJob.state == "done")
        .values(state="fetched")
        .returning(ExportJob.id, ExportJob.result_sha256, ExportJob.rights)
        .execution_options(synchronize_session=False)
    ).first()
    if fetched is None:
        raise RuleBroken(_("Filen är redan hämtad. Ta fram den en gång till från listan."))
    if fetched.rights != rights_of(actor):
        raise RuleBroken(
            _("Din behörighet har ändrats sedan filen gjordes. Ta fram den en gång till.")
        )
    try:
        stream = file_store().open(fetched.result_sha256)
    except FileNotFoundError as error:
        raise RuleBroken(_("Filen finns inte längre. Ta fram den en gång till.")) from error
    return db.session.get_one(ExportJob, fetched.id, populate_existing=True), stream


def rights_of(actor: Actor) -> str:
    """A hash of all that decides what the person may see."""
    ids = sorted(actor.stands_in_for)
    told_rights = f"{actor.is_active} {sorted(map(str, actor.assignments))} {ids}"
    return hashlib.sha256(told_rights.encode()).hexdigest()


# --- the worker


def claim_export(now: datetime) -> Claimed | None:
    """Take the oldest file that is nobody's, or None. The caller commits before making it."""
    db.session.execute(
        update(ExportJob)
        .where(_OPEN, ExportJob.attempts >= MOST_TRIES, ExportJob.lease_until <= now)
        .values(state="failed", lease_until=None)
        .execution_options(synchronize_session=False)
    )
    due = (
        select(ExportJob.id)
        .where(_OPEN, or_(ExportJob.lease_until.is_(None), ExportJob.lease_until <= now))
        .order_by(ExportJob.created_at, ExportJob.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = db.session.execute(
        update(ExportJob)
        .where(ExportJob.id == due.scalar_subquery())
        .values(
            state="running", lease_until=now + LEASE, attempts=ExportJob.attempts + 1, rows_done=0
        )
        .returning(
            ExportJob.id, ExportJob.user_id, ExportJob.kind, ExportJob.query, ExportJob.attempts
        )
        .execution_options(synchronize_session=False)
    ).first()
    return Claimed(row[0], row[1], row[2], unpacked(row[3]), row[4]) if row else None


def make_export(job: Claimed) -> tuple[str, str] | None:
    """(hash of the file, hash of the rights it was made by). None when it may not be made."""
    user = db.session.get(User, job.user_id)
    layout = configuration().case_type(job.query.case_type_id)
    actor = actor_of(user) if user else None
    if actor is None or layout is None or not can(actor, Permission.CASE_LIST):
        return None
    with tempfile.TemporaryFile() as file:
        write_cases(file, job.kind, job.query, layout, actor, lambda done: _tell(job, done))
        file.seek(0)
        return file_store().put(file)[0], rights_of(actor)


def finish_export(job: Claimed, made: tuple[str, str] | None) -> bool:
    """Write down what became of it. False when the claim was lost."""
    state = "done" if made else "failed"
    sha256, rights = made or (None, "")
    return _written(job, state=state, result_sha256=sha256, rights=rights, lease_until=None)


def purge_exports(now: datetime) -> None:
    """Forget files older than a day; the next sweep of the file store takes the bytes."""
    db.session.execute(delete(ExportJob).where(ExportJob.created_at < now - KEPT))


def _tell(job: Claimed, done: int) -> None:
    """How far it has come, for the page that waits; the claim holds on."""
    with unit_of_work():
        _written(job, rows_done=done, lease_until=utcnow() + LEASE)


def _written(job: Claimed, **values: object) -> bool:
    statement = (
        update(ExportJob)
        .where(
            ExportJob.id == job.id,
            ExportJob.attempts == job.attempts,
            ExportJob.state == "running",
        )
        .values(**values)
        .returning(ExportJob.id)
        .execution_options(synchronize_session=False)
    )
    return db.session.execute(statement).first() is not None
