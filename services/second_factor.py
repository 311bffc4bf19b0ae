"""The second factor: codes of an authenticator app (TOTP), or recovery codes (manual S09).

The row of a person holds a nonce. The secret that app and server share is derived from it and the
installation's key, so the database gives nobody a second factor.
"""

from __future__ import annotations

import hmac
import time
from dataclasses import dataclass

import pyotp
from sqlalchemy import delete, func, select, update

from domain.account_secrets import (
    RECOVERY_LENGTH,
    derive_totp_secret,
    hash_recovery_code,
    new_recovery_codes,
)
from domain.errors import RuleBroken
from domain.permissions import Actor
from domain.secret_links import new_nonce, tidy_code
from domain.text import _
from extensions import current_settings, db
from models import RecoveryCode, User, utcnow
from queries.configuration import configuration
from services.audit import record
from services.sessions import end_all_sessions
from services.sign_in_rules import demand_of

STEP_SECONDS = 30
WRONG_CODE = _("Koden stämmer inte. Vänta på en ny kod i appen och skriv den.")


@dataclass(frozen=True)
class SetUp:
    """A second factor that waits for its first code."""

    nonce: str
    secret: str
    uri: str

    @property
    def spelled(self) -> str:
        """The secret in groups of four, for typing it into an app."""
        return " ".join(self.secret[i : i + 4] for i in range(0, len(self.secret), 4))


def prepare(user: User, nonce: str = "") -> SetUp:
    """What app and person need to set up a factor. Changes nothing: confirm() does."""
    nonce = nonce or new_nonce()
    secret = derive_totp_secret(current_settings().secret_key, user.id, nonce)
    name = configuration().municipality.get("name", "")
    issuer = f"Gensvar {name}".strip().replace(":", " ")
    uri = pyotp.TOTP(secret).provisioning_uri(name=user.username, issuer_name=issuer)
    return SetUp(nonce, secret, uri)


def confirm(user: User, nonce: str, code: str, *, actor: Actor) -> list[str] | None:
    """Turn the factor on when `code` is right; returns the recovery codes, which are shown once."""
    step = _matching_step(user.id, nonce, code)
    if step is None:
        return None
    user.totp_seal, user.totp_step = nonce, step
    record(actor, "factor.set-up", subject=f"users {user.id}")
    return _fresh_codes(user)


def code_is_right(user: User, typed: str) -> bool:
    """Whether `typed` is the present code or an unused recovery code. Either works only once."""
    if not user.totp_seal:
        return False
    if len(tidy_code(typed)) == RECOVERY_LENGTH:
        return _use_recovery_code(user, typed)
    step = _matching_step(user.id, user.totp_seal, typed)
    if step is None:
        return False
    unused = (User.id == user.id, User.totp_step < step)
    moved = db.session.execute(update(User).where(*unused).values(totp_step=step))
    return bool(moved.rowcount)  # type: ignore[attr-defined]


def renew_codes(user: User, *, actor: Actor) -> list[str]:
    """New recovery codes; the old ones are worth nothing."""
    record(actor, "factor.codes-renewed", subject=f"users {user.id}")
    return _fresh_codes(user)


def turn_off(user: User, address: str, *, actor: Actor) -> None:
    """Go back to the password alone. Raises RuleBroken where a role asks for the factor."""
    if demand_of(user, address).asks_factor:
        sentence = _("Din roll kräver tvåstegsinloggning. Den kan inte stängas av.")
        raise RuleBroken(sentence, field="code")
    _forget_factor(user)
    record(actor, "factor.turned-off", subject=f"users {user.id}")


def reset_factor(user: User, *, actor: Actor) -> None:
    """Take away a factor whose owner lost it: for an administrator. All sessions end."""
    if not user.totp_seal:
        raise RuleBroken(_("Personen har ingen tvåstegsinloggning."))
    _forget_factor(user)
    end_all_sessions(user)
    record(actor, "factor.reset", subject=f"users {user.id}")


def codes_left(user: User) -> int:
    """How many recovery codes are unused."""
    unused = (RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    query = select(func.count()).select_from(RecoveryCode).where(*unused)
    return db.session.scalar(query) or 0


def _matching_step(user_id: int, nonce: str, typed: str) -> int | None:
    """The time step whose code was typed: the present one, or the one before or after it."""
    code = "".join(typed.split())
    totp = pyotp.TOTP(derive_totp_secret(current_settings().secret_key, user_id, nonce))
    now = int(time.time()) // STEP_SECONDS
    found = None
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(totp.at(step * STEP_SECONDS).encode(), code.encode()):
            found = step
    return found


def _use_recovery_code(user: User, typed: str) -> bool:
    key = current_settings().secret_key
    wanted = (
        RecoveryCode.user_id == user.id,
        RecoveryCode.code_hash == hash_recovery_code(key, user.id, typed),
        RecoveryCode.used_at.is_(None),
    )
    used = db.session.execute(update(RecoveryCode).where(*wanted).values(used_at=utcnow()))
    return bool(used.rowcount)  # type: ignore[attr-defined]


def _fresh_codes(user: User) -> list[str]:
    _forget_codes(user)
    codes, key = new_recovery_codes(), current_settings().secret_key
    hashes = [hash_recovery_code(key, user.id, code) for code in codes]
    db.session.add_all([RecoveryCode(user_id=user.id, code_hash=found) for found in hashes])
    db.session.flush()
    return codes


def _forget_factor(user: User) -> None:
    """`totp_step` stays: a code that was used is used, also under the next secret."""
    user.totp_seal = ""
    _forget_codes(user)


def _forget_codes(user: User) -> None:
    db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
