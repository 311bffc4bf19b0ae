"""What the mails say, and above all what they never say (T44, JO 1376-2013)."""

from __future__ import annotations

from typing import Any

import pytest

from config import ROOT
from domain.clock import local_today
from domain.mails import AUTOMATIC, WITHOUT_CASE
from domain.own_texts import OTHERS
from domain.permissions import CITIZEN
from domain.template_language import check, render_text
from domain.template_names import ACCOUNT_NAMES, NAMES, PUBLIC_NAMES
from extensions import current_settings, db
from models import Case, OutboxMessage, Reminder, ReminderLine, utcnow
from queries.configuration import configuration
from services import notices
from services.delivery import claim_due, finish_failed
from services.events import add_event
from services.reminder_mails import send_digests, send_reminder
from services.secret_links import current_link
from services.text_context import form_context, text_context
from tests.support.cases import actor, mails, new_case, person, unit_id
from tests.support.town import Town

EMAILS = ROOT / "templates" / "emails"
NEVER = ("KANARIE-internal_note", "KANARIE-internal_comment", "KANARIE-phone", "KANARIE-address")
SENSITIVE = ("KANARIE-title", "KANARIE-text", "KANARIE-answer", "KANARIE-reply", "berit.ek@")

TEXTS = {*AUTOMATIC, "new_link"}
TO_SUBMITTER = {"receipt", "reply_receipt", "new_link"}


@pytest.fixture
def case(town: Town, app: object) -> Case:
    """A case in which every field holds a word of its own."""
    found = new_case(
        unit=unit_id("Fritid"),
        responsible=person("handlaggare.hjo").id,
        title="KANARIE-title",
        text="KANARIE-text",
        submitter_phone="KANARIE-phone",
        submitter_address="KANARIE-address",
        delay_reason="",
    )
    found.answer = "<div>KANARIE-answer</div>"
    found.internal_note = "KANARIE-internal_note"
    found.internal_comment = "KANARIE-internal_comment"
    for message in mails():
        db.session.delete(message)
    db.session.commit()
    return found


def send_everything(case: Case) -> list[OutboxMessage]:
    """Every mail that the system writes by itself, about one case."""
    notices.send_receipt(case, current_link(case))
    db.session.commit()
    receipt = claim_due(utcnow(), 60)
    assert receipt is not None
    finish_failed(receipt.id, receipt.claim, "550 nej", now=utcnow(), permanent=True)
    notices.notify_registrars(case)
    notices.notify_responsible(case, actor=actor("registrator.hjo"))
    notices.notify_assistant(case, person("chef.hjo"), actor=actor("registrator.hjo"))
    notices.notify_informed(case, person("chef.hjo"), actor=actor("registrator.hjo"))
    notices.notify_all_ready(case, actor=actor("chef.hjo"))
    notices.notify_recused(case, person("handlaggare.hjo"), actor=actor("chef.hjo"))
    body = "<div>KANARIE-reply</div>"
    reply = add_event(case, kind="citizen_reply", title="Svar", body=body, actor=CITIZEN)
    notices.notify_reply(case, reply)
    notices.confirm_reply(case, reply)
    notices.send_new_link(case, key="k", actor=actor("handlaggare.hjo"))
    send_reminder(case, person("handlaggare.hjo"), person("handlaggare.hjo"))
    gather(case)
    db.session.commit()
    assert {m.purpose for m in mails()} == TEXTS - set(WITHOUT_CASE)
    return mails()


def gather(case: Case) -> None:
    """The mail of the day about one reminder."""
    reminder = Reminder(case_id=case.id, occasion="x", made_at=utcnow())
    db.session.add(reminder)
    db.session.flush()
    user_id = person("handlaggare.hjo").id
    db.session.add(ReminderLine(reminder_id=reminder.id, case_id=case.id, user_id=user_id))
    send_digests(local_today())


def said(message: OutboxMessage) -> str:
    return f"{message.subject}\n{message.text}\n{message.html}"


