"""Reminders of the last day, by themselves: whom, when, and each of them once.

The worker calls remind() now and then; it asks the database what is due and needs no memory of
its own, so that several workers, or none for some days, make no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.clock import local_date, local_today
from domain.layout import CaseTypeLayout
from domain.permissions import Permission, can
from domain.reminders import (
    Occasion,
    Rhythm,
    due_occasion,
    is_time_to_remind,
    last_day_in_view,
)
from extensions import db
from models import Case, CaseType, Reminder, ReminderLine, User, utcnow
from queries.configuration import configuration
from queries.due import last_days, not_reminded
from queries.stand_ins import stand_ins_of
from queries.superiors import superiors_of
from services.actors import actor_of
from services.cases.deadlines import calendar
from services.reminder_mails import send_digests, send_reminder
from services.upserts import upsert_into

AT_ONCE = 25
"""Cases in one transaction. The rest come at the next call."""


def remind() -> None:
    """Give the reminders that are due now. At night and on days off nobody is disturbed."""
    moment = utcnow()
    if not is_time_to_remind(moment, calendar()):
        return
    left = AT_ONCE
    for case, occasion in _due(local_date(moment)):
        if _claim(case, occasion):
            _tell(case, occasion)
        left -= 1
        if left == 0:
            return
    send_digests(local_date(moment))


def _due(today: date) -> Iterator[tuple[Case, Occasion]]:
    """Every case with a reminder that has come and was not given, earliest last day first."""
    days = calendar()
    for layout in configuration().case_types:
        rhythm = _rhythm(layout)
        if rhythm is None:
            continue
        for day in last_days(layout, last_day_in_view(today, days, rhythm)):
            occasion = due_occasion(day, today, days, rhythm)
            if occasion:
                for case in not_reminded(layout, day, occasion.key, AT_ONCE):
                    yield case, occasion


def _rhythm(layout: CaseTypeLayout) -> Rhythm | None:
    """The days of the case type; None when it does not remind."""
    row = db.session.get(CaseType, layout.id)
    if row is None or not row.reminds:
        return None
    return Rhythm(row.remind_before, row.remind_every)


def _claim(case: Case, occasion: Occasion) -> int | None:
    """Take the occasion for this transaction. None when another worker has it."""
    statement = (
        upsert_into(Reminder)
        .values(case_id=case.id, occasion=occasion.key, made_at=utcnow())
        .on_conflict_do_nothing()
        .returning(Reminder.id)
    )
    found: int | None = db.session.scalar(statement)
    return found


def _tell(case: Case, occasion: Occasion) -> None:
    """A mail to each, or a line in the mail that each gets once a day."""
    for reader, person in _readers(case, occasion):
        if reader.gathers_reminders:
            _keep_for_digest(case, occasion, reader)
        else:
            send_reminder(case, reader, person)


def _readers(case: Case, occasion: Occasion) -> list[tuple[User, User]]:
    """(who reads, for whom): active people who may see the case, and their stand-ins, each once."""
    responsible = db.session.get(User, case.responsible_id) if case.responsible_id else None
    people = [responsible] if responsible else []
    people += superiors_of(case) if occasion.tells_superior else []
    people = [person for person in people if person.is_active]
    pairs = [(person, person) for person in people]
    pairs += [(s, person) for person in people for s in stand_ins_of(person.id, local_today())]
    found: dict[int, tuple[User, User]] = {}
    for reader, person in pairs:
        if can(actor_of(reader), Permission.CASE_VIEW, case):
            found.setdefault(reader.id, (reader, person))
    return list(found.values())


def _keep_for_digest(case: Case, occasion: Occasion, reader: User) -> None:
    query = db.select(Reminder.id).filter_by(case_id=case.id, occasion=occasion.key)
    reminder_id = db.session.scalars(query).one()
    db.session.add(ReminderLine(reminder_id=reminder_id, case_id=case.id, user_id=reader.id))
