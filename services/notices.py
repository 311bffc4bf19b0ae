"""The mails that the system writes by itself: the receipt, and notices to staff.

Who gets which is the mail matrix of the rights table; each person gets one, and nobody who is
inactive, has no address or wants none (Min sida). The texts are templates/emails/<purpose>/ in the
language of texts.
"""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from config import ROOT
from domain.addresses import usable_address
from domain.clock import local_date, local_today
from domain.errors import NotAllowed, RuleBroken
from domain.mails import MUTABLE_NOTICES, NOTICE_PRIORITY, RECEIPT_PRIORITY
from domain.permissions import SYSTEM, Actor, Permission, can
from domain.richtext import html_to_text, text_to_html
from domain.secret_links import IssuedLink
from domain.template_language import render_html, render_subject, render_text
from domain.text import _
from extensions import current_settings, db
from models import Case, Event, OutboxMessage, User
from queries.recipients import told_of_new_case
from queries.stand_ins import stand_ins_of
from services.events import add_event
from services.link_seals import hide_links
from services.once import claim_key
from services.outbox import queue_mail
from services.rate_limits import allowed
from services.secret_links import current_link
from services.text_context import Context, is_sensitive, text_context
from services.text_languages import abroad, citizen_language

EMAILS = ROOT / "templates" / "emails"
RECEIPT_TITLE = _("Synpunkt mottagen")
NEW_LINK_TITLE = _("Ny länk till svarssidan")
STAND_IN = "Till {reader}: du får det här mejlet som ersättare för {absent}."
CONFIRMED_A_DAY = 5
DAY = 24 * 3600


def send_receipt(case: Case, link: IssuedLink) -> Event | None:
    """Queue the receipt (kvittens) to the submitter and show it among the case's events.

    None when the submitter left no address that can be used.
    """
    return _tell_submitter(case, link, text="receipt", purpose="receipt", title=RECEIPT_TITLE)


def send_new_link(case: Case, *, key: str, actor: Actor) -> Event | None:
    """Mail the submitter the link as it is now (manual H17). None when `key` was carried out.

    The code goes along only where mails may say it. Raises NotAllowed, RuleBroken.
    """
    if not can(actor, Permission.CASE_REISSUE_LINK, case):
        raise NotAllowed
    if not usable_address(case.submitter.email):
        raise RuleBroken(_("Synpunktslämnaren har inte lämnat någon e-postadress."))
    if not claim_key(key, case.id):
        return None
    link = current_link(case)
    return _tell_submitter(
        case, link, text="new_link", purpose="other", title=NEW_LINK_TITLE, actor=actor
    )


def confirm_reply(case: Case, event: Event) -> None:
    """Tell the submitter by mail that a message has come in, a few times a day at most (S20).

    No event of the correspondence: the message itself is one. Who writes often reads it on the
    page, and nobody can use the page to fill somebody's mailbox.
    """
    address = usable_address(case.submitter.email)
    if not address or not allowed("reply receipts", str(case.id), CONFIRMED_A_DAY, DAY):
        return
    extra: Context = {"svar2": {"text": "", "inkom": local_date(event.happened_at)}}
    context = text_context(case, link=current_link(case), extra=extra)
    _queue(
        case, "reply_receipt", context, address, _name_of(case),
        priority=RECEIPT_PRIORITY, language=citizen_language(case),
    )  # fmt: skip


def _tell_submitter(
    case: Case,
    link: IssuedLink,
    *,
    text: str,
    purpose: str,
    title: str,
    actor: Actor = SYSTEM,
) -> Event | None:
    """Queue one of our texts to the submitter, as an event. None without an address."""
    address = usable_address(case.submitter.email)
    if not address:
        return None
    language = citizen_language(case)
    context = text_context(case, link=link)
    html = render_html(_text(text, "body", language), abroad(context, language))
    name, email = sender_of(case)
    who = _name_of(case)
    event = add_event(
        case,
        kind="sent_email",
        purpose=purpose,
        state="queued",
        title=title,
        body=hide_links(html, case.id),
        sender=f"{name} ({email})" if name else email,
        recipient=f"{who} ({address})" if who else address,
        actor=actor,
    )
    _queue(
        case, text, context, address, who,
        event_id=event.id, priority=RECEIPT_PRIORITY, language=language,
    )  # fmt: skip
    return event


def _name_of(case: Case) -> str:
    """The name beside the address of a mail: none of somebody with protected personal data."""
    return "" if case.has_protected_submitter else case.submitter.name


def notify_registrars(case: Case) -> None:
    """Tell the registrars of the process, and the overarching of this very node, of a new case."""
    known = {case.created_by_id, case.responsible_id}
    found = [person for person in told_of_new_case(case) if person.id not in known]
    _notify(case, "new_case", *found)


def notify_responsible(case: Case, *, actor: Actor) -> None:
    """Tell the responsible that the case is theirs (manual H02, S08)."""
    _notify(case, "assigned", _responsible(case), actor=actor)


