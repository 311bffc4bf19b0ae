"""People beyond a border of secrecy who are to read a case where it is: decided, written down."""

from __future__ import annotations

from typing import Any

from domain.permissions import Actor
from domain.secrecy_border import AREAS, GROUNDS, OPEN, Border, Passing, border_to_person
from models import Case
from queries.configuration import configuration
from queries.people import possible_informed
from services import audit


def border_to_people(
    case: Case, values: dict[str, Any], before: frozenset[int] = frozenset()
) -> Border | None:
    """The first border between `case` and somebody new among its assistants and informed.

    `values` are the fields as they will be; `before` are those who were there.
    """
    units, layout = configuration().units_by_id, configuration().case_type(case.case_type_id)
    if layout is None:
        return None
    unit = units.get(values.get("unit", case.unit_id) or 0)
    place = (unit.path, unit.secrecy_area) if unit else None
    chosen = {i for key in ("assistants", "informed") for i in values.get(key) or ()} - before
    areas = {u.path: u.secrecy_area for u in units.values()}
    for person in possible_informed() if chosen else ():
        if person.id in chosen:
            roles = [(path, areas.get(path, OPEN)) for path in person.paths]
            border = border_to_person(layout.secrecy_class, place, roles)
            if border is not None:
                return border
    return None


def record_showing(case: Case, border: Border, passing: Passing, actor: Actor) -> None:
    """Write down the decision that people on the other side may read the case where it is."""
    told = {
        "border": words_of(border),
        "ground": GROUNDS[passing.ground],
        "reason": passing.reason.strip(),
    }
    audit.record(actor, "case.shown-across", case_id=case.id, new=told)


def words_of(border: Border) -> str:
    """Both sides in words, as the page and the log write them."""
    return f"{AREAS[border.old]} → {AREAS[border.new]}"
