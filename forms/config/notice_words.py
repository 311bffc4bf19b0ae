"""The notices to staff as Min sida offers them, and why some cannot be switched off."""

from __future__ import annotations

from domain.mails import MUTABLE_NOTICES
from domain.text import _

NOTICES: dict[str, str] = {
    "informed": _("någon vill att jag känner till ett ärende"),
    "new_case": _("en ny synpunkt har kommit in"),
    "mail_failed": _("ett mejl i mina ärenden inte kom fram"),
}

ALWAYS: dict[str, tuple[str, str]] = {
    "assigned": (
        _("jag blir ansvarig för ett ärende"),
        _("Tiden för att bekräfta och svara börjar räknas."),
    ),
    "assistant": (
        _("jag blir biträdande utredare"),
        _("Den ansvariga räknar med hjälpen."),
    ),
    "all_ready": (
        _("alla biträdande utredare är klara i ett av mina ärenden"),
        _("Nu är det jag som för ärendet vidare."),
    ),
    "recused": (
        _("någon annan tar över ett av mina ärenden på grund av jäv"),
        _("Jag ska inte arbeta mer med ärendet."),
    ),
    "reply_received": (
        _("en synpunktslämnare skriver i ett av mina ärenden"),
        _("Synpunktslämnaren väntar på svar."),
    ),
    "reminder_due": (
        _("sista dagen att svara närmar sig eller har passerat"),
        _("Kommunen har lovat svar i tid. Nedan kan du samla påminnelserna i ett mejl per dag."),
    ),
}
"""Notice → (when it comes, why it always does)."""

assert tuple(NOTICES) == MUTABLE_NOTICES
