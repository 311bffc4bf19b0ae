"""Making the world in the database: units, people, cases with a canary in every field."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from domain.clock import local_today
from domain.permissions import SYSTEM
from extensions import db
from models import Case, CaseParticipant, EventTemplate, Field, Publication, Tab, Unit, User, utcnow
from queries.configuration import forget_configuration
from queries.secrecy import grounds_on
from services.correspondence import register_event
from services.organisation import add_unit
from services.people import Grant, add_person
from services.secrecy import set_mark
from tests.rights.canaries import canary
from tests.rights.oracle import PARENT, CaseFacts
from tests.rights.people import CASES, SUBJECTS, WRITERS
from tests.support.cases import HJO, choice, layout, new_case, person
from tests.support.files import attach_file, worker_looks
from tests.support.letters import letter, mail, prepared, template

MORE_FIELDS = ("assistants", "informed")
"""Fields that only the other preset has; here one case type has them all."""


def build() -> dict[str, int]:
    """Case key → number. Commits."""
    _widen_case_type()
    units = _units()
    _people(units)
    numbers = {facts.key: _case(facts, units) for facts in CASES}
    worker_looks()
    for facts in CASES:
        _settle(facts, db.session.get_one(Case, numbers[facts.key]))
    db.session.commit()
    return numbers


def _widen_case_type() -> None:
    type_id = layout(HJO).id
    tab = db.session.scalars(select(Tab).filter_by(case_type_id=type_id, key="responsible")).one()
    for key in MORE_FIELDS:
        db.session.add(
            Field(
                case_type_id=type_id, tab_id=tab.id, key=key, label=key, position=90, is_many=True
            )
        )
    phone = {"group": "template", "kind": "event", "event_kind": "event"}
    db.session.add(
        EventTemplate(case_type_id=type_id, key="answer-phone", label="Telefon", position=90,
                      purpose="answer_phone", subject="Telefonsvar", marks_answered=True, **phone)
    )  # fmt: skip
    db.session.commit()
    forget_configuration()


def _units() -> dict[str, int]:
    root = db.session.scalars(select(Unit).where(Unit.parent_id.is_(None))).one()
    made = {"K": root.id}
    for name, parent in PARENT.items():
        if parent:
            usual = {"kind": "unit", "secrecy_area": "open", "is_active": True}
            values = {"key": f"r-{name.lower()}", "name": name, "parent_id": made[parent]}
            made[name] = add_unit({**usual, **values}, actor=SYSTEM).id
            db.session.flush()
    db.session.commit()
    forget_configuration()
    return made


def _people(units: dict[str, int]) -> None:
    for who in SUBJECTS:
        if who.grants:
            values = {"username": who.name, "name": f"Person {who.name}", "is_active": True}
            grants = [Grant(g.role, units[g.unit], None, g.flag) for g in who.grants]
            add_person({**values, "email": f"{who.name}@demo.example"}, grants, actor=SYSTEM)
    db.session.commit()


def _case(facts: CaseFacts, units: dict[str, int]) -> int:
    """An open case that could be closed, with a file of each side, notes, a mail and a letter."""
    word = {field: canary(facts.key, field) for field in (
        "title", "text", "name", "street", "phone", "mail", "original", "internal", "answer",
        "delay", "event", "file", "bytes")}  # fmt: skip
    case = new_case(
        title=word["title"], text=word["original"], unit=units[facts.unit],
        responsible=person(facts.responsible).id, submitter_name=word["name"],
        submitter_email=f"{word['mail']}@example.org", submitter_address=word["street"],
        submitter_phone=word["phone"], contact_way=choice(HJO, "contact_way", "E-post"),
        types=[choice(HJO, "types", "Klagomål")], workflow=choice(HJO, "workflow", "Synpunkten"),
        categories=[choice(HJO, "categories", "Fysisk miljö")], internal_note=word["internal"],
        measures=[layout(HJO).fields["measures"].choices[0].id],
        status=choice(HJO, "status", "Bekräftelse 10 dagar skickad"), answered_on=local_today(),
        delay_reason=word["delay"], answer=f"<div>{word['answer']}</div>",
    )  # fmt: skip
    case.text = word["text"]
    for name in facts.assistants:
        who = person(name).id
        case.participants.append(
            CaseParticipant(user_id=who, capacity="assistant", added_at=utcnow())
        )
    db.session.commit()
    attach_file(case, f"{word['file']}.txt", word["bytes"].encode())
    attach_file(case, f"{word['file']}inifran.txt", word["bytes"].encode() + b"x")
    _events(facts, case, word["event"])
    return case.id


def _events(facts: CaseFacts, case: Case, body: str) -> None:
    """1-3: notes of the writers; 4: an unposted letter; 5: a mail. Others write where they may."""
    for name in WRITERS:
        who = name if name != "owner" and facts.unit == "U11" else "chief"
        who = "owner" if name == "owner" and facts.unit == "U11" else who
        made = replace(prepared(case, "note", who), body=f"<div>{body}</div>")
        register_event(case, layout(HJO), template("note"), made, happened_at=utcnow(),
                       key=f"{case.id}-{name}", actor=_actor(who))  # fmt: skip
        db.session.commit()
    letter(case, username=facts.responsible)
    mail(case, username=facts.responsible)


def _actor(username: str):  # type: ignore[no-untyped-def]
    from tests.support.cases import actor

    return actor(username)


def _settle(facts: CaseFacts, case: Case) -> None:
    """What can only be done last: marks and closing."""
    chief = _actor("chief")
    ground = grounds_on(local_today())[0].id
    words = {"ground_id": ground, "covers": "Allt", "reason": canary(facts.key, "reason")}
    if facts.is_secret:
        set_mark(case, "case", actor=chief, **words)
    if facts.is_protected:
        set_mark(case, "submitter", actor=chief, **words)
    text = {"title": "Rubrik", "question": "Fråga.", "state": "approved"}
    db.session.add(Publication(case_id=case.id, publish_on=date(2090, 1, 1), **text))
    if facts.is_closed:
        case.closed_at, case.closed_by_id = utcnow(), chief.id


def deactivate() -> None:
    """After signing in: whoever is inactive becomes so."""
    for who in SUBJECTS:
        if who.grants and not who.is_active:
            user = db.session.scalars(select(User).filter_by(username=who.name)).one()
            user.is_active = False
    db.session.commit()
