"""The receipt (kvittens): everything that was sent with one form, as the sender wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from domain.events import NO_CONTACT
from domain.fields import CORE_FIELDS, Kind
from domain.layout import CaseTypeLayout, FormField, FormLayout
from domain.own_texts import form_in_language
from domain.permissions import Permission
from extensions import db
from models import Attachment, Case, CaseOriginal, Submission
from queries.configuration import configuration

SHOWN_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class ReceiptRow:
    """One question and its answer. `is_text`: line breaks count."""

    label: str
    value: str | date
    is_text: bool = False


@dataclass(frozen=True)
class Receipt:
    """What the receipt page shows. `case` is for the secret link only."""

    case: Case
    form_slug: str
    received_on: date
    acknowledge_by: date
    answer_by: date
    wants_answer: bool
    email: str
    rows: tuple[ReceiptRow, ...]
    files: tuple[tuple[str, int], ...]


def find_receipt(key_hash: str, now: datetime, language: str = "sv") -> Receipt | None:
    """The receipt of the form whose submission key has this hash, for 24 hours, in `language`."""
    submission = db.session.get(Submission, key_hash)
    if submission is None or submission.public_form_id is None:
        return None
    if submission.created_at < now.astimezone(UTC) - SHOWN_FOR:
        return None
    case = db.session.get_one(Case, submission.case_id)
    form = next((f for f in configuration().forms if f.id == submission.public_form_id), None)
    layout = configuration().case_type(case.case_type_id)
    if form is None or layout is None:
        return None
    return _receipt(case, form_in_language(form, language), layout)


def _receipt(case: Case, form: FormLayout, layout: CaseTypeLayout) -> Receipt:
    """Internal fields are left out once staff changed the case: they may hold staff's words."""
    rows = [
        ReceiptRow(f.label, *_shown(case, layout, f))
        for f in form.fields
        if case.version == 1 or CORE_FIELDS[f.key].view is not Permission.CASE_VIEW_INTERNAL
    ]
    return Receipt(
        case=case,
        form_slug=form.slug,
        received_on=case.received_on,
        acknowledge_by=case.acknowledge_by,
        answer_by=case.answer_by,
        wants_answer=layout.meaning_of(case.contact_way_id) not in NO_CONTACT,
        email=case.submitter.email,
        rows=tuple(row for row in rows if row.value),
        files=_files(case.id),
    )


def _files(case_id: int) -> tuple[tuple[str, int], ...]:
    """(name, bytes) of the files that came with the form itself."""
    rows = db.session.execute(
        select(Attachment.filename, Attachment.size)
        .where(
            Attachment.case_id == case_id,
            Attachment.source == "submitter",
            Attachment.event_id.is_(None),
            Attachment.removed_at.is_(None),
        )
        .order_by(Attachment.id)
    )
    return tuple((row.filename, row.size) for row in rows)


def _shown(case: Case, layout: CaseTypeLayout, field: FormField) -> tuple[str | date, bool]:
    """(value as a person reads it, whether it is a text of several lines)."""
    key = field.key
    core = CORE_FIELDS[key]
    labels = {choice.id: choice.label for choice in field.choices}
    if key in ("text", "title"):
        return str(getattr(db.session.get_one(CaseOriginal, case.id), key)), key == "text"
    if core.kind is Kind.CHOICES:
        return ", ".join(labels.get(i) or layout.label_of(i) for i in case.choice_ids(key)), False
    if core.kind is Kind.FILES:
        return "", False
    value = _stored(case, core.attribute)
    if core.kind is Kind.CHOICE:
        return labels.get(value) or layout.label_of(value), False
    if core.kind is Kind.UNIT:
        node = configuration().units_by_id.get(value or 0)
        return node.name if node else "", False
    return value or "", core.kind is Kind.AREA


def _stored(case: Case, attribute: str) -> Any:
    """ "submitter.email" reads case.submitter.email."""
    owner, _, name = attribute.rpartition(".")
    return getattr(getattr(case, owner) if owner else case, name)
