"""File names as they are shown and sent (threat T33)."""

from __future__ import annotations

import pytest

from domain.file_names import MAX_LENGTH, display_name


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("svar.pdf", "svar.pdf"),
        ("Åsas bilder på ön.JPG", "Åsas bilder på ön.JPG"),
        ("A\u030asa.pdf", "Åsa.pdf"),
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\system32.pdf", "system32.pdf"),
        ("C:\\Users\\Anna\\brev.docx", "brev.docx"),
        ("/etc/cron.d/x.txt", "x.txt"),
        ("a\r\nSet-Cookie: x=1.pdf", "a Set-Cookie_ x=1.pdf"),
        ("faktura\u202efdp.exe", "fakturafdp.exe"),
        ("\ufeffbrev.pdf", "brev.pdf"),
        ("tab\tb\x00c.pdf", "tab b c.pdf"),
        ('citat"tecken.pdf', "citat_tecken.pdf"),
        ("a<b>c|d?e*f.pdf", "a_b_c_d_e_f.pdf"),
        ("con.txt", "_con.txt"),
        ("LPT1.pdf", "_LPT1.pdf"),
        ("contrakt.pdf", "contrakt.pdf"),
        ("  .brev.pdf. ", "brev.pdf"),
        ("brev .pdf", "brev.pdf"),
        ("brev 100 %.pdf", "brev 100 %.pdf"),
        ("", "fil"),
        ("...", "fil"),
        ("/", "fil"),
        ("\u202e", "fil"),
        ("semi;kolon.pdf", "semi;kolon.pdf"),
    ],
)
def test_a_name_is_shown_without_what_could_mislead(raw: str, shown: str) -> None:
    assert display_name(raw) == shown


def test_a_long_name_is_cut_before_its_ending() -> None:
    name = display_name("å" * 255 + ".docx")

    assert name == "å" * (MAX_LENGTH - 5) + ".docx"
