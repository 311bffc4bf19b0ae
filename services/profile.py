"""What people change about themselves on Min sida: data, signature, notices, password."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from domain.errors import RuleBroken
from domain.mails import MUTABLE_NOTICES
from domain.permissions import Actor
from domain.sorting import sort_key
from domain.text import _
from models import User
from services.accounts import set_password
from services.config_changes import change_row
from services.passwords import verify_password
from services.rate_limits import count, counted

TRIES, SECONDS = 5, 60
"""How often the present password may be tried: whoever finds an open screen may not guess it."""


def change_profile(user: User, values: Mapping[str, Any], *, actor: Actor) -> None:
    """Change one's own name, contact data, sender name, signature and which mails one gets.

    `signature` must be clean HTML. The mails of the handler are signed with these (manual H15).
    Raises RuleBroken with the field.
    """
    strangers = set(values.get("muted_notices", ())) - set(MUTABLE_NOTICES)
    if strangers:
        raise RuleBroken(_("De mejlen går inte att välja bort."), field="wanted_notices")
    change_row(user, values, actor=actor)
    user.sort_key = sort_key(user.name)


def count_try(user: User) -> None:
    """Count a try with the present password. In a transaction of its own, before the change:
    what is refused is rolled back, and its count would be with it.
    """
    count("own-password", str(user.id), SECONDS)


def change_password(user: User, present: str, new: str, *, actor: Actor) -> None:
    """Change one's own password; all sessions end. Raises RuleBroken when `present` is wrong.

    Call count_try() first.
    """
    if counted("own-password", str(user.id)) > TRIES:
        raise RuleBroken(
            _("Du har försökt för många gånger. Vänta en minut."), field="present_password"
        )
    if not verify_password(user.password_hash, present):
        raise RuleBroken(_("Det nuvarande lösenordet stämmer inte."), field="present_password")
    try:
        set_password(user, new, actor=actor)
    except RuleBroken as error:
        error.field = "new_password"
        raise
