"""The second factor of a person in a test: setting it up, and the codes of the app."""

from __future__ import annotations

import re
import time

import pyotp

from extensions import db
from models import User
from services.actors import actor_of
from services.second_factor import confirm, prepare
from tests.support.cases import person


def with_factor(username: str) -> tuple[pyotp.TOTP, list[str]]:
    """Give a person a second factor; the app and the recovery codes.

    It was set up a while ago: the code of this very moment has not been used.
    """
    user = person(username)
    found = prepare(user)
    app = pyotp.TOTP(found.secret)
    codes = confirm(user, found.nonce, app.now(), actor=actor_of(user))
    assert codes is not None
    db.session.execute(db.update(User).where(User.id == user.id).values(totp_step=0))
    db.session.commit()
    return app, codes


def code_of(page: str) -> str:
    """The present code of an app that read the key on a page."""
    key = re.search(r'<code class="breakable">([A-Z2-7 ]+)</code>', page)
    assert key, page
    return pyotp.TOTP(key[1].replace(" ", "")).now()


def code_at(app: pyotp.TOTP, seconds: int) -> str:
    """The code that the app shows so many seconds from now (or ago)."""
    return app.at(int(time.time()) + seconds)
