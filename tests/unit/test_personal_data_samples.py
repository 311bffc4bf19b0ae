"""Samples of personal data as people write it in a synpunkt: at least 95 of 100 are warned for."""

from __future__ import annotations

import pytest

from domain.personal_data import personal_data

pytestmark = pytest.mark.row("H24")
NUMBERS = (
    "811228-9874", "19811228-9874", "8112289874", "198112289874", "811228+9874", "811228 9874",
    "19811228 9874", "811228–9874", "640823-3234", "19640823-3234", "6408233234", "196408233234",
    "701063-2391", "19701063-2391", "7010632391",
)  # fmt: skip
PHONES = (
    "+46 73-123 45 67", "+46731234567", "0731234567", "073-123 45 67", "073-1234567",
    "073 123 45 67", "0046 73 123 45 67", "+46 (0)73-123 45 67", "070-123 45 67", "0701 23 45 67",
    "076/123 45 67", "072.123.45.67", "0503-350 00", "(0503) 350 00", "08-12 34 56",
    "08-123 456 78", "031-368 00 00", "040 34 10 00", "0500-41 12 34", "+46 503 350 00",
    "tel:0731234567", "0503 350 00", "018-727 00 00", "073\u00a0123\u00a045\u00a067",
)  # fmt: skip
MAILS = (
    "berit@example.org", "berit.ek@example.co.uk", "BERIT.EK@EXAMPLE.ORG", "b_ek+hjo@mail.se",
    "<berit@example.org>", "mailto:berit@example.org", "åsa@exempel.se", "b-e@e-post.se",
)  # fmt: skip
STREETS = (
    "Storgatan 12", "Norra Storgatan 12 B", "Nils Dackes väg 3", "Stora gatan 5", "Hjovägen 3a",
    "Lilla torget 1", "Björkstigen 4", "Kungsallén 17", "Sjögränden 2", "Ringvägen 100C",
    "Kvarnbacken 9", "Åkerslingan 21",
)  # fmt: skip
PLATES = ("ABC 123", "ABC123", "MLB 84A", "XYZ 98T", "KLM 007", "JHG45R")
SAMPLES = (*NUMBERS, *PHONES, *MAILS, *STREETS, *PLATES)
FRAMES = ("{}", "Hej, jag nås på {}.", "Det gäller grannen ({}), som alltid parkerar fel.")


def test_at_least_95_of_100_are_found_wherever_they_stand():
    texts = [frame.format(sample) for sample in SAMPLES for frame in FRAMES]
    missed = [text for text in texts if not personal_data(text)]
    assert len(SAMPLES) >= 60
    assert len(missed) <= 0.05 * len(texts), missed


@pytest.mark.parametrize("must", ["811228-9874", "19811228-9874", "+46 73-123 45 67"])
def test_the_ones_that_are_always_meant_are_found_whole(must: str):
    assert [found.text for found in personal_data(f"Ring {must} i kväll.")] == [must]
