"""The mail matrix: who gets which mail about a case, one each, and nobody else."""

from __future__ import annotations

import pytest

from domain.permissions import CITIZEN, Role
from extensions import db
from models import Case, RoleAssignment, Unit
from queries.configuration import configuration
from services import notices
from services.events import add_event
from services.secret_links import current_link
from tests.support.cases import (
    SODERTALJE,
    actor,
    choice,
    edit,
    mails,
    new_case,
    person,
    unit_id,
)
from tests.support.town import Town

pytestmark = pytest.mark.usefixtures("app")


def told(purpose: str = "") -> list[tuple[str, str]]:
    """(purpose, user name or address) of every mail since the last look, in order."""
    found = [(m.purpose, m.recipient_email.removesuffix("@demo.example")) for m in mails(purpose)]
    for message in mails():
        db.session.delete(message)
    db.session.flush()
    return found


@pytest.fixture
def case(town: Town) -> Case:
    """A case of Hjo that nobody is responsible for."""
    found = new_case(unit=unit_id("Kommunförvaltningen"))
    found.responsible_id = None
    told()
    db.session.commit()
    return found


@pytest.mark.row("H01")
def test_the_registrar_of_the_process_is_told_of_a_case_without_a_responsible(case: Case) -> None:
    notices.notify_registrars(case)
    assert told() == [("new_case", "registrator.hjo")]


def test_a_registrar_is_not_told_of_a_case_registered_by_the_same_person(case: Case) -> None:
    case.created_by_id = person("registrator.hjo").id
    notices.notify_registrars(case)
    assert told() == []


@pytest.mark.row("S08")
def test_the_overarching_are_told_of_cases_on_their_own_node_only(town: Town) -> None:
    office = db.session.query(Unit).filter_by(key="sodertalje-omsorgskontoret").one()
    below = next(u for u in configuration().units if u.parent_id == office.id)
    on_node = new_case(SODERTALJE, unit=office.id)
    on_node.responsible_id = None
    told()
    notices.notify_registrars(on_node)
    assert told() == [("new_case", "strateg.omsorg")]
    on_node.unit_id = below.id
    notices.notify_registrars(on_node)
    assert told() == []


@pytest.mark.row("H02")
def test_the_new_responsible_is_told_with_text_and_direct_link(case: Case) -> None:
    edit(case, "registrator.hjo", responsible=person("chef.hjo").id)
    (mail,) = mails()
    assert mail.text.startswith("Hej Annica Carter!\n\nDu är ansvarig för synpunkt")
    assert "Det är svårt att se trafiken vid utfarten." in mail.text
    assert f"/arende/{case.id}" in mail.text
    assert told() == [("assigned", "chef.hjo")]


@pytest.mark.row("S08")
def test_an_assistant_is_told_once_and_by_whose_wish(town: Town) -> None:
    case = new_case(SODERTALJE, unit=unit_id("Hemtjänst"))
    told()
    edit(case, "chef.omsorg", assistants=[person("bitradande.omsorg").id])
    assert "Beatrice Carlsson vill att du hjälper till" in mails()[0].text
    assert told() == [("assistant", "bitradande.omsorg")]
    edit(case, "chef.omsorg", assistants=[person("bitradande.omsorg").id], answer="<div>x</div>")
    assert told() == []


@pytest.mark.row("S14")
def test_who_is_informed_is_told_that_nothing_need_be_done(case: Case) -> None:
    notices.notify_informed(case, person("chef.hjo"), actor=actor("registrator.hjo"))
    assert "Lisa Olausson vill att du känner till" in mails()[0].text
    assert told() == [("informed", "chef.hjo")]


@pytest.mark.row("S20")
def test_a_reply_is_told_to_the_responsible_with_its_text(case: Case) -> None:
    case.responsible_id = person("chef.hjo").id
    reply = add_event(
        case, kind="citizen_reply", title="Svar", body="<div>Tack!<br>Men när?</div>", actor=CITIZEN
    )
    notices.notify_reply(case, reply)
    assert "Tack!\nMen när?" in mails()[0].text
    assert "avslutat" not in mails()[0].text
    assert told() == [("reply_received", "chef.hjo")]


