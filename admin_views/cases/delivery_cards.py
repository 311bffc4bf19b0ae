"""What a card says of its mail's way to the recipient, and what to do when it did not arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from flask import url_for
from flask_babel import gettext as _

from admin_views.cases.event_actions import Action, Subject
from domain.addresses import masked_address
from domain.dates import day_and_time
from domain.events import may_use
from domain.layout import EventTemplateItem
from domain.permissions import Permission, can
from models import OutboxMessage
from queries.configuration import configuration
from services.case_facts import event_facts
from services.retrying import may_retry

UNEVENTFUL = timedelta(minutes=5)
"""A mail that left within this time, at its first try, has nothing to tell."""


def mail_note(of: Subject) -> str:
    """State, tries, when the last one was and the next will be, and why, in sentences."""
    mail = of.mail
    if mail is None or of.event.state == "voided":
        return ""
    if of.event.state == "failed":
        return " ".join((_failed(of, mail), _what_to_do()))
    if mail.state == "sent":
        return _sent(mail)
    if mail.attempts == 0:
        return ""
    if mail.state == "sending":
        return _("Försök %(count)s pågår.", count=mail.attempts)
    return _waiting(of, mail)


def _failed(of: Subject, mail: OutboxMessage) -> str:
    if mail.bounced_at is not None:
        came = _("Mejlet skickades, men kom tillbaka %(day)s.", day=day_and_time(mail.bounced_at))
    elif mail.attempts == 1:
        came = _("Meddelandet kom inte fram.")
    else:
        came = _("Meddelandet kom inte fram efter %(count)s försök.", count=mail.attempts)
    if mail.bounced_at is None and mail.tried_at is not None:
        came += " " + _("Senaste försöket: %(day)s.", day=day_and_time(mail.tried_at))
    reason = _reason(of, mail)
    return f"{came} {_('Orsak: %(reason)s', reason=reason)}" if reason else came


def _what_to_do() -> str:
    return _("Kontrollera adressen, eller ring eller skriv ett brev.")


def _waiting(of: Subject, mail: OutboxMessage) -> str:
    parts = [
        _("%(count)s försök hittills.", count=mail.attempts),
        _("Senaste försöket: %(day)s.", day=day_and_time(mail.tried_at)) if mail.tried_at else "",
        _("Nästa försök: %(day)s.", day=day_and_time(mail.next_try_at)),
    ]
    if reason := _reason(of, mail):
        parts.append(_("Orsak: %(reason)s", reason=reason))
    return " ".join(part for part in parts if part)


def _sent(mail: OutboxMessage) -> str:
    """Nothing when it simply went."""
    if mail.sent_at is None or (mail.attempts < 2 and mail.sent_at - mail.created_at < UNEVENTFUL):
        return ""
    day = day_and_time(mail.sent_at)
    if mail.attempts < 2:
        return _("Skickat %(day)s.", day=day)
    return _("Skickat %(day)s, vid försök %(count)s.", day=day, count=mail.attempts)


def _reason(of: Subject, mail: OutboxMessage) -> str:
    """A whole sentence. Servers repeat the address: masked for those who do not see addresses."""
    reason, address = mail.last_error.strip(), mail.recipient_email
    if not can(of.actor, Permission.CASE_VIEW_SUBMITTER, of.case):
        reason = reason.replace(address, masked_address(address))
    return reason if not reason or reason.endswith((".", "!", "?")) else f"{reason}."


def delivery_actions(of: Subject) -> list[Action]:
    """The buttons after a failure, the most likely help first."""
    if of.event.state != "failed" or of.mail is None:
        return []
    return [action for make in MAKERS if (action := make(of)) is not None]


def _again(of: Subject) -> Action | None:
    if not may_retry(of.actor, of.case, of.event):
        return None
    url = of.url("case_delivery.retry")
    return Action(_("Försök igen"), url, method="post", style="success", icon="arrow-clockwise")


def _elsewhere(of: Subject) -> Action | None:
    item = _usable(of, lambda item: item.id == of.event.template_id)
    label = _("Ändra adress och skicka igen")
    return Action(label, _compose(of, item), icon="pencil") if item else None


def _letter(of: Subject) -> Action | None:
    item = _usable(of, lambda item: _is_letter_for(of, item))
    label = _("Skriv brev i stället")
    return Action(label, _compose(of, item), icon="file-earmark-text") if item else None


def _is_letter_for(of: Subject, item: EventTemplateItem) -> bool:
    return item.kind == "letter" and item.purpose == of.event.purpose


def _usable(of: Subject, fits: Callable[[EventTemplateItem], bool]) -> EventTemplateItem | None:
    """The first template that fits and that this person may use on the case now."""
    layout = configuration().case_type(of.case.case_type_id)
    if layout is None:
        return None
    found = next((item for item in layout.event_templates if fits(item)), None)
    if found is None or not may_use(found, event_facts(of.case, layout), of.actor):
        return None
    return found


def _compose(of: Subject, item: EventTemplateItem) -> str:
    return url_for("case_events.compose", case_id=of.case.id, template=item.key)


MAKERS = (_again, _elsewhere, _letter)
