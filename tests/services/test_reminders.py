"""Reminders of the last day: to whom, how often, and never what a mail may not say."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from domain.clock import STOCKHOLM, as_of, local_today
from extensions import db
from models import CaseType, Reminder, StandIn, Unit
from queries.configuration import forget_configuration
from services.cases.deadlines import calendar
from services.reminders import remind
from services.unit_of_work import unit_of_work
from tests.support.cases import HJO, choice, mails, new_case, person, unit_id

pytestmark = pytest.mark.usefixtures("app", "town")
HANDLER, CHIEF = "handlaggare.hjo", "chef.hjo"
DUE = "reminder_due"


@pytest.fixture
def case():
    found = new_case(HJO, unit=unit_id("Fritid"), title="KANARIE-title", text="KANARIE-text")
    for message in mails():
        db.session.delete(message)
    found.responsible_id = person(HANDLER).id
    db.session.commit()
    return found


def working_day(case, offset):
    """The day that lies `offset` working days from the last day."""
    day, days = case.answer_by, calendar()
    for _n in range(abs(offset)):
        day = days.add(day, 1) if offset > 0 else days.previous_working_day(day)
    return day


@contextmanager
def on(day, hour=9):
    with as_of(datetime(day.year, day.month, day.day, hour, 5, tzinfo=STOCKHOLM)):
        yield


def reminded(day, hour=9, *, times=2):
    """User names that get a reminder on this day; the outbox is emptied. Asked more than once."""
    with on(day, hour):
        for _n in range(times):
            with unit_of_work():
                remind()
    names = sorted(m.recipient_email.partition("@")[0] for m in mails())
    for message in mails():
        db.session.delete(message)
    db.session.commit()
    return names


def superior():
    """Make the chief the responsible of the level above the case's unit."""
    fritid = db.session.get_one(Unit, unit_id("Fritid"))
    fritid.parent.default_responsible_id = person(CHIEF).id
    db.session.commit()
    forget_configuration()


def test_the_responsible_is_told_before_on_and_after_the_last_day_then_every_fifth(case):
    superior()
    told = {n: reminded(working_day(case, n)) for n in range(-5, 13)}
    assert {n for n, names in told.items() if names} == {-3, 0, 1, 6, 11}
    assert told[-3] == told[0] == [HANDLER]
    assert told[1] == told[6] == sorted([HANDLER, CHIEF])


def test_after_silence_there_is_one_reminder_and_not_one_for_each_day(case):
    assert HANDLER in reminded(working_day(case, 8))
    assert reminded(working_day(case, 9)) == []


@pytest.mark.parametrize("hour", [0, 6, 18, 23])
def test_nobody_is_disturbed_at_night(case, hour):
    assert reminded(case.answer_by, hour) == []
    assert reminded(case.answer_by) == [HANDLER]


def test_nobody_is_disturbed_on_a_day_off(case):
    day = working_day(case, -3) - timedelta(days=1)
    saturday = day + timedelta(days=(5 - day.weekday()) % 7)
    assert reminded(saturday) == []


@pytest.mark.parametrize("how", ["closed", "answered", "no answer", "wants none", "off"])
def test_a_case_that_owes_nothing_is_not_reminded_of(case, how):
    if how == "closed":
        case.closed_at, case.closed_by_id = case.registered_at, person(HANDLER).id
    elif how == "answered":
        case.answered_on = local_today()
    elif how == "no answer":
        case.status_id = choice(HJO, "status", "Återkoppling ej önskad/möjlig")
    elif how == "wants none":
        case.contact_way_id = choice(HJO, "contact_way", "Vill ej bli kontaktad")
    else:
        db.session.get_one(CaseType, case.case_type_id).reminds = False
    db.session.commit()
    assert reminded(working_day(case, 0)) == []


def test_a_moved_last_day_is_reminded_of_anew(case):
    assert reminded(case.answer_by) == [HANDLER]
    case.answer_by = working_day(case, 10)
    db.session.commit()
    assert reminded(working_day(case, -4)) == []
    assert reminded(working_day(case, -3)) == [HANDLER]


def test_the_days_are_those_of_the_case_type(case):
    row = db.session.get_one(CaseType, case.case_type_id)
    row.remind_before, row.remind_every = 1, 2
    db.session.commit()
    told = {n for n in range(-5, 6) if reminded(working_day(case, n))}
    assert told == {-1, 0, 1, 3, 5}


