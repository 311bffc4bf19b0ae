"""What mails say: sender, signature, reasons of a refusal, delay, and second answers in secret."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from domain.errors import NotAllowed, RuleBroken
from domain.template_language import render_subject
from extensions import db
from services.text_context import text_context
from tests.support.cases import HJO, SODERTALJE, edit, layout, mails, person
from tests.support.compose import (
    ANSWER,
    DELAY,
    HANDLER,
    SECOND,
    answered_case,
    hjo_case,
    prepare,
    send,
)
from tests.support.mails import worker_for
from tests.support.smtp_faults import FaultySmtp

pytestmark = pytest.mark.usefixtures("app", "town")


def sign_with(signature: str, **values: str) -> None:
    for name, value in {"signature": signature, **values}.items():
        setattr(person(HANDLER), name, value)
    db.session.commit()


def raw_mail(purpose: str) -> bytes:
    """The mail as it came over the wire, found by its Message-ID."""
    (mail,) = mails(purpose)
    message_id = mail.message_id
    with FaultySmtp() as server:
        work = worker_for(server)
        while work.deliver_next():
            pass
    (raw,) = server.by_id()[message_id]
    return raw


@pytest.mark.row("H15")
def test_the_sender_is_the_case_type_and_its_address():
    case = answered_case()
    event = send(case, ANSWER)
    assert event.sender == "Hjo kommun (synpunkten@hjo.example)"
    assert b"From: Hjo kommun <synpunkten@hjo.example>" in raw_mail("answer")


@pytest.mark.row("H15")
def test_an_own_sender_name_stands_before_the_same_address():
    sign_with("", sender_name="Lisa på Fritid")
    event = send(answered_case(), ANSWER)
    assert event.sender == "Lisa på Fritid (synpunkten@hjo.example)"
    parsed = message_from_bytes(raw_mail("answer"), policy=policy.default)
    assert str(parsed["From"]) == "Lisa på Fritid <synpunkten@hjo.example>"


@pytest.mark.row("H15")
def test_a_signature_keeps_its_form_and_nothing_dangerous():
    sign_with("<div><strong>Christer</strong><br>Fritid<script>alert(1)</script></div>")
    body = prepare(answered_case(), ANSWER).body
    assert "<strong>Christer</strong><br>Fritid" in body
    assert "script" not in body
    assert "alert" not in body


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Christer\nFritid & park", "Christer<br>Fritid &amp; park"),
        ("Christer <3", "Christer &lt;3"),
    ],
)
def test_a_signature_of_plain_lines_keeps_its_lines(written, shown):
    sign_with(written)
    assert shown in prepare(answered_case(), ANSWER).body


@pytest.mark.parametrize("nothing", ["", "  ", "<div><br></div>"])
def test_without_a_signature_name_and_title_stand_there(nothing):
    sign_with(nothing)
    assert "Christer Svensson<br>Fritidskonsulent" in prepare(answered_case(), ANSWER).body


def test_subjects_get_a_signature_as_plain_text():
    sign_with("<div><b>Christer</b></div>")
    found = text_context(hjo_case(), actor_user=person(HANDLER))
    assert render_subject("Från {{ avsandare.signatur }}", found) == "Från Christer"


@pytest.mark.parametrize("type_key", [HJO, SODERTALJE])
def test_the_delay_notice_stands_below_what_the_manuals_show(type_key):
    groups = [t.group for t in layout(type_key).event_templates]
    assert groups == sorted(groups, key=["template", "standard", "extra"].index)
    delay = [t for t in layout(type_key).event_templates if t.purpose == "delay"]
    assert [(t.kind, t.group) for t in delay] == [("email", "extra"), ("letter", "extra")]


def test_a_delay_is_told_only_when_it_is_explained():
    with pytest.raises(NotAllowed, match="Förklaring försenad återkoppling"):
        prepare(hjo_case(), DELAY)


def test_a_delay_notice_tells_why_and_until_when_and_changes_nothing():
    case = hjo_case()
    edit(case, HANDLER, delay_reason="Vi väntar på en mätning.")
    db.session.commit()
    before = case.status_id
    event = send(case, DELAY)
    (mail,) = mails("delay")
    assert "Vi väntar på en mätning." in mail.text
    assert mail.text.count("senast") == 2
    assert (case.status_id, case.answered_on, case.acknowledged_on) == (before, None, None)
    assert event.effects == {}


def test_the_delay_notice_of_a_sensitive_case_does_not_tell_why():
    case = hjo_case()
    edit(case, HANDLER, delay_reason="KANARIE om hälsan")
    case.is_secret = True
    db.session.commit()
    send(case, DELAY, prepare(case, DELAY))
    assert b"KANARIE" not in raw_mail("delay")


@pytest.mark.row("H17")
def test_the_second_answer_of_a_sensitive_case_is_read_on_the_page_and_not_mailed():
    case = answered_case(is_secret=True)
    send(case, ANSWER)
    answer = "<div>KANARIE: provsvaren var <b>bra</b>.</div>"
    event = send(case, SECOND, replace(prepare(case, SECOND), kept_body=answer))
    assert event.body == answer
    assert "Vi bygger en plan" not in event.body
    raw = raw_mail("second_answer")
    parsed = message_from_bytes(raw, policy=policy.default)
    said = [part.get_content() for part in parsed.walk() if not part.is_multipart()]
    assert not [text for text in said if "KANARIE" in text or "provsvar" in text or "bra" in text]
    assert all("Nu finns ett svar" in text for text in said)


@pytest.mark.parametrize("nothing", ["", "<div><br></div>"])
def test_the_second_answer_of_a_sensitive_case_must_be_written(nothing):
    case = answered_case(is_secret=True)
    with pytest.raises(RuleBroken) as refused:
        send(case, SECOND, replace(prepare(case, SECOND), kept_body=nothing))
    assert refused.value.field == "answer"


def test_a_long_name_and_address_fit_into_the_event():
    sign_with("", sender_name="a" * 120)
    case = hjo_case(submitter_name="B" * 200, submitter_email=f"{'e' * 60}@{'x' * 60}.example.org")
    edit(case, HANDLER, answer="<div>Svar.</div>")
    event = send(case, ANSWER)
    assert len(event.recipient) <= 320
    assert len(event.sender) <= 320


def test_a_registrar_sends_no_second_answer():
    case = answered_case()
    with pytest.raises(NotAllowed):
        prepare(case, SECOND, "registrator.hjo")
