"""Lists of configuration issue a number of queries that does not grow with their rows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.permissions import SYSTEM
from extensions import db
from models import AuditEntry, CaseType, ChoiceList, ClosedDay, Phrase, utcnow
from services.config_changes import add_row
from services.config_children import ChildRow, save_with_children
from services.organisation import add_unit
from services.people import Grant, add_person
from tests.support.cases import HJO, layout, unit_id
from tests.support.queries import counting

pytestmark = pytest.mark.usefixtures("town")
LISTS = ("case-types", "tabs", "fields", "choice-lists", "event-templates", "public-forms",
         "units", "users", "roles", "closed-days", "audit", "phrases")  # fmt: skip


def choice_id(number):
    """One choice of many: they are not all found in the session already."""
    found = layout(HJO).fields["categories"].choices
    return found[number % len(found)].id


def more_of_everything():
    """Twenty more of what grows most: units, people with roles, lists with choices, log lines."""
    case_type = db.session.scalars(db.select(CaseType.id).filter_by(key=HJO)).one()
    top = unit_id("Fritid")
    for n in range(20):
        values = {"key": f"u{n}", "name": f"Enhet {n}", "kind": "unit", "secrecy_area": "open",
                  "parent_id": top}  # fmt: skip
        unit = add_unit(values, actor=SYSTEM)
        grants = [Grant("reader", unit.id), Grant("responsible", unit.id, case_type)]
        add_person({"username": f"p{n}", "name": f"P {n}"}, grants, actor=SYSTEM)
        given = {"case_type_id": case_type, "key": f"l{n}", "name": f"Lista {n}"}
        rows = [ChildRow(None, {"label": label, "position": 1}) for label in ("A", "B")]
        save_with_children(ChoiceList(), given, rows, actor=SYSTEM)
        day = {"day": date(2027, 3, 1) + timedelta(n), "name": "Dag"}
        add_row(ClosedDay(), day, actor=SYSTEM)
        text = {"case_type_id": case_type, "title": f"T {n}", "body": "Text", "position": n}
        add_row(Phrase(), {**text, "choice_id": choice_id(n)}, actor=SYSTEM)
        db.session.add(AuditEntry(at=utcnow(), actor_name="X", action="config.changed"))
    db.session.commit()


def queries_of(client):
    """List → queries. The first page after a change reads the configuration anew: not counted."""
    client.get("/admin/")
    found = {}
    for name in LISTS:
        with counting() as counted:
            assert client.get(f"/admin/{name}/").status_code == 200
        found[name] = counted.count
    return found


def test_no_list_asks_more_when_there_is_more(client):
    client.login("admin")
    before = queries_of(client)
    more_of_everything()
    assert queries_of(client) == before
    assert max(before.values()) <= 14  # session, rules of signing in, stand-ins among them
