"""One line for each ticked case: what will happen to it, what happened, or why not."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Any

from flask_babel import gettext as _

from domain.errors import ChangedMeanwhile, DomainError
from domain.layout import CaseTypeLayout
from domain.secrecy_border import Passing
from models import Case
from queries.bulk_cases import load_people_and_choices, still_visible
from queries.cases import find_case
from queries.work_locks import holders_of
from services.cases.bulk import (
    CHANGED,
    BulkAction,
    Change,
    border_of,
    change_case,
    changes_of,
    check_case,
    check_lock,
    new_values,
)
from services.cases.values import display_value, field_of, read_value
from services.unit_of_work import unit_of_work
from web.rendering import sentence
from web.session import current_actor


@dataclass
class BulkRow:
    """A case as the page shows it. `now`: what stands in the fields before anything is chosen."""

    number: int
    title: str
    version: int
    reason: str = ""
    changes: list[Change] = field(default_factory=list)
    now: list[tuple[str, str]] = field(default_factory=list)
    is_visible: bool = True
    border: str = ""
    """A border of secrecy to somebody who was chosen: it takes a decision."""


def plan(
    cases: list[Case],
    layout: CaseTypeLayout,
    action: BulkAction,
    chosen: dict[str, Any] | None = None,
) -> list[BulkRow]:
    """What would happen to each case; without a choice, whether anything can."""
    actor, holders = current_actor(), holders_of(case.id for case in cases)
    load_people_and_choices(cases)
    rows = []
    for case in cases:
        row = BulkRow(case.id, case.title, case.version)
        try:
            check_case(case, layout, action, actor)
            check_lock(holders.get(case.id), actor)
            if chosen is None:
                row.now = _now(case, layout, action)
            else:
                values = new_values(case, layout, action, chosen)
                row.changes = changes_of(case, layout, values)
                row.border = border_of(case, values)
        except DomainError as error:
            row.reason = sentence(error)
        rows.append(row)
    return rows


def _now(case: Case, layout: CaseTypeLayout, action: BulkAction) -> list[tuple[str, str]]:
    fields = [field_of(layout, key) for key in action.fields]
    shown = [(f.label, display_value(layout, f, read_value(case, f))) for f in fields]
    return [(label, str(text) if text else _("Inget")) for label, text in shown]


def carry_out(
    cases: list[Case],
    layout: CaseTypeLayout,
    action: BulkAction,
    chosen: dict[str, Any],
    seen: dict[int, int],
    passing: Passing | None = None,
) -> list[BulkRow]:
    """Do it to each case, in a transaction of its own. `seen`: case → version that the page had."""
    rows = [BulkRow(case.id, case.title, seen[case.id]) for case in cases]
    tab = secrets.token_urlsafe(24)
    for row in rows:
        try:
            with unit_of_work():
                _do(row, layout, action, chosen, tab, passing)
        except ChangedMeanwhile:
            row.reason = _(CHANGED)
        except DomainError as error:
            row.reason = sentence(error)
    visible = still_visible((row.number for row in rows), current_actor())
    for row in rows:
        row.is_visible = row.number in visible
    return rows


def _do(
    row: BulkRow,
    layout: CaseTypeLayout,
    action: BulkAction,
    chosen: dict[str, Any],
    tab: str,
    passing: Passing | None,
) -> None:
    """The case is read anew: it may have changed, or gone from sight, since the page was shown."""
    case = find_case(row.number, current_actor())
    if case is None:
        row.reason = _("Du har inte längre behörighet att se ärendet.")
        return
    row.changes = change_case(
        case, layout, action, chosen, seen_version=row.version, tab=tab, actor=current_actor(),
        passing=passing,
    )  # fmt: skip
