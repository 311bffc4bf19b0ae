"""A made-up case: what texts are filled in with when no real case may be shown (decision D12)."""

from __future__ import annotations

from typing import Any

TITLE = "Trasig lampa vid gångvägen"
TEXT = (
    "Lampan vid gångvägen mellan skolan och busshållplatsen har varit trasig i två veckor. "
    "Det är mörkt när barnen går hem."
)
ANSWER = (
    "<div>Lampan är felanmäld till vår entreprenör och blir lagad i veckan.<br><br>"
    "Vi tar också med oss att gångvägen behöver fler lampor.</div>"
)
DELAY_REASON = "Vi väntade på besked från entreprenören."
DAYS_AGO = 3
"""When it came in."""

SUBMITTER = {
    "name": "Exempla Exempelsson",
    "address": "Exempelgatan 1",
    "postal": "123 45 Exempelstad",
    "phone": "070-000 00 00",
    "email": "exempla@example.org",
}

DETAILS: dict[str, dict[str, Any]] = {
    "arende": {
        "nummer": 1234,
        "enhet": "Gata och park",
        "namnd": "Samhällsbyggnadsnämnden",
        "typ": "Klagomål",
        "bilagor": 1,
    },
    "handlaggare": {
        "namn": "Hanna Handläggare",
        "titel": "Gatuingenjör",
        "enhet": "Gata och park",
        "telefon": "0123-45 67 89",
        "epost": "hanna.handlaggare@example.org",
    },
}
"""Details of domain/template_names.py that an invented case has no rows for."""

OCCASION: dict[str, dict[str, Any]] = {
    "svar2": {"text": "Tack för svaret! När blir den lagad?"},
    "part": {"namn": "Exempelbolaget AB", "adress": "Bolagsgatan 2\n123 45 Exempelstad"},
    "paminnelser": {"lista": "Ärende 4711: svara senast 7 december 2026."},
    "mejl": {
        "amne": "Svar på synpunkt",
        "mottagare": SUBMITTER["email"],
        "fel": "Adressen finns inte.",
    },
}
"""Names that are filled only on some occasions: they stand here whatever case is shown."""
