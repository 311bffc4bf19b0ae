"""Mails as they come over the wire, read by two parsers that have nothing in common.

The standard library's parser is Python; fast-mail-parser is Rust. What one of them reads otherwise
than the other is what a mail program may read otherwise than we meant.
"""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage

import fast_mail_parser
import pytest

from cli.worker import Worker
from domain.clock import as_of
from domain.file_names import display_name
from extensions import current_settings, db
from models import OutboxMessage
from services.attachments import staged
from services.correspondence.files import ChosenFiles
from services.mail_files import MailFile
from tests.support.cases import mails, person
from tests.support.compose import ANSWER, HANDLER, answered_case, prepare, send, staged_files
from tests.support.mails import queued, worker_for
from tests.support.smtp import Mail, Mailbox
from tests.support.smtp_faults import FaultySmtp

HEADERS = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
FILES = {
    "Åtgärdsplan för Hjo (2).txt": "Bredd 3 m, höjd åtta\n".encode(),
    "ö" * 140 + ".txt": b"lang",
    "plan.txt": b"\r\n.\r\n..\r\nFrom x\r\n",
    "tabell.txt": bytes(range(32, 127)) * 700,
}
EVIL = "evil@example.org"
BREAKS = ["\r\n", "\n", "\r", "\r\n\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "%0d%0a",
          "=?utf-8?q?=0D=0A?=", "\0"]  # fmt: skip
PAYLOADS = [
    f"Hej{end}{line}"
    for end in BREAKS
    for line in (
        f"Bcc: {EVIL}",
        f"To: {EVIL}",
        "Content-Type: text/html",
        f"X-Evil: 1{end}{end}<b>hej</b>",
        f'", "x" <{EVIL}>, "',
    )
] + [
    f"<{EVIL}>", f"{EVIL},", f'" <{EVIL}>', f"(kommentar) {EVIL}", f"grupp: {EVIL};",
    f"=?utf-8?b?PGV2aWxAZXhhbXBsZS5vcmc+?= <{EVIL}>", "\u202egnp.exe", "a" * 3000, "\\\"\\\\",
]  # fmt: skip


@pytest.fixture
def worker(app: object, smtp: Mailbox) -> Worker:
    return Worker(current_settings())


def deliver(worker: Worker) -> None:
    while worker.deliver_next():
        pass


def only(smtp: Mailbox, address: str = "berit.ek@example.org") -> Mail:
    """The one mail to this address; a test that finds two has found a fault."""
    found = [mail for mail in smtp.mails if mail.recipients == (address,)]
    assert len(found) == 1
    return found[0]


def people_of(message: EmailMessage, name: str) -> list[tuple[str, str]]:
    """(name, address) of everybody in a header."""
    return [
        (a.display_name, a.addr_spec) for value in message.get_all(name) for a in value.addresses
    ]


def unspaced(people: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("".join(name.split()), address) for name, address in people]


def read(mail: Mail) -> tuple[dict[str, list[str]], str, str, list[tuple[str, str, bytes]]]:
    """(headers, text, html, files) as both parsers read them alike."""
    ours, other = mail.message, fast_mail_parser.parse_email(mail.raw)
    names = list(ours.keys())
    assert sorted(other.headers) == sorted(names)
    for name, theirs in (("From", [other.from_]), ("To", other.to)):
        # Between two encoded words the standard library of 3.11 leaves a blank in a name.
        both = people_of(ours, name), [(a.display_name or "", a.address) for a in theirs]
        assert unspaced(both[0]) == unspaced(both[1])
    assert other.cc + other.bcc + other.reply_to == []
    for name in set(names) - {"From", "To", "Content-Type", "Message-ID"}:
        assert [str(value) for value in ours.get_all(name)] == other.headers[name], name
    text, html = mail.text.replace("\r\n", "\n"), mail.html.replace("\r\n", "\n")
    assert [part.replace("\r\n", "\n") for part in other.text_plain] == [text]
    assert [part.replace("\r\n", "\n") for part in other.text_html] == [html] * bool(html)
    files = [
        (str(part.get_filename()), part.get_content_type(), part.get_payload(decode=True))
        for part in ours.iter_attachments()
    ]
    assert [(f.filename, f.mimetype, f.content) for f in other.attachments] == files
    assert other.warnings == []
    assert [part.defects for part in ours.walk() if part.defects] == []
    return {name: ours.get_all(name) or [] for name in names}, text, html, files


def with_files(form_key: str) -> ChosenFiles:
    chosen = staged_files(form_key, **{f"nr{n}_txt": c for n, c in enumerate(FILES.values())})
    for row, name in zip(staged(form_key), FILES, strict=True):
        row.filename = display_name(name)
    db.session.commit()
    return chosen


