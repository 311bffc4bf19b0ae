"""Known words are taken out of texts, however they are written, and nothing else is."""

from __future__ import annotations

import pytest

from domain.masking import MASK, masker

HIDDEN = masker(["Berit Ek", "070-123 45 67", "berit@example.org", "Storgatan 1", "Bo", ""])


@pytest.mark.parametrize(
    "written",
    [
        "Berit Ek",
        "BERIT EK",
        "Berit\nEk",
        "Berit&nbsp;Ek",
        "<strong>Berit</strong> Ek".replace("<strong>", "").replace("</strong>", "<br>"),
        "070-123 45 67",
        "0701234567",
        "070 123 4567",
        "+46 70-123 45 67",
        "+46701234567",
        "0046701234567",
        "Berit@Example.org",
        "storgatan  1",
    ],
)
def test_however_it_is_written(written):
    assert HIDDEN(f"Hej {written}, tack!") == f"Hej {MASK}, tack!"


@pytest.mark.parametrize("text", ["Berits Ekar", "Storgatan 12", "Boendet", "1070-123 45 678", ""])
def test_other_words_stay(text):
    assert HIDDEN(text) == text


def test_signs_that_html_writes_otherwise_are_found():
    assert (
        masker(["Ek & Alm AB"])("från Ek &amp; Alm AB och Ek & Alm AB") == f"från {MASK} och {MASK}"
    )


def test_an_address_that_looks_like_a_pattern_is_a_word():
    assert masker(["a.b(c)*+?"])("xa.b(c)*+? a.b(c)*+?!") == f"xa.b(c)*+? {MASK}!"


def test_without_words_nothing_changes():
    assert masker(["", "  "])("Berit Ek") == "Berit Ek"
