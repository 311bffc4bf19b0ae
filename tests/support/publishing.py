"""Short words for tests about publication: a case that may be published, checked and published."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from domain.clock import local_today
from domain.publication import CHECKS, PublicText, mark_of, to_confirm
from extensions import db
from models import Case, CaseType, Publication, PublishedCase, utcnow
from services.publishing.deeds import Check, publish, save_draft, version_of
from services.publishing.reading import findings, own_text
from tests.support.cases import HJO, actor, choice, layout, person
from tests.support.compose import HANDLER, hjo_case

YES = "Synpunkten är kontrollerad och ska publiceras"
NO = "Synpunkten är kontrollerad och ska inte publiceras"
TITLE, QUESTION, ANSWER = "Fler cykelställ", "Ställ upp fler cykelställ.", "Vi köper tio."


def ready_case(**values: Any) -> Case:
    """Answered ten days ago and closed, with nothing personal in it. Commits."""
    given = {"title": TITLE, "text": QUESTION, "measures": [measure()], **values}
    case = hjo_case(**given)
    case.answer = case.answer or f"<div>{ANSWER}</div>"
    case.answered_on = local_today() - timedelta(days=10)
    case.closed_at, case.closed_by_id = utcnow(), person(HANDLER).id
    db.session.commit()
    return case


def measure() -> int:
    return layout(HJO).fields["measures"].choices[0].id


def setting(**values: Any) -> None:
    """Change how Hjo's cases are published. Commits."""
    row = db.session.scalars(select(CaseType).filter_by(key=HJO)).one()
    for name, value in values.items():
        setattr(row, name, value)
    db.session.commit()


def drafted(case: Case, text: PublicText | None = None, username: str = HANDLER) -> Publication:
    """Spara utkast. Commits."""
    text = text or own_text(case)
    row = save_draft(case, text, seen_version=version_of(case), actor=actor(username))
    db.session.commit()
    return row


def published(
    case: Case,
    text: PublicText | None = None,
    *,
    username: str = HANDLER,
    publish_on: Any = None,
) -> Publication:
    """Everything ticked and confirmed, and Publicera. Commits."""
    text = text or own_text(case)
    looked_at = [mark_of(found) for found in to_confirm(findings(case, layout(HJO), text))]
    check = Check(tuple(CHECKS), looked_at, publish_on)
    row = publish(
        case, layout(HJO), text, check, seen_version=version_of(case), actor=actor(username)
    )
    db.session.commit()
    return row


def public_rows() -> list[PublishedCase]:
    """What the public can read, as it is committed."""
    db.session.rollback()
    return list(db.session.scalars(select(PublishedCase).order_by(PublishedCase.id)))


def state_of(case_id: int) -> str:
    """The state of its publication as it is committed, "" without one."""
    db.session.rollback()
    return db.session.scalar(select(Publication.state).filter_by(case_id=case_id)) or ""


def chosen(label: str) -> int:
    return choice(HJO, "publication", label)
