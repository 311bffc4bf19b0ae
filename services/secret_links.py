"""Secret links: giving a case one, finding the case behind one."""

from __future__ import annotations

import hmac

from sqlalchemy import select

from domain.errors import NotAllowed
from domain.permissions import Actor, Permission, can
from domain.secret_links import (
    IssuedLink,
    derive_link,
    hash_code,
    hash_token,
    new_nonce,
)
from extensions import current_settings, db
from models import Case, SecretLink, utcnow
from services import audit
from services.once import claim_key


def issue_link(case: Case) -> IssuedLink:
    """Give `case` a new link and code. Older ones go on working until they are revoked."""
    key = current_settings().secret_key
    nonce = new_nonce()
    link = derive_link(key, nonce)
    db.session.add(
        SecretLink(
            case_id=case.id,
            nonce=nonce,
            token_hash=hash_token(link.token),
            code_hash=hash_code(key, link.code),
            created_at=utcnow(),
        )
    )
    db.session.flush()
    return link


def current_link(case: Case) -> IssuedLink:
    """The newest link of `case`, for a mail. A new one when none can be derived any more.

    That happens when the installation's secret key was changed; links in old mails still work.
    """
    return known_link(case) or issue_link(case)


def known_link(case: Case) -> IssuedLink | None:
    """The newest link of `case`, or None. Changes nothing, so that a GET may ask."""
    row = db.session.scalar(_living().where(SecretLink.case_id == case.id).limit(1))
    if row is None:
        return None
    link = derive_link(current_settings().secret_key, row.nonce)
    return link if hash_token(link.token) == row.token_hash else None


def first_link(case: Case) -> IssuedLink | None:
    """The link that the sender of the form was given, while no other has taken its place.

    Who can open an old receipt must not find a link in it that somebody else was given since.
    """
    has_dead = select(SecretLink.id).where(
        SecretLink.case_id == case.id, SecretLink.revoked_at.is_not(None)
    )
    return None if db.session.scalar(has_dead.limit(1)) else known_link(case)


def revoke_links(case: Case) -> None:
    """Make every link and code of `case` useless."""
    for row in db.session.scalars(_living().where(SecretLink.case_id == case.id)):
        row.revoked_at = utcnow()


def reissue_link(case: Case, *, key: str, actor: Actor) -> IssuedLink | None:
    """Revoke every link and code of `case` and give it new ones. Raises NotAllowed.

    None when the form `key` was carried out before: what was shown once is not shown again.
    """
    if not can(actor, Permission.CASE_REISSUE_LINK, case):
        raise NotAllowed
    if not claim_key(key, case.id):
        return None
    revoke_links(case)
    link = issue_link(case)
    audit.record(actor, "case.link-reissued", case_id=case.id)
    return link


def find_case(token: str) -> SecretLink | None:
    """The living link that `token` opens. Looked up by its hash, so time tells nothing of it."""
    return db.session.scalar(_living().where(SecretLink.token_hash == hash_token(token)))


def find_by_code(number: int, code: str) -> SecretLink | None:
    """The living link of case `number` to which `code`, as a person typed it, belongs."""
    wanted = hash_code(current_settings().secret_key, code)
    for row in db.session.scalars(_living().where(SecretLink.case_id == number)):
        if hmac.compare_digest(row.code_hash, wanted):
            return row
    return None


def link_of(row: SecretLink) -> IssuedLink:
    """The secrets of a link whose code was just right (so the key is the one it was made with)."""
    return derive_link(current_settings().secret_key, row.nonce)


def code_fits(row: SecretLink, code: str) -> bool:
    """Whether `code`, as a person typed it, belongs to this link."""
    return hmac.compare_digest(row.code_hash, hash_code(current_settings().secret_key, code))


def _living():  # type: ignore[no-untyped-def]
    return select(SecretLink).where(SecretLink.revoked_at.is_(None)).order_by(SecretLink.id.desc())
