"""The newest cases of a question, for the report that a unit talks about together."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from domain.permissions import Actor
from domain.statistics.question import Question
from extensions import db
from models import Case, CaseFact
from queries.cases import visible_cases
from queries.statistics.scope import DAY, counted


def newest_cases(question: Question, actor: Actor, most: int) -> list[Case]:
    """The newest by the day of the question, of those that `actor` may see. Never a secret one:
    the report is read by others too.
    """
    query = (
        select(Case)
        .join(CaseFact, CaseFact.case_id == Case.id)
        .where(counted(question, actor), visible_cases(actor), Case.is_secret.is_(False))
        .options(joinedload(Case.submitter), joinedload(Case.unit))
        .order_by(DAY[question.basis].desc(), Case.id.desc())
        .limit(most)
    )
    return list(db.session.scalars(query))
