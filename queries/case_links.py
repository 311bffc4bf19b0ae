"""Reading links between cases, cut to what the reader may see of the other end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import joinedload

from domain.case_links import DUPLICATE_OF, HAS_DUPLICATE, RELATED, stems
from domain.permissions import Actor, Permission, can
from extensions import db
from models import Case, CaseLink, Submitter
from queries.cases import visible_cases
from queries.configuration import configuration

LOOKED_AT = 400
"""Titles that are compared: the newest of the weeks around the case."""

WEEKS = 8


@dataclass(frozen=True)
class LinkedCase:
    """The other end of a link. `role`: what the case one looks at is to it."""

    link_id: int
    number: int
    title: str
    status: str
    role: str


@dataclass(frozen=True)
class Suggestion:
    """A case that may belong with the one at hand, and why it is thought so."""

    number: int
    title: str
    status: str
    same_submitter: bool
    words: int


def links_of(case_id: int, actor: Actor) -> list[LinkedCase]:
    """The linked cases that `actor` may see. Of the others nothing shows, not even that they are.

    One query.
    """
    other = or_(
        and_(CaseLink.low_id == case_id, Case.id == CaseLink.high_id),
        and_(CaseLink.high_id == case_id, Case.id == CaseLink.low_id),
    )
    rows = db.session.execute(
        select(
            CaseLink.id, CaseLink.main_id, Case.id, Case.title, Case.case_type_id, Case.status_id
        )
        .join(Case, other)
        .where(or_(CaseLink.low_id == case_id, CaseLink.high_id == case_id), visible_cases(actor))
        .order_by(CaseLink.kind, Case.id)
    )
    return [
        LinkedCase(link_id, number, title, _status(kind, status), _role(main_id, case_id))
        for link_id, main_id, number, title, kind, status in rows
    ]


def duplicates_of(case_id: int, actor: Actor) -> list[Case]:
    """The duplicates of this case that `actor` may see, by number."""
    ends = select(CaseLink.low_id).where(CaseLink.main_id == case_id)
    ends = ends.union(select(CaseLink.high_id).where(CaseLink.main_id == case_id))  # type: ignore[assignment]
    statement = (
        select(Case)
        .where(Case.id.in_(ends), Case.id != case_id, visible_cases(actor))
        .options(joinedload(Case.unit), joinedload(Case.submitter))
        .order_by(Case.id)
    )
    return list(db.session.scalars(statement))


def link_of(link_id: int, case_id: int) -> CaseLink | None:
    """The link with this id if it is one of the case's."""
    link = db.session.get(CaseLink, link_id)
    return link if link is not None and case_id in (link.low_id, link.high_id) else None


def suggestions_for(case: Case, actor: Actor, limit: int = 8) -> list[Suggestion]:
    """Cases of the same person, or with similar titles: the likeliest first."""
    linked = {link.number for link in links_of(case.id, actor)} | {case.id}
    found: dict[int, Suggestion] = {}
    for number, title, kind, status in db.session.execute(_same_submitter(case, actor)):
        found[number] = Suggestion(number, title, _status(kind, status), True, 0)
    mine = stems(case.title)
    for number, title, kind, status in db.session.execute(_around(case, actor)):
        words = len(mine & stems(title))
        known = found.get(number)
        if known is not None or (mine and words >= min(2, len(mine))):
            same = known is not None
            found[number] = Suggestion(number, title, _status(kind, status), same, words)
    rest = [s for s in found.values() if s.number not in linked]
    rest.sort(key=lambda s: (not s.same_submitter, -s.words, -s.number))
    return rest[:limit]


def _columns() -> Select[int, str, int, int]:
    return select(Case.id, Case.title, Case.case_type_id, Case.status_id)


def _same_submitter(case: Case, actor: Actor) -> Select[int, str, int, int]:
    """Only where one may see the submitter, here and there: else the list would tell who it is."""
    email, phone = case.submitter.email.strip(), case.submitter.phone.strip()
    ways = []
    if can(actor, Permission.CASE_VIEW_SUBMITTER, case):
        ways += [Submitter.email == email] if email else []
        ways += [Submitter.phone == phone] if phone else []
    seen = visible_cases(actor, Permission.CASE_VIEW_SUBMITTER)
    return (
        _columns()
        .join(Submitter, Submitter.case_id == Case.id)
        .where(or_(*ways) if ways else Case.id.is_(None), seen, visible_cases(actor))
        .order_by(Case.id.desc())
        .limit(20)
    )


def _around(case: Case, actor: Actor) -> Select[int, str, int, int]:
    span = timedelta(weeks=WEEKS)
    return (
        _columns()
        .where(
            Case.case_type_id == case.case_type_id,
            Case.received_on.between(case.received_on - span, case.received_on + span),
            visible_cases(actor),
        )
        .order_by(Case.received_on.desc(), Case.id.desc())
        .limit(LOOKED_AT)
    )


def _role(main_id: int | None, case_id: int) -> str:
    if main_id is None:
        return RELATED
    return HAS_DUPLICATE if main_id == case_id else DUPLICATE_OF


def _status(case_type_id: int, status_id: int) -> str:
    layout = configuration().case_type(case_type_id)
    return layout.label_of(status_id) if layout else ""
