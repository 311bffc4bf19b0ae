"""Rules of the organisation's units."""

from __future__ import annotations

from sqlalchemy import select

from domain.text import _
from extensions import db
from models import Unit, User
from services.config_rules.case_types import SECRECY_AREAS
from services.config_rules.common import check_key, check_known, check_text, check_unique, need

UNIT_KINDS = ("municipality", "board", "administration", "area", "unit")


def check_unit(row: Unit) -> None:
    """A unit has a key, a name, a known kind, and a parent that is not below itself."""
    check_key(row)
    check_unique(row, "key")
    check_text(row, "name", _("Skriv enhetens namn."))
    check_known(row, "kind", UNIT_KINDS)
    check_known(row, "secrecy_area", SECRECY_AREAS)
    _check_parent(row)
    _check_responsible(row)
    _check_retirement(row)


def _check_parent(row: Unit) -> None:
    if row.parent_id is None:
        return
    parent = db.session.get(Unit, row.parent_id)
    path = parent.path if parent else ""
    need(path, "parent_id", _("Välj en överordnad enhet som finns."))
    sentence = _("Enheten kan inte ligga under sig själv eller under en av sina egna enheter.")
    need(not row.path or not path.startswith(row.path), "parent_id", sentence)


def _check_responsible(row: Unit) -> None:
    if row.default_responsible_id is None:
        return
    person = db.session.get(User, row.default_responsible_id)
    sentence = _("Välj en person som är aktiv.")
    need(person and person.is_active, "default_responsible_id", sentence)


def _check_retirement(row: Unit) -> None:
    """A unit is retired after the units below it."""
    if row.is_active or row.id is None:
        return
    query = select(Unit.name).where(Unit.parent_id == row.id, Unit.is_active).limit(1)
    name = db.session.scalar(query)
    sentence = _("Enheten %(name)s ligger under den här och är aktiv. Gör den inaktiv först.")
    need(name is None, "is_active", sentence, name=name)
