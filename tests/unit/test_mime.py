"""The bytes of a mail: complete, and the same whenever and wherever they are built (D6)."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateways.mime import build_bytes


@dataclass(frozen=True)
class Mail:
    purpose: str = "answer"
    message_id: str = "<1@hjo.example>"
    created_at: datetime = datetime(2026, 11, 22, 14, 24, tzinfo=UTC)
    sender_name: str = "Södertälje kommun"
    sender_email: str = "synpunkten@hjo.example"
    recipient_name: str = "Åsa Öström"
    recipient_email: str = "asa@example.org"
    subject: str = "Svar på din synpunkt"
    text: str = "Hej Åsa!\n.\nFrom nu on\n" + "långt " * 400
    html: str = "<p>Hej Åsa!</p>"


def test_a_mail_has_both_forms_and_exactly_these_headers() -> None:
    parsed = message_from_bytes(build_bytes(Mail()), policy=policy.default)
    assert dict(parsed.items()) == {
        "From": "Södertälje kommun <synpunkten@hjo.example>",
        "To": "Åsa Öström <asa@example.org>",
        "Subject": "Svar på din synpunkt",
        "Date": "Sun, 22 Nov 2026 14:24:00 +0000",
        "Message-ID": "<1@hjo.example>",
        "MIME-Version": "1.0",
        "Content-Type": parsed["Content-Type"],
    }
    text, html = parsed.get_body(("plain",)), parsed.get_body(("html",))
    assert text.get_content().replace("\r\n", "\n") == Mail().text + "\n"
    assert "<p>Hej Åsa!</p>" in html.get_content()
    assert "<title>Svar på din synpunkt</title>" in html.get_content()
    assert parsed.get_content_type() == "multipart/alternative"


def test_lines_are_short_ascii_and_end_with_crlf() -> None:
    raw = build_bytes(Mail())
    assert raw.isascii()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 78
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(("purpose", "expected"), [("receipt", "auto-generated"), ("answer", None)])
def test_only_mails_that_nobody_wrote_are_marked_automatic(
    purpose: str, expected: str | None
) -> None:
    parsed = message_from_bytes(build_bytes(replace(Mail(), purpose=purpose)))
    assert parsed["Auto-Submitted"] == expected
    assert parsed["Reply-To"] is None


def test_without_html_a_mail_is_plain_text() -> None:
    parsed = message_from_bytes(build_bytes(replace(Mail(), html="")), policy=policy.default)
    assert parsed.get_content_type() == "text/plain"


def test_another_process_builds_the_same_bytes() -> None:
    code = (
        "import sys, flask_mail\n"  # it changes the email package's table of charsets
        "from tests.unit.test_mime import Mail\n"
        "from gateways.mime import build_bytes\n"
        "sys.stdout.buffer.write(build_bytes(Mail()))\n"
    )
    for seed in ("1", "2"):
        other = subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ".", "TZ": "Asia/Tokyo"},
            check=True,
            capture_output=True,
        )
        assert other.stdout == build_bytes(Mail())


@pytest.mark.parametrize("address", ["a@x.se\r\nBcc: b@x.se", "a b@x.se", "a", "å@x.se", ""])
def test_an_address_that_is_not_one_word_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match="address"):
        build_bytes(replace(Mail(), recipient_email=address))


@given(st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=400))
def test_any_subject_comes_back_as_it_was(subject: str) -> None:
    parsed = message_from_bytes(
        build_bytes(replace(Mail(), subject=subject)), policy=policy.default
    )
    assert " ".join(str(parsed["Subject"]).split()) == " ".join(subject.split())
