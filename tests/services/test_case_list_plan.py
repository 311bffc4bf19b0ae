"""The case list is read along its indexes, so that it costs the same with a million cases."""

from __future__ import annotations

import pytest
from sqlalchemy import text, update

from extensions import db
from models import Case, utcnow
from queries.case_list import ListQuery, case_page
from tests.support.cases import HJO, actor, layout, new_case, person
from tests.support.queries import counting_with_values

pytestmark = [pytest.mark.usefixtures("app", "town"), pytest.mark.both]


def plan_of(query: ListQuery, username: str) -> str:
    """How the database reads the page of rows."""
    with counting_with_values() as sent:
        case_page(query, actor(username))
    statement, values = next(s for s in sent if "ORDER BY cases." in s[0])
    connection = db.session.connection()
    if db.engine.dialect.name == "postgresql":
        # Small tables are scanned whole; what matters is what the planner can do.
        db.session.execute(text("SET LOCAL enable_seqscan = off"))
        db.session.execute(text("SET LOCAL enable_bitmapscan = off"))
        rows = connection.exec_driver_sql(f"EXPLAIN {statement}", values)
        return "\n".join(row[0] for row in rows)
    rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return "\n".join(row[3] for row in rows)


def fill_with_mostly_closed_cases() -> None:
    for _ in range(30):
        new_case()
    closed = update(Case).where(Case.id <= 28)
    closer = person("chef.hjo").id
    db.session.execute(closed.values(closed_at=utcnow(), closed_by_id=closer))
    db.session.commit()
    db.session.execute(text("ANALYZE"))
    db.session.commit()


@pytest.mark.parametrize(
    ("show", "sort", "index"),
    [
        ("open", "received_on", "ix_cases_case_type_id_open"),
        ("all", "received_on", "ix_cases_case_type_id_received"),
        ("open", "title", "ix_cases_type_title_open"),
        ("all", "title", "ix_cases_type_title"),
    ],
)
def test_the_registrars_list_needs_no_sorting(show: str, sort: str, index: str) -> None:
    fill_with_mostly_closed_cases()
    query = ListQuery(layout(HJO).id, show=show, sort=sort, descending=sort != "title")
    plan = plan_of(query, "registrator.hjo")
    assert index in plan, plan
    assert "TEMP B-TREE" not in plan, plan
    assert "Sort" not in plan, plan
