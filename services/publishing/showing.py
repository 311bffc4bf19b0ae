"""The public copy of a case: made, brought up to date, and taken away in the same transaction."""

from __future__ import annotations

import secrets
from datetime import date

from domain.clock import local_today
from domain.layout import CaseTypeLayout, UnitNode
from domain.meanings import Meaning
from domain.permissions import Actor
from domain.publication import PublicText, last_day, visible
from domain.richtext import clean_html
from extensions import db
from models import Case, CaseType, Publication, PublishedCase, utcnow
from queries.configuration import board_of, configuration
from services import audit
from services.publishing.reading import public_row, publication_of, text_of

SLUG_BYTES = 12
LONGEST_REASON = 300


def show(case: Case, layout: CaseTypeLayout, publication: Publication, actor: Actor) -> None:
    """Let the public read it from now on. All that could stand in the way was asked for before."""
    today = local_today()
    kind_of_case = db.session.get_one(CaseType, case.case_type_id)
    row = public_row(publication)
    if row is None:
        row = PublishedCase(
            publication_id=publication.id, slug=_new_slug(), published_on=today, changed_at=utcnow()
        )
        db.session.add(row)
    _fill(row, case, layout, kind_of_case, text_of(case, publication))
    publication.state = "published"
    publication.publish_on = row.published_on
    publication.withdraw_on = last_day(row.published_on, kind_of_case.unpublish_months)
    publication.withdrawn_reason = ""
    told = {"from": _day(publication.publish_on), "until": _day(publication.withdraw_on)}
    audit.record(actor, "publication.published", case_id=case.id, new=told)


def _new_slug() -> str:
    return secrets.token_urlsafe(SLUG_BYTES)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _fill(
    row: PublishedCase, case: Case, layout: CaseTypeLayout, kind: CaseType, text: PublicText
) -> None:
    row.title, row.question = visible(text.title).strip(), visible(text.question).strip()
    row.answer = visible(clean_html(text.answer)) if text.has_answer else ""
    row.kind = ", ".join(layout.label_of(i) for i in case.choice_ids("types"))[:200]
    row.measures = []
    if kind.publishes_measures:
        row.measures = [layout.label_of(i) for i in case.choice_ids("measures")]
    row.area = _area(case.unit_id)
    row.received_month = f"{case.received_on:%Y-%m}"
    row.noindex = kind.noindex
    row.changed_at = utcnow()
    row.words = " ".join((*text.plain, row.kind, row.area)).casefold()


def _area(unit_id: int | None) -> str:
    """The service area of a unit, else its board, else its name: never more exact than needed."""
    config = configuration()
    node: UnitNode | None = config.units_by_id.get(unit_id or 0)
    name = node.name if node else ""
    while node is not None and node.kind != "area":
        node = config.units_by_id.get(node.parent_id or 0)
    return (node.name if node else board_of(config, unit_id) or name)[:200]


def take_down(
    case: Case, reason: str, *, actor: Actor, publication: Publication | None = None
) -> bool:
    """Take the publication back, whatever state it is in: the public copy is gone at once.

    False when there was nothing to take back. Asks for no right: the deeds that call it do.
    """
    publication = publication or publication_of(case.id)
    if publication is None or publication.state == "withdrawn":
        return False
    row = public_row(publication)
    if row is not None:
        db.session.delete(row)
    publication.state = "withdrawn"
    publication.publish_on = publication.withdraw_on = None
    publication.withdrawn_reason = reason[:LONGEST_REASON]
    audit.record(actor, "publication.withdrawn", case_id=case.id, new={"reason": reason})
    return True


def set_choice(case: Case, layout: CaseTypeLayout, meaning: Meaning | None, actor: Actor) -> None:
    """Bring the choice of the case form in step with what happened. Recorded like an edit."""
    wanted = layout.choice_meaning(meaning, "publication") if meaning else None
    number = wanted.id if wanted else None
    if case.publication_id == number or "publication" not in layout.fields:
        return
    old = layout.label_of(case.publication_id)
    case.publication_id = number
    new = wanted.label if wanted else ""
    audit.record(actor, "case.edited", case_id=case.id, field="publication", old=old, new=new)
