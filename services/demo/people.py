"""The people of the demo. Names of the manuals where they have some; the rest is made up."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from domain.permissions import SYSTEM, Role
from domain.richtext import text_to_html
from extensions import db
from models import CaseType, Unit, User
from services.organisation import change_unit
from services.people import Grant, add_person

PASSWORD = "gensvar-demo-losen"  # noqa: S105 - written in the README, refused in production
HJO, SODERTALJE = "synpunkt-hjo", "synpunkter-och-klagomal"


class DemoPerson(NamedTuple):
    """One account: its role at some units, for one case type (all when it is empty)."""

    username: str
    name: str
    title: str
    phone: str
    role: Role
    units: tuple[str, ...]
    case_type: str = ""
    sees_secret: bool = False


OMSORG_AREAS = (
    "sodertalje-vard-och-omsorgsboende",
    "sodertalje-hemtjanst",
    "sodertalje-boendestod-vff",
    "sodertalje-daglig-verksamhet",
)
PEOPLE = (
    DemoPerson(
        "registrator.hjo", "Lisa Olausson", "Synpunktsregistrerare", "070-174 06 10",
        Role.REGISTRAR, ("hjo-kommunforvaltningen",), HJO,
    ),
    DemoPerson(
        "handlaggare.hjo", "Christer Svensson", "Fritidskonsulent", "070-174 06 11",
        Role.RESPONSIBLE, ("hjo-fritid",), HJO,
    ),
    DemoPerson(
        "chef.hjo", "Annica Carter", "Förvaltningschef", "070-174 06 12",
        Role.RESPONSIBLE, ("hjo-kommunforvaltningen",), HJO, True,
    ),
    DemoPerson(
        "chef.omsorg", "Beatrice Carlsson", "Verksamhetschef", "070-174 06 13",
        Role.RESPONSIBLE, OMSORG_AREAS, SODERTALJE, True,
    ),
    DemoPerson(
        "bitradande.omsorg", "Mikael Lindgren", "Samordnare", "070-174 06 14",
        Role.ASSISTANT, ("sodertalje-omsorgskontoret",), SODERTALJE,
    ),
    DemoPerson(
        "lasare.omsorg", "Karin Nyström", "Controller", "070-174 06 15",
        Role.READER, ("sodertalje-omsorgskontoret",), SODERTALJE,
    ),
    DemoPerson(
        "strateg.omsorg", "Eva Hallberg", "Verksamhetsstrateg", "070-174 06 16",
        Role.OVERARCHING, ("sodertalje-omsorgskontoret",), SODERTALJE, True,
    ),
    DemoPerson(
        "chef.social", "Johan Ekström", "Verksamhetschef", "070-174 06 17",
        Role.RESPONSIBLE, ("sodertalje-socialkontoret",), SODERTALJE, True,
    ),
    DemoPerson(
        "admin", "Sara Lund", "Systemförvaltare", "070-174 06 18",
        Role.ADMINISTRATOR, ("kommunen",),
    ),
)  # fmt: skip
USERNAMES = tuple(person.username for person in PEOPLE)

DEFAULT_RESPONSIBLE = {
    "hjo-kommunforvaltningen": "chef.hjo",
    "hjo-fritid": "handlaggare.hjo",
    **dict.fromkeys(OMSORG_AREAS, "chef.omsorg"),
    "sodertalje-omsorgskontoret": "strateg.omsorg",
    "sodertalje-socialkontoret": "chef.social",
}
"""Unit → who answers for it and for what is below it, until a unit below names another."""


def load_people() -> dict[str, User]:
    """Make the accounts and say who answers for which unit. User name → account."""
    units = {unit.key: unit for unit in db.session.scalars(select(Unit))}
    types = {row.key: row.id for row in db.session.scalars(select(CaseType))}
    people = {p.username: _add(p, units, types) for p in PEOPLE}
    for unit in units.values():
        username = _responsible(unit, units)
        if username:
            values = {"name": unit.name, "default_responsible_id": people[username].id}
            change_unit(unit, values, actor=SYSTEM)
    return people


def _add(person: DemoPerson, units: dict[str, Unit], types: dict[str, int]) -> User:
    values = {
        "username": person.username,
        "name": person.name,
        "title": person.title,
        "phone": person.phone,
        "email": f"{person.username}@demo.example",
        "signature": text_to_html(f"{person.name}\n{person.title}\nTelefon {person.phone}"),
    }
    grants = [
        Grant(person.role, units[key].id, types.get(person.case_type), person.sees_secret)
        for key in person.units
    ]
    return add_person(values, grants, PASSWORD, actor=SYSTEM)


def _responsible(unit: Unit, units: dict[str, Unit]) -> str:
    """Who answers for the unit or for the nearest one above it."""
    by_id = {other.id: other for other in units.values()}
    node: Unit | None = unit
    while node is not None:
        if node.key in DEFAULT_RESPONSIBLE:
            return DEFAULT_RESPONSIBLE[node.key]
        node = by_id.get(node.parent_id or 0)
    return ""