@pytest.mark.parametrize(
    "change", [{"is_active": False}, {"email": ""}, {"email": "inte en adress"}]
)
def test_nobody_without_a_working_account_and_address_is_mailed(
    case: Case, change: dict[str, object]
) -> None:
    for name, value in change.items():
        setattr(person("chef.hjo"), name, value)
        setattr(person("registrator.hjo"), name, value)
    db.session.flush()
    case.responsible_id = person("chef.hjo").id
    notices.notify_responsible(case, actor=CITIZEN)
    notices.notify_assistant(case, person("chef.hjo"), actor=CITIZEN)
    notices.notify_informed(case, person("chef.hjo"), actor=CITIZEN)
    notices.notify_registrars(case)
    assert told() == []


def test_two_registrars_with_one_address_get_one_mail(case: Case) -> None:
    second = person("handlaggare.hjo")
    second.email = person("registrator.hjo").email
    unit = unit_id("Kommunförvaltningen")
    second.assignments.append(RoleAssignment(role=Role.REGISTRAR, unit_id=unit))
    db.session.flush()
    notices.notify_registrars(case)
    assert told() == [("new_case", "registrator.hjo")]


@pytest.mark.row("S05")
def test_the_receipt_goes_to_the_submitter_and_is_an_event_of_the_case(case: Case) -> None:
    event = notices.send_receipt(case, current_link(case))
    assert event is not None
    (mail,) = mails()
    assert (event.kind, event.purpose, event.state) == ("sent_email", "receipt", "queued")
    assert event.title == "Synpunkt mottagen"
    assert event.recipient == "Berit Ek (berit.ek@example.org)"
    assert mail.event_id == event.id
    assert told() == [("receipt", "berit.ek@example.org")]


@pytest.mark.parametrize("address", ["", "inte en adress"])
def test_without_a_usable_address_there_is_no_receipt(case: Case, address: str) -> None:
    case.submitter.email = address
    assert notices.send_receipt(case, current_link(case)) is None
    assert told() == []


def test_a_receipt_promises_an_answer_only_to_those_who_want_one(case: Case) -> None:
    notices.send_receipt(case, current_link(case))
    case.contact_way_id = choice("synpunkt-hjo", "contact_way", "Vill ej bli kontaktad")
    notices.send_receipt(case, current_link(case))
    wanted, unwanted = (mail.text for mail in mails())
    assert "får du ett svar" in wanted
    assert "Du har valt att inte få något svar." in unwanted
    assert "får du ett svar" not in unwanted


def test_a_case_type_without_a_sender_still_sends(case: Case) -> None:
    case.case_type.sender_email = ""
    assert notices.send_receipt(case, current_link(case)) is not None
    assert mails()[0].sender_email.startswith("noreply@")


MATRIX = ("informed", "new_case", "mail_failed", "assigned", "assistant", "reply_received")


def tell_all(case: Case) -> None:
    """Everything that staff can be told about one case, at once."""
    notices.notify_registrars(case)
    notices.notify_informed(case, person("registrator.hjo"), actor=CITIZEN)
    notices.notify_assistant(case, person("registrator.hjo"), actor=CITIZEN)
    case.responsible_id = person("registrator.hjo").id
    notices.notify_responsible(case, actor=CITIZEN)
    reply = add_event(case, kind="citizen_reply", title="Svar", body="<p>x</p>", actor=CITIZEN)
    notices.notify_reply(case, reply)
    event = notices.send_receipt(case, current_link(case))
    assert event is not None
    notices.notify_mail_failed(mails("receipt")[0])


@pytest.mark.row("H15")
@pytest.mark.parametrize("muted", ["informed", "new_case", "mail_failed"])
def test_who_does_without_a_notice_gets_all_others(case: Case, muted: str) -> None:
    person("registrator.hjo").muted_notices = [muted]
    tell_all(case)
    got = {purpose for purpose, who in told() if who == "registrator.hjo"}
    assert got == set(MATRIX) - {muted}


def test_what_the_manuals_require_comes_whatever_is_stored(case: Case) -> None:
    person("registrator.hjo").muted_notices = list(MATRIX)
    tell_all(case)
    got = {purpose for purpose, who in told() if who == "registrator.hjo"}
    assert got == {"assigned", "assistant", "reply_received"}


def test_one_persons_wish_keeps_nothing_from_others_at_the_same_address(case: Case) -> None:
    first = person("handlaggare.hjo")  # comes before Lisa, and would get the one mail
    unit = unit_id("Kommunförvaltningen")
    first.assignments.append(RoleAssignment(role=Role.REGISTRAR, unit_id=unit))
    first.email = person("registrator.hjo").email
    first.muted_notices = ["new_case"]
    db.session.flush()
    notices.notify_registrars(case)
    assert [m.recipient_name for m in mails("new_case")] == ["Lisa Olausson"]
