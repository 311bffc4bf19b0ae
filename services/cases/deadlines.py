"""The two limits of a case: when it must be confirmed and when it must be answered."""

from __future__ import annotations

from datetime import date

from domain.layout import CaseTypeLayout
from domain.working_days import WorkingCalendar
from models import Case
from queries.configuration import configuration


def calendar() -> WorkingCalendar:
    """The law's holidays and the municipality's own days off."""
    return WorkingCalendar(configuration().closed_days)


def set_deadlines(case: Case, layout: CaseTypeLayout) -> None:
    """Compute both last days from the day of arrival (domain notes §2.3)."""
    days = calendar()
    case.acknowledge_by = days.add(case.received_on, layout.acknowledge_days)
    case.answer_by = days.add(case.received_on, layout.answer_days)


def promised_days(layout: CaseTypeLayout, received_on: date) -> tuple[date, date]:
    """(last day to confirm, last day to answer) for something that comes in on `received_on`."""
    days = calendar()
    return (
        days.add(received_on, layout.acknowledge_days),
        days.add(received_on, layout.answer_days),
    )
