"""What login and Min sida share about the second factor: picture, first code, recovery codes."""

from __future__ import annotations

import segno
from flask import render_template, session

from extensions import db
from models import User
from services import accounts
from services.actors import actor_of
from services.second_factor import SetUp, prepare
from services.second_factor import confirm as confirm_factor
from services.unit_of_work import unit_of_work

NONCE = "factor_nonce"
"""Where the browser's signed session keeps the nonce of a factor that is being set up.

It is no secret: the factor's secret is derived from it and the installation's key.
"""


def picture(user: User) -> dict[str, str]:
    """The QR code (an image as an address) and the secret in words, for the templates."""
    found = _pending(user)
    image = segno.make(found.uri, error="m").svg_data_uri(scale=5, border=4, light="#ffffff")
    return {"qr_image": image, "secret": found.spelled}


def seconds_to_wait(user: User) -> int:
    """Count one try with a first code; how many seconds to wait first, 0 for none."""
    with unit_of_work():
        return accounts.seconds_before_code(user)


def confirm(user: User, code: str) -> list[str] | None:
    """Turn the factor on; the recovery codes, or None when the code is wrong."""
    with unit_of_work():
        codes = confirm_factor(user, _pending(user).nonce, code, actor=actor_of(user))
    if codes is not None:
        session.pop(NONCE, None)
        db.session.refresh(user)
    return codes


def show_codes(codes: list[str], place: str, kept: list[tuple[str, str]] | None = None) -> str:
    """The page that shows recovery codes, once."""
    return render_template(
        "admin/second_factor/codes.html", codes=codes, target=place, kept=kept or []
    )


def _pending(user: User) -> SetUp:
    found = prepare(user, session.get(NONCE, ""))
    session[NONCE] = found.nonce
    return found