def test_no_mail_carries_what_is_internal(case: Case) -> None:
    for message in send_everything(case):
        assert not [word for word in NEVER if word in said(message)], message.purpose


@pytest.mark.parametrize("why", ["secret", "type"])
def test_mails_of_a_sensitive_case_say_only_that_there_is_something_to_read(
    case: Case, why: str
) -> None:
    case.is_secret = why == "secret"
    case.case_type.mail_content = "full" if why == "secret" else "notice"
    link = current_link(case)
    for message in send_everything(case):
        text = said(message)
        if message.purpose not in TO_SUBMITTER:
            assert "berit" not in text.casefold()
        assert not [word for word in SENSITIVE if word in text], message.purpose
        assert link.code not in text
        is_gathered = message.purpose == "reminder_digest"
        assert str(case.id) in (text if is_gathered else message.subject)


def test_no_text_whatever_it_says_can_put_a_sensitive_case_into_a_mail(case: Case) -> None:
    source = "{{ arende.rubrik }}{{ arende.text }}{{ arende.svar }}{{ arende.kod }}"
    link = current_link(case)
    case.is_secret = True
    assert render_text(source, text_context(case, link=link)) == ""
    letter = render_text(source, text_context(case, link=link, in_mail=False))
    assert "KANARIE-text" in letter
    assert link.code in letter


def test_mails_of_an_open_case_carry_its_text(case: Case) -> None:
    texts = {message.purpose: message.text for message in send_everything(case)}
    carrying = {purpose for purpose, text in texts.items() if "KANARIE-text" in text}
    assert carrying == {"receipt", "assigned", "new_case"}
    assert "KANARIE-reply" in texts["reply_received"]


def test_the_receipt_reads_well(case: Case) -> None:
    link = current_link(case)
    notices.send_receipt(case, link)
    db.session.commit()
    receipt = claim_due(utcnow(), 60)
    assert receipt is not None
    context = text_context(case)
    paragraphs = receipt.text.split("\n\n")
    assert receipt.subject == f"Vi har tagit emot din synpunkt ({case.id})"
    assert paragraphs[0] == "Hej Berit Ek!"
    assert "KANARIE-text" in paragraphs
    assert f"Skriv på din svarssida: {context['lank']['svarssida']}/{link.token}\n" in receipt.text
    assert f"Din kod är {link.code}. Spara numret och koden." in receipt.text
    assert "{" not in receipt.text
    assert "\n\n\n" not in receipt.text


def test_every_text_of_the_system_is_in_the_language_of_texts() -> None:
    files = sorted(EMAILS.glob("*/*.txt"))
    assert {file.parent.name for file in files} == TEXTS
    for file in files:
        names = ACCOUNT_NAMES if file.parent.name in WITHOUT_CASE else NAMES
        assert check(file.read_text(encoding="utf-8"), names) == [], file
        assert file.name.partition(".")[0] in ("subject", "body")
    for purpose in TO_SUBMITTER:
        parts = {file.name for file in files if file.parent.name == purpose}
        tails = ("", *(f".{language}" for language in OTHERS))
        assert parts == {f"{part}{tail}.txt" for part in ("subject", "body") for tail in tails}


def test_every_described_name_has_a_value(case: Case) -> None:
    context: dict[str, dict[str, Any]] = text_context(case, link=current_link(case))
    assert {name: set(details) for name, details in context.items()} == {
        name: set(details) for name, details in NAMES.items()
    }


def test_every_name_of_a_forms_texts_has_a_value(case: Case) -> None:
    for form in configuration().forms:
        context = form_context(form)
        assert {name: set(details) for name, details in context.items()} == {
            name: set(details) for name, details in PUBLIC_NAMES.items()
        }


def test_links_come_from_the_settings_only(case: Case, town: Town) -> None:
    base = current_settings().base_url
    links = text_context(case, link=current_link(case))["lank"]
    own = {name: links[name] for name in ("formular", "svarssida", "arende", "personuppgifter")}
    assert all(address.startswith(f"{base}/") for address in own.values()), own
