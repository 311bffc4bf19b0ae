"""Loading the demo, and refusing to where it could hurt."""

from __future__ import annotations

from sqlalchemy import select

from domain.errors import RuleBroken
from domain.permissions import SYSTEM
from domain.text import _
from extensions import current_settings, db
from models import Case, CaseType, Municipality, Unit, User
from services.audit import record
from services.demo.history import load_history
from services.demo.people import USERNAMES
from services.demo.town import load_town


def load_demo() -> list[str]:
    """Fill an empty database with the demo; the user names of its accounts.

    Raises RuleBroken in production and when the database holds anything already.
    """
    if current_settings().is_production:
        raise RuleBroken(_("Demodata får inte laddas i produktion (GENSVAR_ENV=production)."))
    if not _is_empty():
        raise RuleBroken(
            _("Databasen är inte tom. Demodata laddas bara i en ny databas: ange en annan i "
              "GENSVAR_DATABASE_URL.")
        )  # fmt: skip
    load_town()
    cases = load_history()
    record(SYSTEM, "demo.loaded", new={"cases": len(cases), "people": len(USERNAMES)})
    return list(USERNAMES)


def ensure_demo() -> list[str]:
    """Load the demo if the database is empty; the accounts, or none when it is another's."""
    if _is_empty():
        return load_demo()
    found = db.session.scalars(select(User.username).where(User.username.in_(USERNAMES)))
    return list(USERNAMES) if set(found) == set(USERNAMES) else []


def _is_empty() -> bool:
    """No people, no cases, and no configuration that a municipality may have begun with."""
    tables = (User, Case, CaseType, Unit, Municipality)
    return all(db.session.scalar(select(table.id).limit(1)) is None for table in tables)
