"""Addresses: what can be sent to, and what can never reach a header."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.addresses import masked_address, usable_address


@pytest.mark.parametrize(
    ("typed", "usable"),
    [
        (" anna@hjo.example ", "anna@hjo.example"),
        ("A.B+c@HJO.se", "A.B+c@hjo.se"),
        ("anna@åäö.se", "anna@xn--4cab6c.se"),
        ("anna@kommunen.local", "anna@kommunen.local"),
        ("root@localhost", "root@localhost"),
    ],
)
def test_an_address_is_written_as_it_goes_over_the_wire(typed: str, usable: str) -> None:
    assert usable_address(typed) == usable


@pytest.mark.parametrize(
    "typed",
    [
        "", "anna", "@hjo.se", "anna@", "åsa@hjo.se", "a@x.se, b@x.se", "a@x.se;b@x.se",
        "Anna <a@x.se>", "<a@x.se>", '"a b"@x.se', "a@x.se\r\nBcc: b@x.se", "a@x.se\nRCPT TO:<b@x>",
        "a@x.se\0", "a b@x.se", "a@x..se", f"a@{'x.' * 130}se", "a@[127.0.0.1]",
    ],
)  # fmt: skip
def test_anything_else_cannot_be_used(typed: str) -> None:
    assert usable_address(typed) == ""


@given(st.text())
def test_what_can_be_used_is_one_plain_word(typed: str) -> None:
    usable = usable_address(f"{typed}@hjo.se")
    assert usable.isascii()
    assert not set(usable) & set(' \r\n\t<>,;:"()[]\\\0')


def test_a_masked_address_keeps_only_the_domain() -> None:
    assert masked_address("anna.andersson@hjo.se") == "•••@hjo.se"
