"""How large a request may be: as large as the files that System → Filer lets through.

Flask-WTF reads the whole form before any view runs, so this has to be said before it does.
"""

from __future__ import annotations

from flask import Flask, request

from domain.file_policy import USUAL_REQUEST
from extensions import db
from gateways.database import reading
from queries.configuration import configuration


def register(app: Flask) -> None:
    """Say it at the start of every request. Call this before the CSRF protection is bound."""
    app.before_request(_make_room)


def _make_room() -> None:
    """Forms with files may be larger than others. Only for such is the policy looked up."""
    length = request.content_length
    if request.mimetype != "multipart/form-data" or (length and length <= USUAL_REQUEST):
        return
    with reading():
        policy = configuration().file_policy
        db.session.rollback()  # receiving a large form must hold up nobody
    request.max_content_length = max(policy.largest_request, USUAL_REQUEST)
