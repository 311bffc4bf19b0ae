"""Reports by mail: when a period has ended, to those who may still count what they report."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date, datetime

import pytest

from domain.clock import STOCKHOLM, as_of
from domain.errors import NotAllowed, RuleBroken
from extensions import db
from models import ReportSchedule, RoleAssignment
from services.reports.scheduling import first_after, save_schedule, send_due_reports
from services.unit_of_work import unit_of_work
from tests.support.cases import HJO, actor, layout, mails, new_case, person, unit_id

pytestmark = pytest.mark.usefixtures("app", "town")
CHIEF, REGISTRAR, READER = "chef.hjo", "registrator.hjo", "lasare.omsorg"


@contextmanager
def on(day):
    with as_of(datetime(day.year, day.month, day.day, 6, 0, tzinfo=STOCKHOLM)):
        yield


def schedule(*usernames, unit="Fritid", rhythm="manad", report="oversikt"):
    with unit_of_work(), on(date(2026, 11, 10)):
        return save_schedule(
            None,
            {
                "name": "Månadens siffror",
                "report_key": report,
                "case_type_id": layout(HJO).id,
                "unit_id": unit_id(unit),
                "rhythm": rhythm,
                "reader_ids": [person(name).id for name in usernames],
            },
            actor=actor(REGISTRAR),
        )


def sent(day):
    with on(day), unit_of_work():
        send_due_reports()
    return [m for m in mails() if m.purpose == "scheduled_report"]


@pytest.mark.parametrize(
    ("rhythm", "then"),
    [
        ("manad", date(2026, 12, 1)),
        ("kvartal", date(2027, 1, 1)),
        ("tertial", date(2027, 1, 1)),
        ("halvar", date(2027, 1, 1)),
        ("ar", date(2027, 1, 1)),
    ],
)
def test_the_next_one_goes_when_the_period_has_ended(rhythm, then):
    assert first_after(date(2026, 11, 10), rhythm) == then


def test_a_report_goes_once_on_its_day_with_the_numbers_and_a_link():
    with on(date(2026, 11, 5)):
        new_case(HJO, unit=unit_id("Fritid"), title="KANARIE-rubrik")
    schedule(CHIEF)
    assert sent(date(2026, 11, 30)) == []
    (mail,) = sent(date(2026, 12, 1))
    assert mail.recipient_email == person(CHIEF).email
    assert "Inkomna: 1" in mail.text
    assert "2026-11-01 – 2026-11-30" in mail.text
    assert "/admin/statistics/oversikt?" in mail.text
    assert "KANARIE" not in mail.text + mail.subject
    assert len(sent(date(2026, 12, 2))) == 1
    assert len(sent(date(2027, 1, 1))) == 2


def test_rights_are_those_of_the_day_it_is_sent():
    schedule(CHIEF, READER)
    assert [m.recipient_email for m in sent(date(2026, 12, 1))] == [person(CHIEF).email]
    db.session.execute(db.delete(RoleAssignment).where(RoleAssignment.user_id == person(CHIEF).id))
    db.session.commit()
    assert len(sent(date(2027, 1, 1))) == 1


def test_somebody_inactive_gets_nothing():
    schedule(CHIEF)
    person(CHIEF).is_active = False
    db.session.commit()
    assert sent(date(2026, 12, 1)) == []


def test_only_those_who_may_count_the_unit_schedule_it():
    values = {
        "name": "x", "report_key": "oversikt", "case_type_id": layout(HJO).id,
        "unit_id": unit_id("Fritid"), "rhythm": "manad", "reader_ids": [1],
    }  # fmt: skip
    for username in (READER, "chef.omsorg", "admin", "bitradande.omsorg"):
        with pytest.raises(NotAllowed):
            save_schedule(None, values, actor=actor(username))
    with pytest.raises(RuleBroken):
        save_schedule(None, {**values, "reader_ids": []}, actor=actor(REGISTRAR))
    assert db.session.scalars(db.select(ReportSchedule)).all() == []
