"""Taking in a form: case, files, link, receipt and mails together, once (S05, G02)."""

from __future__ import annotations

import io
from typing import Any

import pytest

from domain.clock import local_today
from domain.errors import RuleBroken
from domain.layout import FormLayout
from domain.meanings import Meaning
from extensions import db
from models import Attachment, AuditEntry, Case, CaseOriginal, OutboxMessage, SecretLink, utcnow
from queries.configuration import configuration
from queries.secrecy import grounds_on, standing_mark
from services.attachments import stage, staged
from services.submissions import AlreadyReceived, is_received, receive
from services.unit_of_work import unit_of_work
from tests.support.cases import layout, log_of, mails, unit_id
from tests.unit.file_zoo import png

pytestmark = pytest.mark.usefixtures("app", "town")

KEY = "k" * 43


def form(slug: str = "hjo") -> FormLayout:
    found = configuration().form(slug)
    assert found is not None
    return found


def taken_in(
    slug: str = "hjo", key: str = KEY, *, is_protected: bool = False, **values: Any
) -> Case:
    given = {"text": "Det är mörkt.", **values}
    with unit_of_work():
        return receive(form(slug), given, key=key, now=utcnow(), is_protected=is_protected)


@pytest.mark.row("S05")
def test_everything_of_a_submission_is_there_at_once():
    stage(KEY, "bild.png", io.BytesIO(png()))

    case = taken_in(submitter_name="Åsa", submitter_email="asa@example.se")

    assert db.session.get_one(CaseOriginal, case.id).text == "Det är mörkt."
    assert [a.filename for a in case.attachments] == ["bild.png"]
    assert db.session.query(SecretLink).filter_by(case_id=case.id).count() == 1
    (mail,) = mails("receipt")
    assert (mail.recipient_email, mail.case_id) == ("asa@example.se", case.id)
    assert {line.actor_name for line in log_of(case, "case.opened")} == {"Synpunktslämnaren"}
    assert is_received(KEY)


def test_nothing_of_it_stays_when_the_transaction_fails():
    stage(KEY, "bild.png", io.BytesIO(png()))
    db.session.commit()
    before = db.session.query(AuditEntry).count()

    with pytest.raises(ZeroDivisionError), unit_of_work():
        receive(form(), {"text": "Hej", "submitter_email": "a@example.se"}, key=KEY, now=utcnow())
        raise ZeroDivisionError

    assert db.session.query(Case).count() == 0
    assert db.session.query(OutboxMessage).count() == 0
    assert db.session.query(Attachment).count() == 0
    assert db.session.query(AuditEntry).count() == before
    assert not is_received(KEY)
    assert [file.filename for file in staged(KEY)] == ["bild.png"]


def test_the_same_key_again_is_told_apart_from_a_new_form():
    first = taken_in()
    with pytest.raises(AlreadyReceived):
        taken_in()
    second = taken_in(key="l" * 43)

    assert [c.id for c in db.session.query(Case)] == [first.id, second.id]


def test_a_case_without_an_address_gets_a_link_and_no_receipt_mail():
    case = taken_in()

    assert mails("receipt") == []
    assert db.session.query(SecretLink).filter_by(case_id=case.id).count() == 1


def test_what_the_form_says_of_every_case_is_kept():
    case = taken_in()

    of_type = layout("synpunkt-hjo")
    assert of_type.meaning_of(case.channel_id) == Meaning.CHANNEL_WEB
    assert of_type.meaning_of(case.workflow_id) == Meaning.WORKFLOW_FEEDBACK


def test_an_answer_goes_before_what_the_form_says():
    letter = layout("synpunkter-och-klagomal").choice_meaning(Meaning.CHANNEL_LETTER, "channel")
    assert letter is not None

    assert taken_in("omsorgskontoret", channel=letter.id).channel_id == letter.id


def test_the_forms_own_unit_takes_what_names_none():
    case = taken_in("omsorgskontoret", unit=None)

    assert case.unit_id == form("omsorgskontoret").root_unit_id


@pytest.mark.row("S08")
def test_the_unit_decides_who_is_told():
    case = taken_in("omsorgskontoret", unit=unit_id("Boendestöd VFF"))

    assert case.responsible is not None
    assert [m.recipient_email for m in mails("assigned")] == [case.responsible.email]


@pytest.mark.row("H01")
def test_without_a_responsible_the_registrars_are_told():
    taken_in("hjo")

    recipients = {mail.recipient_email for mail in mails("new_case")}
    assert any(address.startswith("registrator.hjo@") for address in recipients)


def test_a_form_without_a_text_is_refused_whole():
    with pytest.raises(RuleBroken):
        taken_in(text="  \n ")

    assert not is_received(KEY)


CONTACT = {
    "text": "Jag bor på KANARIEgatan 1.",
    "submitter_name": "KANARIE Åsa",
    "submitter_email": "kanarie@example.se",
    "submitter_phone": "070-KANARIE",
    "submitter_address": "KANARIEgatan 1",
    "submitter_postal": "544 30 KANARIE",
}


@pytest.mark.row("H08")
def test_protected_personal_data_is_marked_at_once_with_its_ground_by_the_system():
    case = taken_in(is_protected=True, **CONTACT)

    assert case.submitter.is_protected
    mark = standing_mark(case.id, "submitter")
    assert mark is not None
    assert (mark.ground.label, mark.set_by_id) == ("OSL 21 kap. 3 §", None)
    (line,) = log_of(case, "secrecy.set")
    assert (line.actor_name, line.field) == ("Systemet", "submitter")


@pytest.mark.row("H08")
def test_no_mail_about_protected_people_says_who_they_are():
    plain = taken_in(key="p" * 43, **CONTACT)
    case = taken_in(is_protected=True, unit=unit_id("Fritid"), **CONTACT)

    assert {m.purpose for m in mails() if m.case_id == case.id} >= {"receipt", "new_case"}
    for mail in mails():
        said = f"{mail.subject} {mail.text} {mail.html} {mail.recipient_name}"
        assert ("KANARIE" in said) is (mail.case_id == plain.id)
        if mail.case_id == case.id and mail.purpose != "receipt":
            assert "kanarie" not in f"{said} {mail.recipient_email}".lower()


@pytest.mark.row("H08")
def test_without_a_ground_in_the_list_the_data_is_protected_all_the_same():
    for ground in grounds_on(local_today()):
        ground.is_active = False
    case = taken_in(is_protected=True, **CONTACT)

    mark = standing_mark(case.id, "submitter")
    assert mark is not None
    assert (mark.ground, case.submitter.is_protected) == (None, True)
