"""Bounces as facts: final failures of one mail, and nothing else that a mailbox may hold (F23)."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.bounces import LONGEST_REASON, parse_bounce
from tests.support.bounces import HEADERS, automatic_reply, bounce, without_return

ID = "<0123456789abcdef@hjo.example>"


def test_a_final_failure_names_the_mail_the_recipient_and_the_reason() -> None:
    found = parse_bounce(bounce(ID))
    assert found is not None
    (failure,) = found.failures
    assert found.message_ids == {ID}
    assert failure.recipients == {"berit@example.org"}
    assert failure.reason == "550 5.1.1 <berit@example.org>: Recipient address rejected"


@pytest.mark.parametrize(
    "raw",
    [
        bounce(ID, returned=HEADERS),
        without_return(ID),
        without_return(ID, "References"),
        bounce(ID).replace(b"\r\n", b"\n"),
        bounce(ID).replace(b"Message-ID:", b"Message-Id:"),
        bounce(ID, action="Failed", status="5.0.0 (undefined status)"),
        bounce(ID).replace(b"message/delivery-status", b"message/global-delivery-status"),
    ],
    ids=["headers", "in-reply-to", "references", "lf", "case", "comment", "utf8"],
)
def test_every_usual_way_of_naming_the_mail_is_understood(raw: bytes) -> None:
    found = parse_bounce(raw)
    assert found is not None
    assert found.message_ids == {ID}
    assert "berit@example.org" in found.failures[0].recipients


def test_an_alias_is_found_under_the_address_that_we_wrote_to() -> None:
    found = parse_bounce(bounce(ID, final="b.ek@inside.example", original="Berit@Example.org"))
    assert found is not None
    assert found.failures[0].recipients == {"b.ek@inside.example", "berit@example.org"}


@pytest.mark.parametrize(
    "raw",
    [
        bounce(ID, action="delayed", status="4.4.1"),
        bounce(ID, action="failed", status="4.4.7"),
        bounce(ID, action="delivered", status="2.0.0"),
        bounce(ID, action="relayed", status="5.1.1"),
        bounce(ID, status="5"),
        bounce(ID, status="5.1.1111"),
        bounce(ID, status=""),
        bounce(ID, report="disposition-notification"),
        bounce(ID).replace(b"multipart/report", b"multipart/mixed"),
        bounce("inget id"),
        bounce(ID, final="").replace(b"rfc822; ", b""),
        b"Content-Type: message/rfc822\r\n\r\n" + bounce(ID),
        automatic_reply(ID),
        b"Subject: Vinn en resa\r\n\r\nKlicka\r\n",
        b"",
        b"\xff\xfe\x00" * 50,
    ],
)  # fmt: skip
def test_everything_else_is_no_bounce(raw: bytes) -> None:
    assert parse_bounce(raw) is None


def test_a_reason_is_one_line_of_a_bounded_length() -> None:
    said = "550 a\x07b\r\n c\u2028" + "x" * 3000
    found = parse_bounce(bounce(ID, said=said))
    assert found is not None
    reason = found.failures[0].reason
    assert len(reason) <= LONGEST_REASON
    assert reason.isprintable()


def test_a_long_returned_mail_may_be_cut_anywhere_behind_its_headers() -> None:
    raw = bounce(ID)
    end = raw.index(b"Hej Berit!")
    for cut in range(end, len(raw)):
        assert parse_bounce(raw[:cut]) == parse_bounce(raw)


def test_no_bytes_make_it_fail() -> None:
    """Whole parts of a report torn out, doubled, and overwritten with noise, many times."""
    rng = random.Random(20261122)
    good = bounce(ID, original="berit@example.org")
    for _number in range(1500):
        raw = bytearray(good)
        for _change in range(rng.randint(1, 12)):
            start = rng.randrange(len(raw))
            end = start + rng.randint(0, 40)
            raw[start:end] = rng.choice([b"", raw[start:end] * 2, rng.randbytes(end - start)])
        parse_bounce(bytes(raw))


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_no_status_part_makes_it_fail(status: bytes) -> None:
    head, _, tail = bounce(ID).partition(b"Reporting-MTA")
    parse_bounce(head + status + b"\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\n" + tail)


def test_boxes_in_boxes_do_not_make_it_fail() -> None:
    box = b"Content-Type: multipart/report; report-type=delivery-status; boundary=b%d\r\n\r\n"
    deep = b"".join((box + b"--b%d\r\n") % (n, n) for n in range(3000))
    assert parse_bounce(deep) is None