def test_an_inactive_responsible_gets_nothing_and_the_level_above_does(case):
    superior()
    person(HANDLER).is_active = False
    db.session.commit()
    assert reminded(working_day(case, 0)) == []
    assert reminded(working_day(case, 1)) == [CHIEF]


def stand_in():
    day = local_today()
    row = StandIn(
        absent_id=person(HANDLER).id,
        stand_in_id=person("bitradande.omsorg").id,
        first_day=day - timedelta(days=1),
        last_day=day + timedelta(days=60),
        created_at=datetime.now(STOCKHOLM),
    )
    db.session.add(row)
    db.session.commit()


def test_the_stand_in_gets_it_too(case):
    stand_in()
    assert reminded(case.answer_by) == ["bitradande.omsorg", HANDLER]


def test_a_secret_case_goes_to_those_who_may_see_it_and_says_nothing(case):
    superior()
    case.is_secret = True
    assignments = person(CHIEF).assignments
    for assignment in assignments:
        assignment.sees_secret = False
    db.session.commit()
    with on(working_day(case, 1)), unit_of_work():
        remind()
    (message,) = mails(DUE)
    assert message.recipient_email.startswith(HANDLER)
    said = f"{message.subject}{message.text}{message.html}"
    assert "KANARIE" not in said
    assert f"Försenad: svara på synpunkt {case.id}" in said
    assert "1 arbetsdag försenad" in said


def test_an_open_case_has_its_title_in_the_mail_and_never_its_text(case):
    with on(working_day(case, -3)), unit_of_work():
        remind()
    (message,) = mails(DUE)
    assert message.subject == f"Påminnelse: svara på synpunkt {case.id}"
    assert "Rubrik: KANARIE-title" in message.text
    assert "Det är 3 arbetsdagar kvar." in message.text
    assert "KANARIE-text" not in message.text


def test_who_gathers_reminders_gets_one_mail_a_day_about_all(case):
    other = new_case(HJO, unit=unit_id("Fritid"), text="Lampan är trasig.")
    other.responsible_id = person(HANDLER).id
    person(HANDLER).gathers_reminders = True
    for message in mails():
        db.session.delete(message)
    db.session.commit()
    with on(case.answer_by):
        for _n in range(3):
            with unit_of_work():
                remind()
    (message,) = mails()
    assert message.purpose == "reminder_digest"
    assert f"/arende/{case.id}" in message.text
    assert f"/arende/{other.id}" in message.text
    assert "KANARIE" not in message.text
    assert message.text.count(f"Ärende {case.id}:") == 1


def test_what_was_answered_meanwhile_is_not_in_the_mail_of_the_day(case):
    person(HANDLER).gathers_reminders = True
    person(HANDLER).reminded_on = case.answer_by
    db.session.commit()
    assert reminded(case.answer_by) == []  # the day's mail has left already
    case.answered_on = case.answer_by
    db.session.commit()
    assert reminded(working_day(case, 1)) == []


def test_several_workers_at_once_give_each_reminder_once(app, case):
    for number in range(8):
        new_case(HJO, unit=unit_id("Fritid"), text=f"Nummer {number}").responsible_id = person(
            HANDLER
        ).id
    for message in mails():
        db.session.delete(message)
    db.session.commit()
    day, start, faults = case.answer_by, threading.Barrier(3), []
    db.session.commit()  # reading began a transaction

    def work():
        with app.app_context(), on(day):
            start.wait()
            for _n in range(3):
                try:
                    with unit_of_work():
                        remind()
                except Exception as error:  # noqa: BLE001 - told below, in the test's own thread
                    faults.append(error)
            db.session.remove()

    threads = [threading.Thread(target=work) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    numbers = [m.case_id for m in mails(DUE)]
    assert len(numbers) == len(set(numbers)) == 9
    assert db.session.scalar(select(func.count(Reminder.id))) == 9


def test_many_cases_take_several_rounds_and_all_are_reminded_of(case, monkeypatch):
    monkeypatch.setattr("services.reminders.AT_ONCE", 2)
    for number in range(4):
        new_case(HJO, unit=unit_id("Fritid"), text=f"Nummer {number}").responsible_id = person(
            HANDLER
        ).id
    for message in mails():
        db.session.delete(message)
    db.session.commit()
    assert reminded(case.answer_by, times=4) == [HANDLER] * 5
