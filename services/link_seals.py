"""Secret links inside stored texts: sealed in the database, opened only for sending.

A mail must carry the citizen's link and code, and a stored mail would carry them into every
backup (decision 0007: a stolen copy of the database opens nothing). So the outbox stores a seal
that names the row of the link, and the worker puts the link back when it builds the mail.
"""

from __future__ import annotations

import re

from sqlalchemy import select

from domain.account_secrets import derive_password_token
from domain.secret_links import IssuedLink, derive_link, hash_token
from extensions import current_settings, db
from models import Case, SecretLink
from services.secret_links import current_link

_SEAL = re.compile("\x02([TC])(\\d{1,18})\x03")
_PASSWORD_SEAL = re.compile("\x02P([A-Za-z0-9_-]{43})\x03")
HIDDEN_TOKEN = "dold"  # noqa: S105 - what stands in the place of a token
HIDDEN_CODE = "••••••••••"


def seal(text: str, case_id: int | None) -> str:
    """`text` with the tokens and codes of the case's links replaced by seals.

    Nobody can write a seal: it is made of control characters, which stored texts do not have.
    """
    for row_id, link in _links(case_id):
        text = text.replace(link.token, f"\x02T{row_id}\x03").replace(
            link.code, f"\x02C{row_id}\x03"
        )
    return text


def unseal(text: str, case_id: int | None, *, may_issue: bool = True) -> str:
    """`text` as it leaves. A link that cannot be derived any more is replaced by a living one.

    `may_issue=False`, for looking only: such a link stays hidden, and nothing is written.
    """
    key = current_settings().secret_key
    text = _PASSWORD_SEAL.sub(lambda found: derive_password_token(key, found[1]), text)
    if case_id is None or not _SEAL.search(text):
        return text
    known = dict(_links(case_id))

    def opened(found: re.Match[str]) -> str:
        link = known.get(int(found[2]))
        if link is None and may_issue:
            link = _living(case_id)
        if link is None:
            return found[0]
        return link.token if found[1] == "T" else link.code

    return hide_seals(_SEAL.sub(opened, text))


def hide_seals(text: str) -> str:
    """A sealed text for people who must not have the link: what stands there says so."""
    text = _PASSWORD_SEAL.sub(HIDDEN_TOKEN, text)
    return _SEAL.sub(lambda found: HIDDEN_TOKEN if found[1] == "T" else HIDDEN_CODE, text)


def seal_password_link(text: str, nonce: str) -> str:
    """`text` with the token of a one-time link (services/password_links.py) replaced by its seal.

    The seal holds the nonce of the token; without the installation's key that is worth nothing.
    """
    token = derive_password_token(current_settings().secret_key, nonce)
    return text.replace(token, f"\x02P{nonce}\x03")


def hide_links(text: str, case_id: int) -> str:
    """A text without the citizen's secrets, for the correspondence that staff read."""
    return hide_seals(seal(text, case_id))


def show_link(text: str, link: IssuedLink) -> str:
    """A text of hide_links() with the link and code of its case in their places again."""
    shown = text.replace(f"/svar/{HIDDEN_TOKEN}", f"/svar/{link.token}")
    return shown.replace(HIDDEN_CODE, link.code)


def _links(case_id: int | None) -> list[tuple[int, IssuedLink]]:
    """The living links of the case that the present key can derive, with their row ids."""
    rows = db.session.scalars(
        select(SecretLink).where(SecretLink.case_id == case_id, SecretLink.revoked_at.is_(None))
    )
    key = current_settings().secret_key
    derived = [(row, derive_link(key, row.nonce)) for row in rows]
    return [(row.id, link) for row, link in derived if hash_token(link.token) == row.token_hash]


def _living(case_id: int) -> IssuedLink:
    return current_link(db.session.get_one(Case, case_id))
