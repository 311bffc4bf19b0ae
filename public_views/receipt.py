"""/kvittens/<key>: what was sent, its number and code, and the way back to it. For 24 hours."""

from __future__ import annotations

import segno
from flask import Response, make_response, render_template

from domain.file_types import megabytes
from extensions import current_settings
from models import utcnow
from public_views.sending import private
from queries.receipts import find_receipt
from services.once import key_hash
from services.secret_links import first_link
from web.language import chosen_language


def receipt(key: str) -> Response:
    """Only who has the random key of the form can ask. Later, or with a wrong key: where to go."""
    found = find_receipt(key_hash(key), utcnow(), chosen_language())
    if found is None:
        return private(make_response(render_template("public/receipt_gone.html"), 404))
    link = first_link(found.case)
    page = render_template(
        "public/receipt.html",
        receipt=found,
        number=found.case.id,
        link=link,
        address=current_settings().base_url + link.path if link else "",
        qr_code=_qr_code(current_settings().base_url + link.path) if link else "",
        files=[(name, megabytes(size)) for name, size in found.files],
    )
    return private(make_response(page))


def _qr_code(address: str) -> str:
    """The reply page's address as a picture to point a phone at, within the page itself.

    No address of its own: it would hold the secret once more, in the logs of web servers.
    """
    code = segno.make(address, error="m", micro=False)
    return str(code.svg_data_uri(scale=4, border=4, light="#ffffff"))
