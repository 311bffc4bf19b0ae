"""The Swedish titles of the groups of names that texts may use (domain/template_names.py)."""

from __future__ import annotations

from domain.text import _

NAME_TITLES: dict[str, str] = {
    "kommun": _("Kommunen"),
    "arende": _("Ärendet"),
    "lamnare": _("Synpunktslämnaren"),
    "handlaggare": _("Den ansvariga handläggaren"),
    "avsandare": _("Den som skickar"),
    "mottagare": _("Mottagaren"),
    "lank": _("Länkar"),
    "dagar": _("Dagar till svaret"),
    "skal": _("Skälet till en refusering"),
    "svar2": _("Synpunktslämnarens svar-på-svar"),
    "part": _("Extern part"),
    "konfig": _("Löften i siffror"),
    "formular": _("Formuläret"),
    "bradska": _("När det är bråttom"),
    "paminnelser": _("Dagens påminnelser"),
    "mejl": _("Mejl som inte kom fram"),
}
