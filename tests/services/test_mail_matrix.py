"""The mail matrix as a table: each deed, and exactly who gets a mail of it (reliability, part d).

Everybody who could be mailed wrongly is there: an inactive registrar, a registrar of the other
process, the overarching of a node above, a colleague at the unit.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from domain.clock import local_today
from domain.permissions import SYSTEM
from extensions import db
from models import Case, OutboxMessage, SecretLink, utcnow
from queries.configuration import configuration
from queries.secrecy import grounds_on
from services import notices
from services.cases.closing import mark_ready
from services.correspondence import send_email
from services.people import Grant, add_person
from services.replies import receive_reply
from services.secrecy import set_mark
from services.stand_ins import add_stand_in
from services.submissions import receive
from tests.support.cases import (
    HJO,
    SODERTALJE,
    SUBMITTER,
    actor,
    choice,
    edit,
    layout,
    mails,
    new_case,
    person,
    unit_id,
)
from tests.support.letters import hjo_case, prepared, template
from tests.support.town import Town

pytestmark = pytest.mark.usefixtures("app", "town", "others")
UNIT = "Vård- och omsorgsboende norr"
BOSS, FIRST, SECOND = "chef.omsorg", "bitradande.omsorg", "strateg.omsorg"
CITIZEN = SUBMITTER["submitter_email"]


@pytest.fixture
def others(town: Town) -> None:
    """People whom no mail may reach."""
    top = configuration().units[0].id
    for name, role, unit, active in (
        ("reg.omsorg", "registrar", top, True),
        ("reg.slutat", "registrar", top, False),
        ("over.allt", "overarching", top, True),
        ("kollega", "responsible", unit_id(UNIT), True),
    ):
        values = {"username": name, "name": name, "email": f"{name}@demo.example"}
        kind = layout(SODERTALJE).id if name == "reg.omsorg" else None
        grants = [Grant(role, unit, kind)]
        add_person({**values, "is_active": active}, grants, actor=SYSTEM)
    db.session.commit()


@pytest.fixture
def case(others: None) -> Case:
    wish = choice(SODERTALJE, "contact_way", "Per e-post")
    found = new_case(SODERTALJE, unit=unit_id(UNIT), responsible=person(BOSS).id, contact_way=wish)
    edit(
        found, BOSS,
        answer="<div>Vi har talat med personalen.</div>",
        measures=[choice(SODERTALJE, "measures", "Åtgärdat")],
        types=[choice(SODERTALJE, "types", "Klagomål")],
        categories=[choice(SODERTALJE, "categories", "Bemötande")],
    )  # fmt: skip
    db.session.commit()
    forget()
    return found


def forget() -> None:
    for message in mails():
        db.session.delete(message)
    db.session.commit()


def told() -> list[tuple[str, str]]:
    """(purpose, who) of every mail there is."""
    db.session.commit()
    return sorted((m.purpose, m.recipient_email.removesuffix("@demo.example")) for m in mails())


def submitted(_case: Case) -> None:
    form = next(f for f in configuration().forms if f.case_type_id == layout("synpunkt-hjo").id)
    given = {"text": "Det är mörkt.", "submitter_email": CITIZEN}
    receive(form, given, key="k" * 43, now=utcnow())


def submitted_without_address(_case: Case) -> None:
    form = next(f for f in configuration().forms if f.case_type_id == layout("synpunkt-hjo").id)
    receive(form, {"text": "Det är mörkt."}, key="k" * 43, now=utcnow())


def assigned(case: Case) -> None:
    edit(case, BOSS, responsible=person("kollega").id)


def appointed(case: Case) -> None:
    edit(case, BOSS, assistants=[person(FIRST).id, person(SECOND).id])


def appointed_again(case: Case) -> None:
    appointed(case)
    forget()
    edit(case, BOSS, assistants=[person(SECOND).id, person(FIRST).id])


def one_of_two_ready(case: Case) -> None:
    appointed(case)
    forget()
    mark_ready(case, layout(SODERTALJE), actor=actor(FIRST))


def all_ready(case: Case) -> None:
    one_of_two_ready(case)
    mark_ready(case, layout(SODERTALJE), actor=actor(SECOND))


def informed(case: Case) -> None:
    edit(case, BOSS, informed=[person("kollega").id])


def replied(case: Case) -> None:
    link = db.session.query(SecretLink).filter_by(case_id=case.id).one()
    receive_reply(link, "Tack! Men när?", key="r" * 43, now=utcnow())


def replied_when_closed(case: Case) -> None:
    case.closed_at, case.closed_by_id = utcnow(), person(BOSS).id
    replied(case)


def replied_to_somebody_who_left(case: Case) -> None:
    person(BOSS).is_active = False
    replied(case)


def assigned_while_away(case: Case) -> None:
    today = local_today()
    pair = {"absent_id": person("kollega").id, "stand_in_id": person("over.allt").id}
    add_stand_in({**pair, "first_day": today, "last_day": today}, actor=actor("kollega"))
    assigned(case)


def reminded(_case: Case) -> None:
    case = hjo_case()
    forget()
    row, made = template("reminder"), prepared(case, "reminder", "registrator.hjo")
    by = actor("registrator.hjo")
    send_email(case, layout(HJO), row, made, confirmed_other=False, key="p", actor=by)


def answered(case: Case) -> None:
    row, made = (
        template("answer-email", SODERTALJE),
        prepared(case, "answer-email", BOSS, SODERTALJE),
    )
    send_email(
        case, layout(SODERTALJE), row, made, confirmed_other=False, key="a", actor=actor(BOSS)
    )


def failed(case: Case) -> None:
    answered(case)
    (answer,) = mails("answer")
    answer.last_error = "550 No such user"
    notices.notify_mail_failed(answer)
    db.session.delete(answer)


MATRIX: list[tuple[Callable[[Case], None], list[tuple[str, str]]]] = [
    (submitted, [("new_case", "registrator.hjo"), ("receipt", CITIZEN)]),
    (submitted_without_address, [("new_case", "registrator.hjo")]),
    (assigned, [("assigned", "kollega")]),
    (appointed, [("assistant", FIRST), ("assistant", SECOND)]),
    (appointed_again, []),
    (one_of_two_ready, []),
    (all_ready, [("all_ready", BOSS)]),
    (informed, [("informed", "kollega")]),
    (replied, [("reply_receipt", CITIZEN), ("reply_received", BOSS)]),
    (replied_when_closed, [("reply_receipt", CITIZEN), ("reply_received", BOSS)]),
    (replied_to_somebody_who_left, [("reply_receipt", CITIZEN)]),
    (assigned_while_away, [("assigned", "kollega"), ("assigned", "over.allt")]),
    (reminded, [("reminder", "handlaggare.hjo")]),
    (answered, [("answer", CITIZEN)]),
    (failed, [("mail_failed", BOSS)]),
]


@pytest.mark.row("S08", "S14")
@pytest.mark.parametrize(("deed", "wanted"), MATRIX, ids=[d.__name__ for d, _w in MATRIX])
def test_each_deed_mails_exactly_those_of_the_matrix(
    case: Case, deed: Callable[[Case], None], wanted: list[tuple[str, str]]
) -> None:
    deed(case)
    assert told() == wanted


SECRETIVE = [assigned, assigned_while_away, appointed, all_ready, informed, replied, failed]


@pytest.mark.parametrize("kind", ["case", "submitter"])
@pytest.mark.parametrize("deed", SECRETIVE, ids=lambda d: d.__name__)
def test_no_notice_of_a_marked_case_tells_what_the_mark_hides(
    case: Case, kind: str, deed: Callable[[Case], None]
) -> None:
    ground = next(g.id for g in grounds_on(utcnow().date()) if g.for_submitter)
    words = {"ground_id": ground, "covers": "Allt", "reason": "Hot."}
    set_mark(case, kind, actor=actor(BOSS), **words)
    db.session.commit()
    forget()
    deed(case)
    hidden = [SUBMITTER["submitter_name"], CITIZEN, SUBMITTER["submitter_address"]]
    hidden += [case.text, case.title, "Men när"] if kind == "case" else []
    for message in staff_mails():
        text = " ".join((message.subject, message.text, re.sub("<[^>]+>", "", message.html)))
        assert not [word for word in hidden if word and word in text]


def staff_mails() -> list[OutboxMessage]:
    found = [m for m in mails() if m.recipient_email != CITIZEN]
    assert found
    return found
