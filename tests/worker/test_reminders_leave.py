"""Reminders leave by themselves: the worker finds what is due and a real server gets the mail."""

from __future__ import annotations

from datetime import datetime

import pytest
from flask import Flask

from domain.clock import STOCKHOLM, as_of
from extensions import db
from tests.support.cases import HJO, mails, new_case, person, unit_id
from tests.support.smtp import Mailbox

pytestmark = pytest.mark.usefixtures("town")


def run_worker(app: Flask) -> None:
    result = app.test_cli_runner().invoke(args=["worker", "--once"])
    assert result.exit_code == 0, result.output


def test_the_worker_reminds_once_by_day_and_never_at_night(app: Flask, smtp: Mailbox) -> None:
    case = new_case(HJO, unit=unit_id("Fritid"))
    case.responsible_id = person("handlaggare.hjo").id
    number, day = case.id, case.answer_by
    for message in mails():
        db.session.delete(message)
    db.session.commit()
    with as_of(datetime(day.year, day.month, day.day, 6, 30, tzinfo=STOCKHOLM)):
        run_worker(app)
    assert smtp.mails == []
    with as_of(datetime(day.year, day.month, day.day, 7, 5, tzinfo=STOCKHOLM)):
        run_worker(app)
        run_worker(app)
    (mail,) = smtp.mails
    assert mail.recipients == ("handlaggare.hjo@demo.example",)
    assert mail.subject == f"Sista dagen i dag: svara på synpunkt {number}"
    assert f"/arende/{number}" in mail.text
