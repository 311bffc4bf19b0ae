"""The case list as rows of a file: all that `actor` may see, in small helpings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, func, select

from domain.permissions import Actor, Permission
from extensions import db
from models import Case, CaseChoice, CaseParticipant, Submitter, User
from queries.case_list import ListQuery, _where
from queries.cases import visible_cases

HELPING = 1_000
"""Cases that are read at a time: what a file of any length keeps in memory."""

OF_CASE = (
    "id", "title", "received_on", "registered_on", "acknowledge_by", "acknowledged_on",
    "answer_by", "answered_on", "closed_on", "unit_id", "responsible_id", "status_id",
    "workflow_id", "channel_id", "contact_way_id", "submitter_kind_id", "origin_id", "result_id",
    "publication_id", "is_secret",
)  # fmt: skip
TEXTS = ("text", "answer")
CONTACT = ("name", "address", "postal", "phone", "email")

Found = tuple[Row[Any], dict[str, list[int]], list[str]]
"""A case's columns, its ticks by field, the names of its assistants."""


def export_count(query: ListQuery, actor: Actor) -> int:
    """How many rows the file gets."""
    statement = select(func.count()).select_from(Case).where(*_where(query, actor))
    return db.session.scalar(statement) or 0


def exported(query: ListQuery, actor: Actor, *, with_texts: bool) -> Iterator[list[Found]]:
    """The cases, newest number first, some at a time. No transaction is held in between.

    With texts a row says in `may_know` whether `actor` may know its submitter: only then may its
    texts and contact data be shown.
    """
    columns = [getattr(Case, name) for name in OF_CASE]
    if with_texts:
        columns += [getattr(Case, name) for name in TEXTS]
        columns += [getattr(Submitter, name) for name in CONTACT]
        may_know = visible_cases(actor, Permission.CASE_VIEW_SUBMITTER)
        columns.append(may_know.label("may_know"))
    base = select(*columns).where(*_where(query, actor)).order_by(Case.id.desc()).limit(HELPING)
    if with_texts:
        base = base.outerjoin(Submitter, Submitter.case_id == Case.id)
    statement = base
    while rows := db.session.execute(statement).all():
        ids = [row.id for row in rows]
        ticks, helpers = _ticks(ids), _assistants(ids)
        yield [(row, ticks[row.id], helpers[row.id]) for row in rows]
        statement = base.where(Case.id < ids[-1])


def names_of_people() -> dict[int, str]:
    """Everybody's name by id."""
    return {row.id: row.name for row in db.session.execute(select(User.id, User.name))}


def _ticks(ids: list[int]) -> dict[int, dict[str, list[int]]]:
    found: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    statement = select(CaseChoice.case_id, CaseChoice.field_key, CaseChoice.choice_id).where(
        CaseChoice.case_id.in_(ids)
    )
    for case_id, key, choice_id in db.session.execute(statement.order_by(CaseChoice.choice_id)):
        found[case_id][key].append(choice_id)
    return found


def _assistants(ids: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    statement = (
        select(CaseParticipant.case_id, User.name)
        .join(User, User.id == CaseParticipant.user_id)
        .where(CaseParticipant.case_id.in_(ids), CaseParticipant.capacity == "assistant")
        .order_by(CaseParticipant.id)
    )
    for case_id, name in db.session.execute(statement):
        found[case_id].append(name)
    return found
