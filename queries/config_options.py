"""What the selects of the configuration pages offer: (id, name) pairs in a useful order."""

from __future__ import annotations

from sqlalchemy import select

from extensions import db
from models import CaseType, ChoiceList, Field, Tab, User
from queries.configuration import configuration

Pairs = list[tuple[int, str]]


def case_types() -> Pairs:
    """Every case type, inactive ones too."""
    query = select(CaseType.id, CaseType.name).order_by(CaseType.position, CaseType.id)
    return [(row.id, row.name) for row in db.session.execute(query)]


def tabs(case_type_id: int) -> Pairs:
    """The tabs of a case type."""
    query = select(Tab.id, Tab.label).where(Tab.case_type_id == case_type_id)
    return [(r.id, r.label) for r in db.session.execute(query.order_by(Tab.position, Tab.id))]


def choice_lists(case_type_id: int) -> Pairs:
    """The choice lists of a case type."""
    query = select(ChoiceList.id, ChoiceList.name).where(ChoiceList.case_type_id == case_type_id)
    return [(r.id, r.name) for r in db.session.execute(query.order_by(ChoiceList.name))]


def choice_fields(case_type_id: int) -> list[tuple[str, str]]:
    """The fields of a case type that offer choices: (key, label)."""
    query = select(Field.key, Field.label).where(
        Field.case_type_id == case_type_id, Field.choice_list_id.is_not(None)
    )
    return [(r.key, r.label) for r in db.session.execute(query.order_by(Field.label))]


def field_keys(case_type_id: int) -> set[str]:
    """The keys that are placed on the case type's tabs already."""
    return set(db.session.scalars(select(Field.key).where(Field.case_type_id == case_type_id)))


def units(outside: str = "") -> Pairs:
    """The units in the order of the tree, indented; not those at or below the path `outside`."""
    return [
        (unit.id, "\u2003" * unit.depth + unit.name)
        for unit in configuration().units
        if not outside or not unit.path.startswith(outside)
    ]


def active_people() -> Pairs:
    """People who can be given cases."""
    query = select(User.id, User.name).where(User.is_active).order_by(User.sort_key, User.id)
    return [(row.id, row.name) for row in db.session.execute(query)]
