"""Kopiera as pages: what goes along is said first, and the new case opens."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from domain.clock import local_today
from domain.permissions import SYSTEM
from extensions import db
from models import Case, Choice, SecrecyMark, utcnow
from queries.secrecy import standing_mark
from services.config_changes import change_row
from tests.support.cases import (
    HJO,
    SODERTALJE,
    actor,
    choice,
    edit,
    log_of,
    mails,
    new_case,
    person,
    unit_id,
)
from tests.support.forms import form_data

pytestmark = [pytest.mark.usefixtures("town"), pytest.mark.row("H08")]
HANDLER, REGISTRAR, CHIEF = "handlaggare.hjo", "registrator.hjo", "chef.hjo"


def a_case(**values):
    given = {
        "unit": unit_id("Fritid"),
        "responsible": person(HANDLER).id,
        "types": [choice(HJO, "types", "Klagomål")],
        "contact_way": choice(HJO, "contact_way", "E-post"),
        "title": "Bänkarna i parken",
        **values,
    }
    return new_case(HJO, **given)


def path(case):
    return f"/admin/case/copy/{case.id}"


def copied(client, case):
    """Press Kopiera; the answer."""
    page = client.get(path(case))
    return client.post(path(case), data=form_data(page.text, "copy-form"))


def newest() -> Case:
    db.session.rollback()
    return db.session.scalars(select(Case).order_by(Case.id.desc()).limit(1)).one()


def test_the_copy_has_what_was_said_and_nothing_that_was_done(client):
    case = a_case(received_on=local_today().replace(day=1))
    edit(case, HANDLER, answer="<div>Vi har lagat dem.</div>", internal_note="Ring Eva")
    number = case.id
    client.login(HANDLER)
    answer = copied(client, case)
    copy = newest()
    assert copy.id != number and answer.location == f"/admin/case/edit/?id={copy.id}"
    assert (copy.title, copy.text, copy.received_on, copy.answer_by) == (
        case.title, case.text, case.received_on, case.answer_by,
    )  # fmt: skip
    assert copy.choice_ids("types") == case.choice_ids("types")
    assert (copy.unit_id, copy.responsible_id) == (case.unit_id, case.responsible_id)
    assert copy.submitter.email == case.submitter.email
    assert (copy.answer, copy.internal_note, copy.event_count) == ("", "", 0)
    page = client.get(answer.location).text
    assert f"Ärende {copy.id} är en kopia av ärende {number}." in page
    assert [e.subject for e in log_of(case, "case.copied")] == [f"case {copy.id}"]
    assert [e.subject for e in log_of(copy, "case.copied-from")] == [f"case {number}"]


def test_a_double_click_makes_one_copy(client):
    case = a_case()
    client.login(HANDLER)
    data = form_data(client.get(path(case)).text, "copy-form")
    client.post(path(case), data=data)
    again = client.post(path(case), data=data)
    assert again.location == f"/admin/case/edit/?id={case.id}"
    assert len(log_of(case, "case.copied")) == 1


def test_a_secret_case_gives_a_secret_copy_and_mails_that_say_nothing(client):
    case = a_case(text="KANARIE i texten", title="KANARIE i rubriken")
    case.is_secret = True
    db.session.add(
        SecrecyMark(case_id=case.id, kind="case", covers="Allt", reason="Hälsa", set_at=utcnow())
    )
    db.session.commit()
    before = len(mails())
    client.login(HANDLER)  # sees it as its responsible, which is not enough for a copy
    assert client.get(path(case)).status_code == 403
    assert client.post(path(case), data={"key": "k" * 24}).status_code == 403
    client.login(CHIEF)
    assert "Kopian får samma markering" in client.get(path(case)).text
    copied(client, case)
    copy = newest()
    assert copy.is_secret and copy.id != case.id
    mark = standing_mark(copy.id, "case")
    assert mark is not None and (mark.covers, mark.reason) == ("Allt", "Hälsa")
    sent = mails()[before:]
    assert sent and not any("KANARIE" in m.text + m.subject + m.html for m in sent)


def test_a_protected_submitter_goes_along_only_with_the_mark(client):
    case = a_case()
    case.submitter.is_protected = True
    db.session.add(
        SecrecyMark(case_id=case.id, kind="submitter", covers="Allt", reason="x", set_at=utcnow())
    )
    db.session.commit()
    client.login(REGISTRAR)  # may copy, but sees no protected data
    page = client.get(path(case)).text
    assert "Synpunktslämnaren, som du inte har behörighet att se" in page
    copied(client, case)
    copy = newest()
    assert (copy.submitter.name, copy.submitter.email, copy.contact_way_id) == ("", "", None)
    client.login(HANDLER)
    copied(client, case)
    copy = newest()
    assert copy.submitter.email == case.submitter.email and copy.submitter.is_protected
    assert standing_mark(copy.id, "submitter") is not None


def test_what_is_out_of_use_is_left_out_and_said(client):
    kind = choice(HJO, "types", "Klagomål")
    case = a_case(types=[kind])
    change_row(db.session.get_one(Choice, kind), {"is_active": False}, actor=SYSTEM)
    db.session.commit()
    client.login(HANDLER)
    assert "det som var valt används inte längre" in client.get(path(case)).text
    copied(client, case)
    assert newest().choice_ids("types") == []


@pytest.mark.parametrize("who", ["bitradande.omsorg", "lasare.omsorg", "admin"])
def test_who_may_not_copy_is_refused(client, who):
    case = a_case()
    client.login(who)
    for answer in (client.get(path(case)), client.post(path(case), data={"key": "k" * 24})):
        assert answer.status_code in (403, 404)
    assert newest().id == case.id


def test_a_foreign_case_does_not_exist_and_a_form_without_key_is_none_of_ours(client):
    foreign, mine = new_case(SODERTALJE), a_case()
    client.login(HANDLER)
    assert client.get(path(foreign)).status_code == 404
    assert client.post(path(foreign), data={"key": "k" * 24}).status_code == 404
    assert client.post(path(mine)).status_code == 400
    assert actor(HANDLER).id and newest().id == mine.id
