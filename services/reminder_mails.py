"""The two mails of reminders: one about one case, or one a day about all of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import or_, select, update

from config import ROOT
from domain.addresses import usable_address
from domain.dates import long_date
from domain.mails import NOTICE_PRIORITY
from domain.permissions import Permission, can
from domain.richtext import text_to_html
from domain.template_language import render_html, render_subject, render_text
from domain.workflow import owes_answer
from extensions import db
from models import Case, ReminderLine, User
from queries.configuration import configuration
from services.actors import actor_of
from services.notices import STAND_IN, sender_of
from services.outbox import queue_mail
from services.text_context import Context, case_address, text_context

EMAILS = ROOT / "templates" / "emails"
LINE = "Ärende {number}: svara senast {day}. {address}"


def send_reminder(case: Case, reader: User, person: User) -> None:
    """Queue the reminder to `reader`, who gets it as `person` or as the person's stand-in."""
    context = text_context(case, extra={"mottagare": {"namn": person.name}})
    lead = "" if reader is person else STAND_IN.format(reader=reader.name, absent=person.name)
    _queue("reminder_due", case, reader, context, lead=lead, case_id=case.id)


def send_digests(today: date) -> None:
    """Queue the mail of the day to everybody who has lines that wait and had none today."""
    waiting = select(ReminderLine.user_id).where(ReminderLine.sent_on.is_(None)).distinct()
    for user_id in sorted(db.session.scalars(waiting)):
        if _claim_day(user_id, today):
            _send_digest(db.session.get_one(User, user_id), today)


def _claim_day(user_id: int, today: date) -> bool:
    """Take the person's day for this transaction. False when another worker has it."""
    claimed = db.session.execute(
        update(User)
        .where(User.id == user_id, or_(User.reminded_on.is_(None), User.reminded_on < today))
        .values(reminded_on=today)
        .returning(User.id)
        .execution_options(synchronize_session=False)
    )
    return claimed.first() is not None


def _send_digest(user: User, today: date) -> None:
    """Only what still waits for an answer, and what the person may see now, is told."""
    lines = db.session.scalars(
        select(ReminderLine).where(ReminderLine.user_id == user.id, ReminderLine.sent_on.is_(None))
    )
    cases: dict[int, Case] = {}
    for line in lines:
        line.sent_on = today
        if user.is_active and _still_waits(line.case, user):
            cases[line.case_id] = line.case
    if not cases:
        return
    ordered = sorted(cases.values(), key=lambda case: (case.answer_by, case.id))
    extra: Context = {
        "mottagare": {"namn": user.name},
        "paminnelser": {"lista": "\n".join(_line(case) for case in ordered)},
    }
    _queue("reminder_digest", ordered[0], user, text_context(ordered[0], extra=extra))


def _still_waits(case: Case, user: User) -> bool:
    layout = configuration().case_type(case.case_type_id)
    if layout is None or case.is_closed or case.answered_on:
        return False
    owed = owes_answer(layout, case.contact_way_id, case.status_id)
    return owed and can(actor_of(user), Permission.CASE_VIEW, case)


def _line(case: Case) -> str:
    """Nothing of what the case says, whatever it is about."""
    address = case_address(case.id)
    return LINE.format(number=case.id, day=long_date(case.answer_by), address=address)


def _queue(
    purpose: str,
    case: Case,
    reader: User,
    context: Context,
    *,
    lead: str = "",
    case_id: int | None = None,
) -> None:
    """Queue one text to a person with an address; `lead` is a plain sentence above it."""
    address = usable_address(reader.email)
    if not address:
        return
    folder = EMAILS / purpose
    body = (folder / "body.txt").read_text(encoding="utf-8")
    text, html = render_text(body, context), render_html(body, context)
    if lead:
        text, html = f"{lead}\n\n{text}", f"{text_to_html(lead)}{html}"
    sender_name, sender_email = sender_of(case)
    queue_mail(
        purpose=purpose,
        recipient_email=address,
        recipient_name=reader.name,
        sender_name=sender_name,
        sender_email=sender_email,
        subject=render_subject((folder / "subject.txt").read_text(encoding="utf-8"), context),
        text=text,
        html=html,
        case_id=case_id,
        priority=NOTICE_PRIORITY,
    )
