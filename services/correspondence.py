"""Using an event template: the prefilled draft, and registering what the person made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.clock import local_today
from domain.errors import NotAllowed, RuleBroken
from domain.events import may_use
from domain.layout import CaseTypeLayout, EventTemplateItem
from domain.meanings import Meaning
from domain.permissions import Actor
from domain.richtext import clean_html, html_to_text, is_blank_html
from domain.template_language import render_html, render_subject
from domain.text import _
from models import Case, Event, User
from services import audit
from services.case_facts import event_facts
from services.events import add_event
from services.link_seals import HIDDEN_CODE, HIDDEN_TOKEN, hide_links
from services.once import claim_key
from services.outbox import queue_mail
from services.secret_links import current_link
from services.text_context import is_sensitive, text_context

ANSWERS = ("answer", "answer_phone", "second_answer")
"""Purposes that carry an answer to the submitter."""

_RANK = {Meaning.STATUS_NEW: 0, Meaning.STATUS_ACKNOWLEDGED: 1, Meaning.STATUS_ANSWERED: 2}


@dataclass(frozen=True)
class Draft:
    """An event before it is registered. `body` is HTML; `stored_email` is the address on file."""

    sender: str
    recipient_name: str
    recipient_email: str
    title: str
    body: str
    stored_email: str = ""


def draft(
    case: Case, layout: CaseTypeLayout, template: EventTemplateItem, *, actor: Actor, user: User
) -> Draft:
    """The prefilled event. Raises NotAllowed with the reason when the template may not be used."""
    _check(case, layout, template, actor)
    name, email = _recipient(case, template)
    context = text_context(case, actor_user=user, link=current_link(case))
    is_mail = template.kind == "email"
    return Draft(
        sender=f"{layout.sender_name} ({layout.sender_email})" if is_mail else actor.name,
        recipient_name=name,
        recipient_email=email,
        title=render_subject(template.subject, context) if template.subject else template.label,
        body=hide_links(clean_html(render_html(template.body, context)), case.id),
        stored_email=email,
    )


def send_email(
    case: Case,
    layout: CaseTypeLayout,
    template: EventTemplateItem,
    mail: Draft,
    *,
    confirmed_other: bool,
    key: str,
    actor: Actor,
) -> Event | None:
    """Register the mail as an event and queue it, with the template's effects, in one transaction.

    None when `key` was carried out before. Raises NotAllowed or RuleBroken. A recipient other
    than the stored one must be confirmed (T42), and both are recorded.
    """
    _check(case, layout, template, actor)
    if is_blank_html(mail.body):
        raise RuleBroken(_("Skriv ett meddelande."), field="body")
    if mail.recipient_email.casefold() != mail.stored_email.casefold() and not confirmed_other:
        raise RuleBroken(
            _("Adressen är inte den som synpunktslämnaren har lämnat. Kryssa i att det är rätt."),
            field="confirm_recipient",
        )
    if not claim_key(key, case.id):
        return None
    same = mail.recipient_email.casefold() == mail.stored_email.casefold()
    name = mail.recipient_name if same else ""
    event = add_event(
        case,
        kind=template.event_kind,
        purpose=template.purpose,
        state="queued",
        template_id=template.id,
        title=mail.title,
        body=_kept_body(case, template, mail),
        sender=mail.sender,
        recipient=f"{name} ({mail.recipient_email})" if name else mail.recipient_email,
        actor=actor,
    )
    sent = _with_links(mail.body, case)
    queue_mail(
        purpose=template.purpose,
        recipient_email=mail.recipient_email,
        recipient_name=name,
        sender_name=layout.sender_name,
        sender_email=layout.sender_email,
        subject=mail.title,
        text=html_to_text(sent),
        html=sent,
        case_id=case.id,
        event_id=event.id,
        priority=1 if template.purpose in ANSWERS else 3,
    )
    if not same:
        audit.record(
            actor,
            "event.other-recipient",
            case_id=case.id,
            subject=f"event {event.number}",
            old=mail.stored_email,
            new=mail.recipient_email,
        )
    _apply_effects(case, layout, template, actor)
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
) -> Event | None:
    """Register a note, meeting, call or mail kept by hand (manual S22). None on a repeated key."""
    _check(case, layout, template, actor)
    if is_blank_html(made.body):
        raise RuleBroken(_("Skriv ett meddelande."), field="body")
    if not claim_key(key, case.id):
        return None
    event = add_event(
        case,
        kind=template.event_kind,
        purpose=template.purpose,
        template_id=template.id,
        title=made.title,
        body=made.body,
        sender=made.sender,
        recipient=made.recipient_name,
        happened_at=happened_at,
        actor=actor,
    )
    _apply_effects(case, layout, template, actor)
    return event


def _check(case: Case, layout: CaseTypeLayout, template: EventTemplateItem, actor: Actor) -> None:
    verdict = may_use(template, event_facts(case, layout), actor)
    if not verdict:
        raise NotAllowed(verdict.reason)


def _kept_body(case: Case, template: EventTemplateItem, mail: Draft) -> str:
    """What the event keeps, and the reply page shows.

    The mail of a sensitive case is only a notice; the answer itself is read on the reply page.
    """
    if template.purpose in ANSWERS and is_sensitive(case):
        return case.answer
    return hide_links(mail.body, case.id)


def _with_links(html: str, case: Case) -> str:
    """The text as the citizen gets it: staff write with the secret link and code hidden."""
    link = current_link(case)
    shown = html.replace(f"/svar/{HIDDEN_TOKEN}", f"/svar/{link.token}")
    return shown.replace(HIDDEN_CODE, link.code)


def _recipient(case: Case, template: EventTemplateItem) -> tuple[str, str]:
    """(name, e-mail address) that the template's rule gives."""
    if template.recipient == "responsible":
        person = case.responsible
        return (person.name, person.email) if person else ("", "")
    if template.recipient == "submitter":
        return case.submitter.name, case.submitter.email
    return "", ""


def _apply_effects(
    case: Case, layout: CaseTypeLayout, template: EventTemplateItem, actor: Actor
) -> None:
    """Status, confirmation and answer dates: set once, never moved backwards (H19, H20, G4)."""
    _advance_status(case, layout, template.status_meaning, actor)
    today = local_today()
    if template.marks_acknowledged and case.acknowledged_on is None:
        _set_date(case, "acknowledged_on", today, actor)
    if template.marks_answered and case.answered_on is None:
        _set_date(case, "answered_on", today, actor)
        if case.acknowledged_on is None:
            _set_date(case, "acknowledged_on", today, actor)
    if template.purpose in ANSWERS:
        case.has_new_reply = False


def _set_date(case: Case, field: str, value: object, actor: Actor) -> None:
    setattr(case, field, value)
    audit.record(actor, "case.edited", case_id=case.id, field=field, new=value)


def _advance_status(case: Case, layout: CaseTypeLayout, meaning: str, actor: Actor) -> None:
    choice = layout.choice_meaning(meaning, "status") if meaning else None
    if choice is None or choice.id == case.status_id:
        return
    now, then = layout.meaning_of(case.status_id), choice.meaning
    if now in _RANK and then in _RANK and _RANK[Meaning(now)] >= _RANK[Meaning(then)]:
        return
    old = layout.label_of(case.status_id)
    case.status_id = choice.id
    audit.record(actor, "case.edited", case_id=case.id, field="status", old=old, new=choice.label)
