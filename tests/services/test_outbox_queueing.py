"""Queueing: part of the caller's transaction, one identity for ever, no way into a header."""

from __future__ import annotations

import email
import email.policy
import re
from email.utils import getaddresses

import pytest
from flask import Flask

from domain.errors import RuleBroken
from extensions import db
from gateways.mime import build_bytes
from models import OutboxMessage, utcnow
from services.delivery import claim_due
from services.outbox import queue_mail
from tests.support.mails import fresh, queued

HEADERS = {
    "From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type",
}  # fmt: skip
ENDS = [
    "\n",
    "\r",
    "\r\n",
    "\0",
    "\x0b",
    "\x0c",
    "\x1c",
    "\x85",
    "\u2028",
    "\u2029",
    "\r\n\t",
    "\n ",
]
HEADS = ["Bcc: evil@evil.example", "X-Evil: 1", "\r\n<script>", "RCPT TO:<evil@evil.example>"]
PAYLOADS = [
    *[f"Anna{end}{head}" for end in ENDS for head in HEADS],
    "Anna <evil@evil.example>", "evil@evil.example, Anna", '"Anna" <evil@evil.example>, "b"',
    "=?utf-8?q?Anna=0D=0ABcc:_evil@evil.example?=", "=?utf-7?q?+AA0ACg-Bcc: evil@evil.example?=",
    "Anna\\", 'Anna"', "Anna (", "Anna;", "Å" * 300, "a" * 1000, "Anna\u202egro.live@live",
    "\ud800", "", " ", ".", "\r\n.\r\nMAIL FROM:<evil@evil.example>", "å, ä <ö@x>; é:",
    "\x1b[31mröd", "<>",
]  # fmt: skip


def test_a_mail_of_a_change_that_was_rolled_back_does_not_exist(app: Flask) -> None:
    queued()
    db.session.rollback()
    queue_mail(
        purpose="other", recipient_email="a@x.se", recipient_name="", sender_name="",
        sender_email="b@x.se", subject="s", text="t", html="",
    )  # fmt: skip
    db.session.flush()
    db.session.rollback()
    assert db.session.query(OutboxMessage).count() == 1


def test_the_message_id_is_made_once_and_belongs_to_the_senders_domain(app: Flask) -> None:
    first, second = queued(), queued()
    assert re.fullmatch(r"<[0-9a-f]{32}@hjo\.example>", first.message_id)
    assert first.message_id != second.message_id


@pytest.mark.parametrize("field", ["recipient_email", "sender_email"])
@pytest.mark.parametrize(
    "address", ["", "anna", "a@x.se\r\nBcc: b@x.se", "a@x.se, b@x.se", "å@x.se"]
)
def test_an_address_that_cannot_be_used_is_refused(app: Flask, field: str, address: str) -> None:
    with pytest.raises(RuleBroken, match="går inte att använda"):
        queued(**{field: address})


@pytest.mark.parametrize("field", ["recipient_name", "sender_name", "subject", "text", "html"])
def test_no_value_can_add_a_header_or_a_recipient(app: Flask, field: str) -> None:
    for payload in PAYLOADS:
        queued(**{field: f"<p>{payload}</p>" if field == "html" else payload})
        mail = claim_due(utcnow(), 60)
        assert mail is not None
        raw = build_bytes(mail)
        assert b"\r\n." not in raw.split(b"\r\n\r\n")[0]
        for policy in (email.policy.default, email.policy.compat32):
            parsed = email.message_from_bytes(raw, policy=policy)
            assert set(parsed.keys()) == HEADERS, (payload, policy)
            assert len(parsed.keys()) == len(HEADERS), (payload, policy)
            for header, address in (
                ("From", "synpunkten@hjo.example"),
                ("To", "berit@example.org"),
            ):
                found = [a for _name, a in getaddresses([str(parsed[header])])]
                if policy is email.policy.default:
                    found = [a.addr_spec for a in parsed[header].addresses]
                assert found == [address], (payload, policy)
        assert re.fullmatch(rb"(?:[!-9;-~]+:[ -~]*\r\n(?:[ \t][ -~]*\r\n)*)+", _head(raw)), payload


def _head(raw: bytes) -> bytes:
    return raw.split(b"\r\n\r\n")[0] + b"\r\n"


def test_names_and_subject_survive_their_encoding(app: Flask) -> None:
    queued(
        recipient_name='Åsa "Kicki" Öström, ordf.', subject="Svar på ”synpunkt” – år 2026: 100 %"
    )
    mail = claim_due(utcnow(), 60)
    assert mail is not None
    parsed = email.message_from_bytes(build_bytes(mail), policy=email.policy.default)
    assert parsed["To"].addresses[0].display_name == 'Åsa "Kicki" Öström, ordf.'
    assert parsed["Subject"] == "Svar på ”synpunkt” – år 2026: 100 %"


def test_a_text_keeps_every_line_and_loses_only_what_cannot_be_stored(app: Flask) -> None:
    message = queued(text="a\r\nb\rc\n\n  d\x00\ud800\x1b[0m", html="")
    assert fresh(message).text == "a\nb\nc\n\n  d[0m"