@pytest.mark.row("H15", "S20")
def test_an_answer_with_files_is_read_alike_by_both(
    town: object, worker: Worker, smtp: Mailbox
) -> None:
    case = answered_case()
    made = replace(prepare(case, ANSWER), title="Svar på din synpunkt: åäö 😀 – ”citat”")
    send(case, ANSWER, made, files=with_files("k" * 20))
    deliver(worker)
    mail = only(smtp)
    headers, text, html, files = read(mail)
    assert list(headers) == HEADERS
    assert {name: len(values) for name, values in headers.items()} == dict.fromkeys(HEADERS, 1)
    assert (mail.sender, mail.recipients) == ("synpunkten@hjo.example", ("berit.ek@example.org",))
    assert people_of(mail.message, "To") == [("Berit Ek", "berit.ek@example.org")]
    assert people_of(mail.message, "From") == [("Hjo kommun", "synpunkten@hjo.example")]
    assert headers["Subject"] == [made.title]
    assert "Vi bygger en plan." in text
    assert "<div>Vi bygger en plan.</div>" in html
    assert [(name, content) for name, _kind, content in files] == list(FILES.items())


def test_an_answer_without_files_is_read_alike_by_both(
    town: object, worker: Worker, smtp: Mailbox
) -> None:
    send(answered_case(), ANSWER)
    deliver(worker)
    headers, text, html, files = read(only(smtp))
    assert list(headers) == HEADERS
    assert files == []
    assert "Vi bygger en plan." in text
    assert "Vi bygger en plan." in html


def test_a_mail_of_the_system_says_that_nobody_wrote_it(
    app: object, worker: Worker, smtp: Mailbox
) -> None:
    queued(purpose="receipt", recipient_email="berit.ek@example.org")
    deliver(worker)
    headers, *_rest = read(only(smtp))
    assert headers["Auto-Submitted"] == ["auto-generated"]
    assert set(headers) == {*HEADERS, "Auto-Submitted"}


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) >= 60


@pytest.mark.parametrize("payload", PAYLOADS, ids=[str(n) for n in range(len(PAYLOADS))])
def test_nothing_that_is_typed_becomes_a_header_a_part_or_a_recipient(
    app: object, worker: Worker, smtp: Mailbox, payload: str
) -> None:
    file = staged_files("k" * 20, plan_txt=b"Plan")
    (row,) = staged(file.form_key)
    queued(
        recipient_email="berit.ek@example.org",
        recipient_name=payload,
        sender_name=payload,
        subject=payload,
        text="Hej",
        html="<p>Hej</p>",
        files=[MailFile(row.sha256, payload, payload.replace("\0", "")[:120], row.size)],
    )
    deliver(worker)
    mail = only(smtp)
    headers, text, html, files = read(mail)
    assert list(headers) == HEADERS
    assert all(len(values) == 1 for values in headers.values())
    (to,), (sender,) = people_of(mail.message, "To"), people_of(mail.message, "From")
    assert (to[1], sender[1]) == ("berit.ek@example.org", "synpunkten@hjo.example")
    assert text == "Hej\n"
    assert "<p>Hej</p>" in html
    assert [(name, content) for name, _kind, content in files] == [(display_name(payload), b"Plan")]
    assert [part.get_content_type() for part in mail.message.walk()][:4] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html",
    ]  # fmt: skip


@pytest.mark.parametrize("payload", PAYLOADS[:20])
def test_an_own_sender_name_cannot_change_the_address(
    town: object, worker: Worker, smtp: Mailbox, payload: str
) -> None:
    person(HANDLER).sender_name = payload[:120]
    send(answered_case(), ANSWER)
    deliver(worker)
    read(only(smtp))
    ((_name, address),) = people_of(only(smtp).message, "From")
    assert address == "synpunkten@hjo.example"


def test_a_second_try_is_the_same_to_the_last_byte_also_with_files(
    town: object, app: object
) -> None:
    send(answered_case(), ANSWER, files=with_files("k" * 20))
    (mail,) = mails("answer")
    mail_id, message_id = mail.id, mail.message_id

    def row() -> OutboxMessage:
        return db.session.get_one(OutboxMessage, mail_id, populate_existing=True)

    with FaultySmtp("drop_before_250") as server:  # it keeps the mail and says nothing
        work = worker_for(server)
        assert work.deliver_next()
        server.mode = "ok"
        with as_of(row().next_try_at):
            assert work.deliver_next()
    first, second = server.by_id()[message_id]
    assert first == second
    assert row().state == "sent"
    assert len(first) > sum(len(content) for content in FILES.values())
