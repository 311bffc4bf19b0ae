"""Made-up cases for statistics: what hypothesis draws, put into the database row by row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st
from sqlalchemy import delete, select, update

from domain.layout import CaseTypeLayout
from domain.permissions import Actor, Assignment, Role
from domain.working_days import WorkingCalendar
from extensions import db
from models import Case, CaseChoice, CaseParticipant, Event, Submitter, User
from queries.configuration import configuration, forget_configuration

T = TypeVar("T")
Spec = dict[str, Any]
TODAY = date(2026, 11, 20)
NOON = datetime.combine(TODAY, time(11), UTC)
SINGLE = ("channel", "contact_way", "submitter_kind", "origin", "result", "publication",
          "status", "workflow")  # fmt: skip
MANY = ("types", "categories", "measures")
RECEIVERS = ("vaktbolaget@example.org", "regionen@example.org")
EVERYBODY = Actor(None, "Alla", assignments=(Assignment(Role.REGISTRAR, "/", sees_secret=True),))
"""Sees and counts every case."""

_some = st.integers(0, 11)
_maybe = st.none() | _some
_ticks = st.sets(st.integers(0, 2), max_size=2)
_reason = st.sampled_from(["", "", "", "", "offensive", "own"])

specs: st.SearchStrategy[Spec] = st.fixed_dictionaries(
    {
        "ago": st.integers(0, 45) | st.integers(360, 420) | st.integers(0, 1200),
        "registered": st.integers(0, 3),
        "hour": st.sampled_from([10, 22, 23]),
        "closed": st.none() | st.integers(0, 60),
        "confirmed": st.none() | st.integers(0, 6),
        "answered": st.none() | st.integers(-3, 40),
        "unit": _maybe | st.just(0),
        "responsible": _maybe,
        "is_secret": st.sampled_from([False, False, False, True]),
        "refused_for": _reason,
        "transferred_to": st.sampled_from(["", "", "", "", "", "Lex Sarah"]),
        "delay_reason": st.sampled_from(["", "Väntar på svar"]),
        "assisted": st.booleans(),
        "receivers": st.sets(st.sampled_from(RECEIVERS), max_size=2),
        **dict.fromkeys(SINGLE, _maybe),
        **dict.fromkeys(MANY, _ticks),
    }
)


def pick(items: Sequence[T], number: int | None) -> T | None:
    """One of the items by any number; None for None, and when there is none."""
    return items[number % len(items)] if items and number is not None else None


def empty() -> None:
    """No case is left."""
    for table in (Event, Submitter, CaseParticipant, CaseChoice, Case):
        db.session.execute(delete(table))
    db.session.commit()


def add(layout: CaseTypeLayout, spec: Spec, me: int) -> int:
    """Make the case of a spec, and return its number."""
    case = Case(case_type_id=layout.id, title="Titel", text="Text", **cells(layout, spec))
    case.submitter = Submitter()
    for key in MANY:
        choices = layout.fields[key].choices if key in layout.fields else ()
        ticked = {choices[n % len(choices)].id for n in spec[key] if choices}
        case.choices += [CaseChoice(field_key=key, choice_id=n) for n in sorted(ticked)]
    if spec["assisted"]:
        case.participants.append(CaseParticipant(user_id=me, capacity="assistant", added_at=NOON))
    db.session.add(case)
    db.session.flush()
    for number, receiver in enumerate(sorted(spec["receivers"]), 1):
        db.session.add(
            Event(case_id=case.id, number=number, kind="sent_email", purpose="external",
                  state="sent", title="Till extern", recipient=receiver, happened_at=NOON,
                  created_at=NOON)
        )  # fmt: skip
    return case.id


def cells(layout: CaseTypeLayout, spec: Spec) -> Spec:
    """The columns of cases that a spec means."""
    people = list(db.session.scalars(select(User.id).order_by(User.id)))
    units = [unit.id for unit in configuration().units]
    received = TODAY - timedelta(days=spec["ago"])
    calendar = WorkingCalendar(configuration().closed_days)

    def later(key: str) -> date | None:
        return None if spec[key] is None else received + timedelta(days=spec[key])

    closed = later("closed")
    found: Spec = {
        "received_on": received,
        "registered_at": moment(received + timedelta(days=spec["registered"]), spec["hour"]),
        "closed_at": moment(closed, spec["hour"]) if closed else None,
        "closed_by_id": people[0] if closed else None,
        "acknowledged_on": later("confirmed"),
        "answered_on": later("answered"),
        "acknowledge_by": calendar.add(received, layout.acknowledge_days),
        "answer_by": calendar.add(received, layout.answer_days),
        "unit_id": pick(units, spec["unit"]),
        "responsible_id": pick(people, spec["responsible"]),
    }
    for key in ("is_secret", "refused_for", "delay_reason"):
        found[key] = spec[key]
    found["transferred_to"] = spec["transferred_to"] if closed else ""  # as the table demands
    for key in SINGLE:
        choices = layout.fields[key].choices if key in layout.fields else ()
        chosen = pick(choices, spec[key])
        found[f"{key}_id"] = chosen.id if chosen else None
    found["status_id"] = found["status_id"] or layout.fields["status"].choices[0].id
    return found


def moment(day: date, hour: int) -> datetime:
    """An hour of the UTC day: 23 is the day after in Sweden."""
    return datetime.combine(day, time(hour, 30), UTC)


def rewrite(case_id: int, layout: CaseTypeLayout, spec: Spec) -> None:
    """Give a case other cells by plain SQL, as no code of ours does: only triggers see it."""
    from domain.clock import local_date

    new = cells(layout, spec)
    new["registered_on"] = local_date(new["registered_at"])
    new["closed_on"] = local_date(new["closed_at"]) if new["closed_at"] else None
    db.session.execute(update(Case).where(Case.id == case_id).values(**new))


def remove(case_id: int) -> None:
    """Delete a case with all that hangs on it."""
    for table in (Event, Submitter, CaseParticipant, CaseChoice):
        db.session.execute(delete(table).where(table.case_id == case_id))
    db.session.execute(delete(Case).where(Case.id == case_id))


def forget() -> None:
    """After the configuration was changed behind its back."""
    db.session.expire_all()
    db.session.info.pop("configuration", None)
    forget_configuration()
