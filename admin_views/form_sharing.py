"""Formulär → Länk och QR-kod: what leads people to a form, for web pages and posters."""

from __future__ import annotations

import io
from typing import Any

import segno
from flask import Response, abort, request, send_file
from flask_admin import expose
from markupsafe import escape

from extensions import current_settings
from models import PublicForm
from queries.configuration import configuration
from web.downloads import NOTHING_POLICY

KINDS = {"svg": "image/svg+xml", "png": "image/png"}
SCALE = {"svg": 8, "png": 24}
"""PNG is for posters: about 900 pixels, enough for 7 cm in print."""


class SharingPages:
    """The pages of links and QR codes, for the view of public forms."""

    @expose("/share")
    def share(self: Any) -> Any:
        """The address of a form, and its QR code to look at and to download."""
        row = self.wanted()
        return self.render(
            "admin/config/form_sharing.html",
            model=row,
            address=form_address(row),
            frame_code=frame_code(row) if configuration().municipality["embed_origins"] else "",
            picture_url=self.get_url(".qr", id=row.id, kind="svg"),
            download_urls={
                kind.upper(): self.get_url(".qr", id=row.id, kind=kind, download=1)
                for kind in KINDS
            },
            form_url=self.get_url(".edit_view", id=row.id),
        )

    @expose("/qr")
    def qr(self: Any) -> Response:
        """The QR code as a picture, or as a file to save."""
        row = self.wanted()
        kind = request.args.get("kind", "")
        if kind not in KINDS:
            abort(404)
        stream = io.BytesIO()
        code = segno.make(form_address(row), error="m", micro=False)
        code.save(stream, kind=kind, scale=SCALE[kind], border=4, light="#ffffff")
        stream.seek(0)
        response = send_file(
            stream,
            mimetype=KINDS[kind],
            as_attachment="download" in request.args,
            download_name=f"qr-{row.slug}.{kind}",
            etag=False,
            max_age=0,
        )
        response.headers["Content-Security-Policy"] = NOTHING_POLICY
        return response


def form_address(row: PublicForm) -> str:
    """The whole address of a form, from the settings and never from the request (T43)."""
    return f"{current_settings().base_url}/synpunkt/{row.slug}"


def frame_code(row: PublicForm) -> str:
    """The HTML that shows a form inside a page of the municipality's web site."""
    address = f"{current_settings().base_url}/inbaddad/{row.slug}"
    source, title = escape(address), escape(row.name)
    size = 'width="100%" height="1200" loading="lazy"'
    return f'<iframe src="{source}" title="{title}" {size}></iframe>'
