"""The kinds of mail that leave: what each is for, who goes first, which ones nobody wrote."""

from __future__ import annotations

from domain.text import _

PURPOSES: dict[str, str] = {
    "answer": _("Svar"),
    "second_answer": _("Andra svar"),
    "confirmation": _("Bekräftelse"),
    "refusal": _("Refuserad synpunkt"),
    "transfer": _("Besked om överföring till annan process"),
    "reminder": _("Påminnelse"),
    "delay": _("Besked om försening"),
    "external": _("Till extern part"),
    "other": _("Annat mejl"),
    "receipt": _("Kvittens"),
    "reply_receipt": _("Kvittens på meddelande"),
    "new_link": _("Ny länk till svarssidan"),
    "assigned": _("Till ny ansvarig"),
    "assistant": _("Till biträdande utredare"),
    "all_ready": _("Alla biträdande är klara"),
    "informed": _("För kännedom"),
    "recused": _("Till tidigare ansvarig, jäv"),
    "new_case": _("Ny synpunkt"),
    "reply_received": _("Nytt svar från synpunktslämnaren"),
    "mail_failed": _("Besked om mejl som inte kom fram"),
    "reminder_due": _("Påminnelse om sista dagen"),
    "reminder_digest": _("Dagens påminnelser"),
    "invitation": _("Nytt konto"),
    "password_reset": _("Länk för att välja lösenord"),
    "factor_reset": _("Besked om tvåstegsinloggning"),
    "scheduled_report": _("Utskick av rapport"),
}
"""outbox_messages.purpose, and what people read for it."""

NOTICES = (
    "assigned", "assistant", "all_ready", "informed", "new_case", "reply_received", "mail_failed",
    "recused",
    "reminder_due", "reminder_digest",
)  # fmt: skip
"""To staff, about a case. Each has its texts in templates/emails/<purpose>/."""

MUTABLE_NOTICES = ("informed", "new_case", "mail_failed")
"""The notices that a person may do without. The manuals require the others (H02, S08, S20)."""

ACCOUNT_MAILS = ("invitation", "password_reset", "factor_reset")
"""To a person about the own account. Their texts lie beside those of the notices."""

WITHOUT_CASE = (*ACCOUNT_MAILS, "scheduled_report")
"""Mails about no case: their texts may name ACCOUNT_NAMES only."""

AUTOMATIC = (*NOTICES, *WITHOUT_CASE, "receipt", "reply_receipt")
"""Mails that no person sent: marked Auto-Submitted, so that no machine answers (RFC 3834)."""

STATES: dict[str, str] = {
    "queued": _("Väntar"),
    "sending": _("Skickas"),
    "sent": _("Skickat"),
    "failed": _("Kunde inte skickas"),
}

RECEIPT_PRIORITY = 5
NOTICE_PRIORITY = 4
ACCOUNT_PRIORITY = 1
"""Somebody sits and waits for the link."""
