"""The access log's pen: that a person read something, and that a person was refused.

Both are written in a transaction of their own, after the request's. A reading that cannot be
written is not shown: the person gets the page that asks for another try.
"""

from __future__ import annotations

from flask import Response, after_this_request, current_app, g, request
from flask_login import current_user
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, SQLAlchemyError

from domain.row_ids import row_id
from extensions import db
from gateways.database import writing
from models import Case
from services.audit import record, record_access
from services.unit_of_work import unit_of_work
from web.session import current_actor

STAFF = "/admin/"


def note_access(what: str, case_id: int | None, detail: str = "") -> None:
    """Record that this answer shows something of a case, or of several.

    `what`: forms/config/log_words.READINGS.
    Called where it is certain that the content goes out, so not before the right was checked.
    """
    if "readings" not in g:
        g.readings = []
        after_this_request(_write_readings)
    g.readings.append((what, case_id, detail))


def note_refusal(code: int) -> None:
    """Record that who is signed in was refused: 403 of any staff page, 404 of a numbered case.

    A case that is missing leaves a line too, so that both answers take the same time.
    """
    if not request.path.startswith(STAFF) or request.url_rule is None:
        return
    number = _case_number()
    if code not in (403, 404) or (code == 404 and number is None):
        return
    try:
        _write_refusal(code, number)
    except SQLAlchemyError as error:  # the refusal stands, whatever the log says
        db.session.rollback()
        current_app.logger.error("A refusal was not recorded: %s", error)


def _write_readings(response: Response) -> Response:
    actor = current_actor()
    db.session.rollback()  # the reading ends, so that the writing can begin
    try:
        with writing(), unit_of_work():
            for what, case_id, detail in g.readings:
                record_access(actor, what, case_id=case_id, detail=detail)
    except OperationalError as error:
        answer = current_app.handle_user_exception(error)
        return current_app.make_response(answer)
    return response


def _write_refusal(code: int, number: int | None) -> None:
    if not current_user.is_authenticated:
        return
    actor = current_actor()
    db.session.rollback()  # what the refused request began is not kept
    with writing(), unit_of_work():
        known = db.session.scalar(select(Case.id).where(Case.id == number))
        subject = f"{request.method} {request.url_rule}"[:120]
        new = {"status": code, "number": number}
        record(actor, "access.refused", case_id=known, subject=subject, new=new)


def _case_number() -> int | None:
    """The number of the case that the address asks for."""
    values = request.view_args or {}
    if "case_id" in values:
        return row_id(values["case_id"])
    return row_id(request.values.get("id", "")) if request.endpoint == "case.edit_view" else None
