"""Sending files of cases: always as a download, never shown as a page of ours (threat T31, T33)."""

from __future__ import annotations

from flask import Response, send_file

from models import Attachment
from services.attachments import file_store


def attachment_response(attachment: Attachment) -> Response:
    """The bytes of one attachment under its own name (RFC 6266). The caller has checked the right.

    Whatever is in the file, the browser saves it and runs nothing of it.
    """
    response = send_file(
        file_store().open(attachment.sha256),
        mimetype=attachment.content_type,
        as_attachment=True,
        download_name=attachment.filename,
        etag=False,
        max_age=0,
    )
    response.content_length = attachment.size
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
