"""One-time links to choose a password: for a new account and for a forgotten password (T26, G15).

The token is derived from a nonce, as the citizens' links are; the table holds its SHA-256, the
queued mail a seal with the nonce. Nobody but the person ever knows the password.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update

from domain.account_secrets import derive_password_token
from domain.addresses import usable_address
from domain.errors import RuleBroken
from domain.permissions import Actor
from domain.secret_links import hash_token, new_nonce
from domain.text import _
from extensions import current_settings, db
from models import PasswordToken, User, utcnow
from services.account_mails import mail_link, rendered
from services.accounts import STRANGER, normal_username, set_password
from services.actors import actor_of
from services.audit import record
from services.rate_limits import allowed, network_of

FORGOTTEN = timedelta(minutes=60)
INVITED = timedelta(days=7)
PER_ACCOUNT = ("password-link", 3, 3600)
PER_ADDRESS = ("password-link-address", 10, 3600)
MOST_ACCOUNTS = 5
"""How many accounts of one e-mail address get a link at once."""


@dataclass(frozen=True)
class GivenLink:
    """A link that was made. `was_mailed`: else it must be handed over, since it is shown once."""

    url: str
    was_mailed: bool


def may_ask(address: str) -> bool:
    """Count one question for a link from this network; False when there were too many."""
    name, limit, seconds = PER_ADDRESS
    return allowed(name, network_of(address), limit, seconds)


def ask_for_link(typed: str) -> None:
    """Somebody forgot the password of `typed`, a user name or an e-mail address.

    Nobody learns whether there is such an account: the caller answers the same in any case, and
    much the same is done.
    """
    people = _people_named(typed)
    for user in people:
        name, limit, seconds = PER_ACCOUNT
        if allowed(name, str(user.id), limit, seconds):
            _send(user, "password_reset", FORGOTTEN)
            record(STRANGER, "password.link-asked", subject=f"users {user.id}")
    if not people:
        nobody = User(id=0, name="", username="")
        _name, url = _new_address()
        rendered(nobody, "password_reset", {"lank": {"losenord": url}})
        record(STRANGER, "password.link-asked")


def give_link(user: User, *, actor: Actor) -> GivenLink:
    """A link for a new account, or for one whose person asks an administrator. Valid seven days.

    It goes by mail where there is an address. Raises RuleBroken for an inactive account.
    """
    _check_active(user)
    purpose = "password_reset" if user.password_hash else "invitation"
    span = FORGOTTEN if usable_address(user.email) and user.password_hash else INVITED
    given = _send(user, purpose, span)
    record(actor, "password.link-given", subject=f"users {user.id}")
    return given


def hand_over_link(user: User, *, actor: Actor) -> str:
    """The address of a new link that is handed over instead of mailed. Valid seven days."""
    _check_active(user)
    _nonce, url = _new_link(user, INVITED)
    record(actor, "password.link-given", subject=f"users {user.id}")
    return url


def person_behind(token: str) -> User | None:
    """Whose password the link would set; None for one that is used or too old. A look only."""
    row = db.session.get(PasswordToken, hash_token(token))
    if row is None or row.used_at is not None or row.expires_at <= utcnow():
        return None
    return row.user if row.user.is_active else None


def choose_password(token: str, password: str) -> User | None:
    """Use the link: set the password and end all sessions. None when the link is no longer good.

    Raises RuleBroken when the password is refused; the link is not used up by that.
    """
    user = person_behind(token)
    if user is None:
        return None
    unused = (PasswordToken.token_hash == hash_token(token), PasswordToken.used_at.is_(None))
    used = db.session.execute(update(PasswordToken).where(*unused).values(used_at=utcnow()))
    if not used.rowcount:  # type: ignore[attr-defined]
        return None
    set_password(user, password, actor=actor_of(user))
    _forget_links(user)
    return user


def purge_links(now: datetime) -> None:
    """Remove links that no longer open anything. For the worker."""
    over = or_(PasswordToken.expires_at < now, PasswordToken.used_at.is_not(None))
    db.session.execute(delete(PasswordToken).where(over))


def _people_named(typed: str) -> list[User]:
    """Active people with this user name or e-mail address, whom mail can reach."""
    name = normal_username(typed)
    named = or_(User.username == name, func.lower(User.email) == name)
    query = select(User).where(User.is_active, named).order_by(User.id).limit(MOST_ACCOUNTS)
    return [user for user in db.session.scalars(query) if usable_address(user.email)]


def _check_active(user: User) -> None:
    if not user.is_active:
        raise RuleBroken(_("Kontot är inte aktivt. Gör det aktivt först."))


def _send(user: User, purpose: str, span: timedelta) -> GivenLink:
    """Make a link and queue its mail."""
    nonce, url = _new_link(user, span)
    return GivenLink(url, mail_link(user, purpose, url, nonce) is not None)


def _new_link(user: User, span: timedelta) -> tuple[str, str]:
    """(nonce, address) of a link to the person's password. Older ones die."""
    _forget_links(user)
    nonce, url = _new_address()
    now, token = utcnow(), url.rpartition("/")[2]
    db.session.add(
        PasswordToken(
            token_hash=hash_token(token), user_id=user.id, created_at=now, expires_at=now + span
        )
    )
    return nonce, url


def _new_address() -> tuple[str, str]:
    """(nonce, address) of a fresh token. Links come from the settings, never from a request."""
    settings, nonce = current_settings(), new_nonce()
    token = derive_password_token(settings.secret_key, nonce)
    return nonce, f"{settings.base_url}/losenord/{token}"


def _forget_links(user: User) -> None:
    unused = (PasswordToken.user_id == user.id, PasswordToken.used_at.is_(None))
    db.session.execute(delete(PasswordToken).where(*unused))
