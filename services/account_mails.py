"""Mails to a person that are about no case: a link to a password, a reset factor, a report."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from config import ROOT
from domain.addresses import usable_address
from domain.mails import ACCOUNT_PRIORITY
from domain.template_language import render_html, render_subject, render_text
from extensions import current_settings
from models import OutboxMessage, User
from queries.configuration import configuration
from services.link_seals import seal_password_link
from services.outbox import queue_mail

Context = dict[str, dict[str, str]]
EMAILS = ROOT / "templates" / "emails"


def mail_link(user: User, purpose: str, address: str, nonce: str) -> OutboxMessage | None:
    """Send a one-time link to its person. `purpose`: invitation or password_reset."""
    return _queue(user, purpose, {"lank": {"losenord": address}}, nonce)


def mail_factor_reset(user: User) -> OutboxMessage | None:
    """Tell a person that an administrator took away the second factor."""
    return _queue(user, "factor_reset", {})


def queue_notice(user: User, purpose: str, extra: Context) -> OutboxMessage | None:
    """Send the mail `purpose` to a person. None without an address that mail can reach."""
    return _queue(user, purpose, extra)


def rendered(user: User, purpose: str, extra: Context) -> tuple[str, str, str]:
    """(subject, text, HTML) of a mail about an account."""
    context = {
        "kommun": {"namn": configuration().municipality.get("name", "")},
        "mottagare": {"namn": user.name, "anvandarnamn": user.username},
        "lank": {"inloggning": f"{current_settings().base_url}/login"},
    }
    for name, details in extra.items():
        context[name] = {**context.get(name, {}), **details}
    body = _text(purpose, "body")
    return (
        render_subject(_text(purpose, "subject"), context),
        render_text(body, context),
        render_html(body, context),
    )


def _queue(user: User, purpose: str, extra: Context, nonce: str = "") -> OutboxMessage | None:
    """None for somebody without an address that mail can reach."""
    address, sender = usable_address(user.email), _sender_address()
    if not (address and sender):
        return None
    subject, text, html = rendered(user, purpose, extra)
    message = queue_mail(
        purpose=purpose,
        recipient_email=address,
        recipient_name=user.name,
        sender_name=configuration().municipality.get("name", ""),
        sender_email=sender,
        subject=subject,
        text=text,
        html=html,
        priority=ACCOUNT_PRIORITY,
    )
    if nonce:
        message.text = seal_password_link(message.text, nonce)
        message.html = seal_password_link(message.html, nonce)
    return message


def _sender_address() -> str:
    """The function address of the first case type that has one, else noreply at our own host."""
    host = urlsplit(current_settings().base_url).hostname
    known = [kind.sender_email for kind in configuration().case_types]
    usable = (usable_address(address) for address in [*known, f"noreply@{host}"])
    return next((address for address in usable if address), "")


@lru_cache(maxsize=16)
def _text(purpose: str, part: str) -> str:
    return (EMAILS / purpose / f"{part}.txt").read_text(encoding="utf-8")
