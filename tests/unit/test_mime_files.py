"""Files in a mail: their names, types and bytes, whatever they are called and hold."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

import fast_mail_parser
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.file_names import display_name
from gateways.mime import build_bytes
from tests.unit.test_mime import Mail


@dataclass(frozen=True)
class File:
    filename: str = "plan.pdf"
    content_type: str = "application/pdf"
    content: bytes = b"%PDF-1.7"


def parsed(*files: File) -> EmailMessage:
    message = message_from_bytes(build_bytes(Mail(), files), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_mail_with_files_is_mixed_and_keeps_both_forms_of_its_text() -> None:
    kinds = [part.get_content_type() for part in parsed(File()).walk()]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip
    assert "<p>Hej Åsa!</p>" in parsed(File()).get_body(("html",)).get_content()


def test_without_files_the_bytes_are_as_they_always_were() -> None:
    assert build_bytes(Mail(), []) == build_bytes(Mail())


def test_the_same_files_make_the_same_bytes() -> None:
    files = [File("Åtgärd.pdf", content=bytes(range(256)) * 9), File("b.txt", "text/plain", b"b")]
    assert build_bytes(Mail(), files) == build_bytes(Mail(), files)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("plan.pdf", "plan.pdf"),
        ("Åtgärd och plan.pdf", "Atgard och plan.pdf"),
        ("Ritning (3).pdf", "Ritning (3).pdf"),
        ("日本.pdf", "fil.pdf"),
        ("å" * 140 + ".pdf", "a" * 40 + ".pdf"),
    ],
)
def test_a_name_comes_whole_and_once_more_in_plain_letters(name: str, plain: str) -> None:
    (part,) = parsed(File(name)).iter_attachments()
    assert part.get_filename() == name
    assert part["Content-Type"].params["name"] == plain
    assert [part[key].defects for key in part] == [()] * len(part.keys())


@pytest.mark.parametrize(
    ("given", "content", "sent"),
    [
        ("application/pdf", b"x", "application/pdf"),
        ("text/plain", "å".encode(), 'text/plain; charset="utf-8"'),
        ("text/plain", b"\xe5", 'text/plain; charset="windows-1252"'),
        ("message/rfc822", b"From: a\n\nhej", "application/octet-stream"),
        ("multipart/mixed", b"x", "application/octet-stream"),
        ("a/b\r\nX-Evil: 1", b"x", "application/octet-stream"),
        ("", b"x", "application/octet-stream"),
    ],
)
def test_a_type_that_bytes_in_base64_may_not_have_is_not_claimed(
    given: str, content: bytes, sent: str
) -> None:
    (part,) = parsed(File("a.bin", given, content)).iter_attachments()
    assert str(part["Content-Type"]).startswith(f'{sent}; name="a.bin"')
    assert part.get_payload(decode=True) == content


@example("00000000000¡¡¡¡¡", b"")  # a letter that a piece would end in the middle of
@given(st.text(max_size=200), st.binary(max_size=2000))
def test_any_name_and_any_bytes_come_out_as_they_went_in(name: str, content: bytes) -> None:
    raw = build_bytes(Mail(), [File(name, content=content)])
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(len(line) for line in raw.split(b"\r\n")) < 200
    (part,) = message_from_bytes(raw, policy=policy.default).iter_attachments()  # type: ignore[attr-defined]
    (other,) = fast_mail_parser.parse_email(raw).attachments
    assert part.get_filename() == other.filename == display_name(name)
    assert part.get_payload(decode=True) == other.content == content
