"""Taking in what a citizen sends through a public form: once, whole, and never lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import exists, select

from domain.errors import DomainError
from domain.layout import CaseTypeLayout, FormLayout
from domain.permissions import CITIZEN
from domain.text import _
from extensions import db
from models import Case, Submission
from queries.configuration import configuration
from services import notices
from services.attachments import attach_staged
from services.cases.opening import open_case
from services.once import claim_key, key_hash
from services.secrecy import protect_on_request
from services.secret_links import issue_link


class AlreadyReceived(DomainError):
    """A form with this key was sent before: nothing was done now, and nothing needs to be."""

    status = 409

    def __init__(self) -> None:
        super().__init__(_("Det här har vi redan tagit emot."))


def is_received(key: str) -> bool:
    """Whether the form with the submission key `key` was carried out."""
    found = exists().where(Submission.key_hash == key_hash(key))
    return bool(db.session.scalar(select(found)))


def receive(
    form: FormLayout,
    values: dict[str, Any],
    *,
    key: str,
    now: datetime,
    language: str = "sv",
    is_protected: bool = False,
) -> Case:
    """Make one case of a filled-in form: case, files, secret link and receipt mail together.

    `values` maps core field keys to values (choices and units by id). The mails to the sender are
    in `language`. `is_protected`: the submitter lives with protected personal data, which is marked
    before any mail is written. Raises AlreadyReceived when `key` was used before, even by a request
    that runs at the same moment: the transaction must then be rolled back, and the receipt of the
    first one shown (G02).
    """
    if is_received(key):
        raise AlreadyReceived
    layout = configuration().case_type(form.case_type_id)
    assert layout is not None, f"The case type of the form {form.slug} is not active."
    filled = {**_defaults(form, layout), **_given(values)}
    case = open_case(layout, filled, actor=CITIZEN, registered_at=now, is_protected=is_protected)
    if is_protected:
        protect_on_request(case)
    if not claim_key(key, case.id, form_id=form.id, language=language):
        raise AlreadyReceived
    attach_staged(key, case, source="submitter", actor=CITIZEN)
    notices.send_receipt(case, issue_link(case))
    return case


def _defaults(form: FormLayout, layout: CaseTypeLayout) -> dict[str, Any]:
    """What the form itself says of every case: choices by meaning, and the unit that owns it."""
    found = {key: layout.choice_meaning(m, key) for key, m in form.defaults.items()}
    values: dict[str, Any] = {key: choice.id for key, choice in found.items() if choice}
    if form.root_unit_id is not None:
        values["unit"] = form.root_unit_id
    return values


def _given(values: dict[str, Any]) -> dict[str, Any]:
    """Without the unanswered questions, which leave the defaults as they are."""
    return {key: value for key, value in values.items() if value not in (None, "", [])}
