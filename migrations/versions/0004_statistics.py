"""What statistics count, kept by the database itself: case_facts, and the numbers of the days.

Every way of changing a case, its ticks, a choice's meaning or an own day off keeps `case_facts` right, in the
same transaction. One text of SQL serves both databases. A later batch migration that rebuilds
`cases`, `case_choices`, `choices` or `closed_days` on SQLite loses their triggers and must make them again.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import sqlalchemy as sa
from alembic import op

from domain.working_days import WorkingCalendar

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

# later years come by services/statistics_days.py, five years before they are needed
FIRST, LAST = date(2000, 1, 1), date(2049, 12, 31)

# what was done before the arrival took no day (domain.working_days, WorkingCalendar.between)
DAYS = (
    "(SELECT CASE WHEN l.number > f.number THEN l.number - f.number ELSE 0 END"
    " FROM day_numbers f, day_numbers l WHERE f.day = c.received_on AND l.day = {until})"
)
# whether a choice with this meaning is ticked among the types of a case
TICKED = (
    "EXISTS (SELECT 1 FROM case_choices k JOIN choices t ON t.id = k.choice_id"
    " WHERE k.case_id = {case} AND k.field_key = 'types' AND t.meaning = '{meaning}')"
)
PRAISE, COMPLAINT = "type:praise", "type:complaint"
# column of case_facts → what it is of the case c, its status s, contact way w and process p
FACTS = {
    "case_id": "c.id",
    "case_type_id": "c.case_type_id",
    "unit_id": "c.unit_id",
    "responsible_id": "c.responsible_id",
    "received_on": "c.received_on",
    "registered_on": "c.registered_on",
    "closed_on": "c.closed_on",
    "confirm_by": "c.acknowledge_by",
    "confirmed_on": "c.acknowledged_on",
    "confirm_days": DAYS.format(until="c.acknowledged_on"),
    "answer_by": "c.answer_by",
    "answered_on": "c.answered_on",
    "answer_days": DAYS.format(until="c.answered_on"),
    "wants_answer": (
        "coalesce(w.meaning, '') NOT IN ('contact:none', 'contact:already-answered')"
        " AND s.meaning <> 'status:no-answer'"
    ),
    "is_fault_report": "coalesce(p.meaning, '') = 'workflow:fault-report'",
    "is_praise": TICKED.format(case="c.id", meaning=PRAISE),
    "is_complaint": TICKED.format(case="c.id", meaning=COMPLAINT),
    "is_refused": "c.refused_for <> ''",
    "is_transferred": "c.transferred_to <> ''",
    "is_secret": "c.is_secret",
    "status_id": "c.status_id",
    "channel_id": "c.channel_id",
    "contact_way_id": "c.contact_way_id",
    "submitter_kind_id": "c.submitter_kind_id",
    "origin_id": "c.origin_id",
    "result_id": "c.result_id",
    "publication_id": "c.publication_id",
}
CASE_COLUMNS = (
    "case_type_id", "unit_id", "responsible_id", "received_on", "registered_on", "closed_on",
    "acknowledge_by", "acknowledged_on", "answer_by", "answered_on", "refused_for",
    "transferred_to", "is_secret", "status_id", "workflow_id", "channel_id", "contact_way_id",
    "submitter_kind_id", "origin_id", "result_id", "publication_id",
)  # fmt: skip
OF_CASE = "c.id = NEW.id"
OF_CHOICE = (
    "NEW.id IN (c.contact_way_id, c.status_id, c.workflow_id)"
    " OR c.id IN (SELECT k.case_id FROM case_choices k WHERE k.choice_id = NEW.id)"
)

# a day off of one's own counts when the law has it as a working day
ONE_LESS = (
    "UPDATE day_numbers SET number = number - 1 WHERE day >= NEW.day"
    " AND (SELECT d.works FROM day_numbers d WHERE d.day = NEW.day);"
)
ONE_MORE = (
    "UPDATE day_numbers SET number = number + 1 WHERE day >= OLD.day"
    " AND (SELECT d.works FROM day_numbers d WHERE d.day = OLD.day);"
)


def upgrade() -> None:
    op.bulk_insert(
        sa.table("day_numbers", sa.column("day"), sa.column("works"), sa.column("number")),
        list(_days()),
    )
    op.execute(_keep("true"))
    _trigger("case_facts_insert", "AFTER INSERT ON cases", _keep(OF_CASE))
    _trigger("case_facts_update", f"AFTER UPDATE OF {', '.join(CASE_COLUMNS)} ON cases",
             _keep(OF_CASE))  # fmt: skip
    _trigger("case_facts_meaning", "AFTER UPDATE OF meaning ON choices", _keep(OF_CHOICE))
    ticked, unticked = _ticked("NEW"), _ticked("OLD")
    _trigger("case_facts_tick", "AFTER INSERT ON case_choices", ticked)
    _trigger("case_facts_untick", "AFTER DELETE ON case_choices", unticked)
    _trigger("case_facts_retick", "AFTER UPDATE ON case_choices", unticked + ticked)
    come, gone = ONE_LESS + _count_anew("NEW"), ONE_MORE + _count_anew("OLD")
    _trigger("day_numbers_insert", "AFTER INSERT ON closed_days", come)
    _trigger("day_numbers_delete", "AFTER DELETE ON closed_days", gone)
    _trigger("day_numbers_update", "AFTER UPDATE OF day ON closed_days", gone + come)


def downgrade() -> None:
    for name, table in (
        ("case_facts_insert", "cases"),
        ("case_facts_update", "cases"),
        ("case_facts_meaning", "choices"),
        ("case_facts_tick", "case_choices"),
        ("case_facts_untick", "case_choices"),
        ("case_facts_retick", "case_choices"),
        ("day_numbers_insert", "closed_days"),
        ("day_numbers_delete", "closed_days"),
        ("day_numbers_update", "closed_days"),
    ):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"DROP TRIGGER {name}")
        else:
            op.execute(f"DROP TRIGGER {name} ON {table}")
            op.execute(f"DROP FUNCTION gensvar_{name}()")
    op.execute("DELETE FROM case_facts")
    op.execute("DELETE FROM day_numbers")


def _trigger(name: str, when: str, body: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"CREATE TRIGGER {name} {when} BEGIN {body} END")
        return
    op.execute(
        f"CREATE FUNCTION gensvar_{name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {body} RETURN NULL; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION gensvar_{name}()")


def _keep(which: str) -> str:
    """The statement that writes the facts of the cases for which `which` holds."""
    columns = ", ".join(FACTS)
    changed = ", ".join(f"{name} = excluded.{name}" for name in FACTS if name != "case_id")
    return (
        f"INSERT INTO case_facts ({columns}) SELECT {', '.join(FACTS.values())} FROM cases c"  # noqa: S608 - our own names
        " JOIN choices s ON s.id = c.status_id"
        " LEFT JOIN choices w ON w.id = c.contact_way_id"
        " LEFT JOIN choices p ON p.id = c.workflow_id"
        f" WHERE {which} ON CONFLICT (case_id) DO UPDATE SET {changed};"
    )


def _ticked(row: str) -> str:
    """The statement for the case whose tick came or went; it writes only what differs."""
    new = {
        f"is_{name}": TICKED.format(case=f"{row}.case_id", meaning=meaning)
        for name, meaning in (("praise", PRAISE), ("complaint", COMPLAINT))
    }
    changed = ", ".join(f"{name} = {value}" for name, value in new.items())
    differs = " OR ".join(f"{name} <> {value}" for name, value in new.items())
    return (
        f"UPDATE case_facts SET {changed} WHERE case_id = {row}.case_id"  # noqa: S608 - our own names
        f" AND {row}.field_key = 'types' AND ({differs});"
    )


def _count_anew(row: str) -> str:
    """The statement that counts the working days of the cases for which the day of `row` lies in
    the time that they took.
    """
    taken = [("confirm_days", "confirmed_on"), ("answer_days", "answered_on")]
    return "".join(
        f"UPDATE case_facts SET {days} = (SELECT number FROM day_numbers WHERE day = {until})"  # noqa: S608 - our own names
        " - (SELECT number FROM day_numbers WHERE day = received_on)"
        f" WHERE received_on < {row}.day AND {until} >= {row}.day;"
        for days, until in taken
    )


def _days() -> Iterator[dict[str, object]]:
    """Every day, whether the law has it as a working day, and the number of those so far."""
    closed = set(op.get_bind().scalars(sa.text("SELECT day FROM closed_days").columns(day=sa.Date)))
    law, number, day = WorkingCalendar(), 0, FIRST
    while day <= LAST:
        works = law.is_working_day(day)
        number += works and day not in closed
        yield {"day": day, "works": works, "number": number}
        day += timedelta(days=1)
