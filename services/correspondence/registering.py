"""Registering an event: a mail that is queued with it, or a note, meeting or call."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from domain.errors import RuleBroken
from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.permissions import Actor
from domain.richtext import html_to_text
from domain.text import _
from models import Attachment, Case, Event
from services import audit
from services.correspondence.drafting import Draft, check_body, check_use, keeps_another_text
from services.correspondence.effects import ANSWERS, apply_effects
from services.correspondence.files import ChosenFiles, attach_chosen
from services.correspondence.mailing import outgoing
from services.events import add_event
from services.link_seals import hide_links, show_link
from services.once import claim_key
from services.outbox import queue_mail
from services.secret_links import current_link
from services.text_context import is_sensitive

ANSWER_PRIORITY, OTHER_PRIORITY = 1, 3
"""Answers overtake everything else in the outbox (G04)."""


def send_email(
    case: Case,
    layout: CaseTypeLayout,
    template: EventTemplateItem,
    mail: Draft,
    *,
    confirmed_other: bool,
    key: str,
    actor: Actor,
    files: ChosenFiles | None = None,
) -> Event | None:
    """Register the mail as an event and queue it, with its files and the template's effects.

    None when `key` was carried out before. Raises NotAllowed or RuleBroken. A recipient other
    than the stored one must be confirmed (T42), and both are recorded.
    """
    check_use(case, layout, template, actor)
    check_body(mail.body)
    kept = _kept_body(case, template, mail)
    if mail.goes_elsewhere and not confirmed_other:
        raise RuleBroken(
            _("Adressen är inte den som synpunktslämnaren har lämnat. Kryssa i att det är rätt."),
            field="confirm_recipient",
        )
    if not claim_key(key, case.id):
        return None
    event = _mail_event(case, template, mail, kept, actor)
    attached = attach_chosen(files, case, event, actor=actor) if files else []
    _queue(case, layout, template, mail, event, attached)
    if mail.goes_elsewhere:
        _record_other_recipient(case, mail, event, actor)
    apply_effects(case, layout, template, event, actor)
    return event


def register_event(
    case: Case,
    layout: CaseTypeLayout,
    template: EventTemplateItem,
    made: Draft,
    *,
    happened_at: datetime,
    key: str,
    actor: Actor,
    files: ChosenFiles | None = None,
) -> Event | None:
    """Register a note, meeting, call or mail kept by hand (manual S22). None on a repeated key."""
    check_use(case, layout, template, actor)
    check_body(made.body)
    if not claim_key(key, case.id):
        return None
    event = add_event(
        case,
        kind=template.event_kind,
        purpose=template.purpose,
        template=template,
        title=made.title,
        body=made.body,
        sender=made.sender,
        recipient=made.recipient_name,
        happened_at=happened_at,
        actor=actor,
    )
    if files:
        attach_chosen(files, case, event, actor=actor)
    apply_effects(case, layout, template, event, actor)
    return event


def _mail_event(
    case: Case, template: EventTemplateItem, mail: Draft, body: str, actor: Actor
) -> Event:
    return add_event(
        case,
        kind=template.event_kind,
        purpose=template.purpose,
        state="queued",
        template=template,
        title=mail.title,
        body=body,
        sender=mail.sender[:320],
        recipient=mail.recipient[:320],
        actor=actor,
    )


def _kept_body(case: Case, template: EventTemplateItem, mail: Draft) -> str:
    """What the event keeps, and the reply page shows.

    The mail of a sensitive case is only a notice; the answer itself is read on the reply page.
    """
    if keeps_another_text(case, template):
        check_body(mail.kept_body, field="answer")
        return mail.kept_body
    if template.purpose in ANSWERS and is_sensitive(case):
        return case.answer
    return hide_links(mail.body, case.id)


def _queue(
    case: Case,
    layout: CaseTypeLayout,
    template: EventTemplateItem,
    mail: Draft,
    event: Event,
    attached: Sequence[Attachment],
) -> None:
    leaving = outgoing(case, template, mail, attached)
    html = show_link(leaving.html, current_link(case))
    queue_mail(
        purpose=template.purpose,
        recipient_email=mail.recipient_email,
        recipient_name="" if mail.goes_elsewhere else mail.recipient_name,
        sender_name=mail.sender_name or layout.sender_name,
        sender_email=layout.sender_email,
        subject=mail.title,
        text=html_to_text(html),
        html=html,
        case_id=case.id,
        event_id=event.id,
        priority=ANSWER_PRIORITY if template.purpose in ANSWERS else OTHER_PRIORITY,
        files=leaving.files,
    )


def _record_other_recipient(case: Case, mail: Draft, event: Event, actor: Actor) -> None:
    audit.record(
        actor,
        "event.other-recipient",
        case_id=case.id,
        subject=f"event {event.number}",
        old=mail.stored_email,
        new=mail.recipient_email,
    )