def notify_assistant(case: Case, user: User, *, actor: Actor) -> None:
    """Tell a newly appointed assistant (manual S08)."""
    _notify(case, "assistant", user, actor=actor)


def notify_informed(case: Case, user: User, *, actor: Actor) -> None:
    """Tell somebody who is only to know of the case (manual S14)."""
    _notify(case, "informed", user, actor=actor)


def notify_recused(case: Case, former: User, *, actor: Actor) -> None:
    """Tell the former responsible that somebody else has the case, because of jäv."""
    _notify(case, "recused", former, actor=actor)


def notify_all_ready(case: Case, *, actor: Actor) -> None:
    """Tell the responsible that every assistant has marked the investigation ready (S28)."""
    _notify(case, "all_ready", _responsible(case), actor=actor)


def notify_reply(case: Case, event: Event) -> None:
    """Tell the responsible what the submitter wrote on the reply page (manual S20)."""
    text = "" if is_sensitive(case) else html_to_text(event.body)
    reply = {"text": text, "inkom": local_date(event.happened_at)}
    _notify(case, "reply_received", _responsible(case), extra={"svar2": reply})


def notify_mail_failed(message: OutboxMessage) -> None:
    """Tell the responsible that a mail of the case's correspondence will not arrive (F17).

    Not about a notice: its failure would tell the same person in the same way, for ever.
    """
    case = db.session.get(Case, message.case_id) if message.case_id and message.event_id else None
    person = _responsible(case) if case else None
    if case is None or person is None or usable_address(person.email) == message.recipient_email:
        return
    failed = {
        "amne": message.subject,
        "mottagare": message.recipient_email,
        "fel": message.last_error,
    }
    _notify(case, "mail_failed", person, extra={"mejl": failed})


def sender_of(case: Case) -> tuple[str, str]:
    """(name, address) that mails of this case come from: the function address of its type."""
    kind = case.case_type
    host = urlsplit(current_settings().base_url).hostname
    own = usable_address(kind.sender_email) or usable_address(f"noreply@{host}")
    return kind.sender_name, own or "noreply@localhost"


def _responsible(case: Case) -> User | None:
    """By the id: the relation may still show who it was before this change."""
    return db.session.get(User, case.responsible_id) if case.responsible_id else None


def _is_muted(purpose: str, person: User) -> bool:
    """Whether the person does without such notices (Min sida). Some cannot be switched off."""
    return purpose in MUTABLE_NOTICES and purpose in person.muted_notices


def _notify(
    case: Case,
    purpose: str,
    *people: User | None,
    actor: Actor | None = None,
    extra: Context | None = None,
) -> None:
    """One mail to each of `people` and to whoever stands in for them today, none twice.

    A stand-in reads first for whom the mail is. `actor` is who did it: not told of it as stand-in.
    """
    wanting = [p for p in people if p and p.is_active and not _is_muted(purpose, p)]
    doubled = [(s, p) for p in wanting for s in stand_ins_of(p.id, local_today())]
    skipped = actor.id if actor else None
    instead = [(s, p) for s, p in doubled if s.id != skipped and not _is_muted(purpose, s)]
    told: set[str] = set()
    for reader, person in [*((p, p) for p in wanting), *instead]:
        address = usable_address(reader.email)
        if not address or address in told:
            continue
        told.add(address)
        names: Context = {"mottagare": {"namn": person.name}, **(extra or {})}
        if actor:
            names["avsandare"] = {"namn": actor.name}
        lead = "" if reader is person else STAND_IN.format(reader=reader.name, absent=person.name)
        context = text_context(case, extra=names)
        _queue(case, purpose, context, address, reader.name, lead=lead, priority=NOTICE_PRIORITY)


def _queue(
    case: Case,
    purpose: str,
    context: Context,
    address: str,
    name: str,
    *,
    priority: int,
    event_id: int | None = None,
    lead: str = "",
    language: str = "sv",
) -> None:
    """Queue one of our texts; `lead` is a plain sentence that stands above it."""
    sender_name, sender_email = sender_of(case)
    context = abroad(context, language)
    body = _text(purpose, "body", language)
    text, html = render_text(body, context), render_html(body, context)
    if lead:
        text, html = f"{lead}\n\n{text}", f"{text_to_html(lead)}{html}"
    queue_mail(
        purpose=purpose,
        recipient_email=address,
        recipient_name=name,
        sender_name=sender_name,
        sender_email=sender_email,
        subject=render_subject(_text(purpose, "subject", language), context),
        text=text,
        html=html,
        case_id=case.id,
        event_id=event_id,
        priority=priority,
    )


@lru_cache(maxsize=32)
def _text(purpose: str, part: str, language: str = "sv") -> str:
    tail = "" if language == "sv" else f".{language}"
    return (EMAILS / purpose / f"{part}{tail}.txt").read_text(encoding="utf-8")
