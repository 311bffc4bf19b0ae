"""Sending stored files: always as a download, never shown as a page of ours (T31, T33, T35).

What waits for the scanner or is infected leaves for nobody: they get a page that says so.
"""

from __future__ import annotations

from typing import IO

from flask import Response, current_app, make_response, render_template, send_file
from flask_babel import gettext as _

from domain.file_guard import NO_COPY, NO_COPY_YET, REASONS, Guard
from gateways.files import StoreAway
from models import Attachment, StoredFile, TemplateFile
from queries.stored_files import guard_of, has_thumbnail, stored_files
from services.attachments import file_store
from services.stored_files import shown_copy

STATUS = {Guard.WAITING: 409, Guard.INFECTED: 403}


def attachment_response(
    attachment: Attachment | TemplateFile, *, as_copy: bool = False
) -> Response:
    """The bytes of one attachment under its own name (RFC 6266). The caller has checked the right.

    Whatever is in the file, the browser saves it and runs nothing of it. `as_copy`: of a picture
    the copy without EXIF and GPS (decision 0010).
    """
    row = _row_of(attachment)
    guard = guard_of(row)
    if guard is not Guard.FREE:
        return _refusal(_(REASONS[guard]), STATUS[guard])
    if not as_copy or row is None or row.copy_state == "none":
        return _download(
            attachment.sha256, attachment.content_type, attachment.filename, attachment.size
        )
    copy = shown_copy(row)
    if copy is None:
        reason = NO_COPY if row.copy_state == "failed" else NO_COPY_YET
        return _refusal(_(reason), 409)
    name = copy.name_for(attachment.filename)
    return _download(copy.sha256, copy.content_type, name, copy.size)


def thumbnail_response(attachment: Attachment) -> Response | None:
    """The thumbnail of a picture, for <img>. None when there is none to show."""
    row = _row_of(attachment)
    if row is None or not has_thumbnail(row) or not row.thumbnail_sha256:
        return None
    file = _opened(row.thumbnail_sha256)
    if isinstance(file, Response):
        return file
    kind = "image/png" if file.read(4) == b"\x89PNG" else "image/jpeg"
    file.seek(0)
    return _locked(send_file(file, mimetype=kind, etag=False, max_age=0))


def _row_of(attachment: Attachment | TemplateFile) -> StoredFile | None:
    return stored_files([attachment.sha256]).get(attachment.sha256)


def _download(sha256: str, content_type: str, filename: str, size: int) -> Response:
    file = _opened(sha256)
    if isinstance(file, Response):
        return file
    response = send_file(
        file,
        mimetype=content_type,
        as_attachment=True,
        download_name=filename,
        etag=False,
        max_age=0,
    )
    response.content_length = size
    return _locked(response)


def _opened(sha256: str) -> IO[bytes] | Response:
    try:
        return file_store().open(sha256)
    except (FileNotFoundError, StoreAway) as error:
        current_app.logger.error("A file could not be read: %s", error)
        text = _("Filen går inte att hämta just nu. Försök igen om en stund.")
        return _refusal(text, 503)


def _locked(response: Response) -> Response:
    """Nothing of a file runs, is guessed at, kept or used by another site."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _refusal(text: str, status: int) -> Response:
    response = make_response(render_template("errors/file.html", text=text), status)
    response.headers["Cache-Control"] = "no-store"
    return response
