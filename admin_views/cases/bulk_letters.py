"""Skriv ut brev: the letters of the ticked cases as one PDF (manual H16, S21)."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from admin_views.base import MAX_BULK, GuardedView
from admin_views.cases.letters import keep_copies
from domain.errors import DomainError
from domain.event_rules import may_fetch
from domain.permissions import Permission
from domain.row_ids import row_id
from models import Case, Event
from queries.bulk_letters import goes_outside, ticked_cases, versions_of, waiting_letters
from services.correspondence.posting import mark_posted
from services.documents.of_event import document_of
from services.unit_of_work import unit_of_work
from web.access import note_access
from web.downloads import document_response
from web.rendering import sentence
from web.session import current_actor

PAGE = "admin/case/bulk_letters.html"
COPYING_SECONDS = 1.0
Letter = tuple[Case, Event]


@dataclass
class TickedCase:
    """One ticked case: the letters that are printed, or why none is."""

    case: Case
    letters: list[Event] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)


class BulkLettersView(GuardedView, BaseView):
    """The page behind the button of the case list. The ticks stand in the address (rowid)."""

    read_permission = Permission.LETTER_DOWNLOAD

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        """Which letters will be printed, and which cases have none, and why."""
        rows = _ticked()
        if not rows:
            flash(_("Kryssa i de ärenden vars brev du vill skriva ut."), "info")
            return redirect(self.return_url())
        return self.render(
            PAGE,
            rows=rows,
            names=_names(_letters(rows)),
            back=self.return_url(),
        )

    def return_url(self) -> str:
        return (
            str(super().return_url()) if request.values.get("url") else url_for("case.index_view")
        )

    @expose("/pdf")
    def pdf(self) -> Any:
        """All of them as one PDF, each beginning on a page of its own."""
        letters = _letters(_ticked()) or abort(404)
        shown = [(case.id, event.number) for case, event in letters]
        try:
            documents = [document_of(event, case) for case, event in letters]
            response = document_response(documents, _("Brev") + ".pdf", inline=True)
        except DomainError as error:
            flash(sentence(error), "danger")
            return self._back()
        if response.status_code == 200:
            for number, event_number in shown:
                note_access("letter", number, str(event_number))
        return response

    @expose("/post", methods=("POST",))
    def post(self) -> Any:
        """Markera som postade: those that the page showed, each by itself."""
        asked = set(request.form.getlist("letter"))
        waiting = {mark: letter for letter in _letters(_ticked()) for mark in _marks(letter, asked)}
        done = [case for mark, (case, event) in waiting.items() if _post(case, event, mark)]
        if done:
            flash(
                ngettext(
                    "%(num)s brev är markerat som postat.",
                    "%(num)s brev är markerade som postade.",
                    len(done),
                ),
                "success",
            )
        if len(waiting) < len(asked):
            flash(_("Något brev är redan postat eller borttaget."), "warning")
        _keep_some_copies(done)
        return self._back()

    def _back(self) -> Response:
        ids = [row_id(i) for i in request.values.getlist("rowid")]
        return redirect(url_for(".index", rowid=ids, url=request.values.get("url") or None))


def _ticked() -> list[TickedCase]:
    """The ticked cases in the order of the list. One foreign id among them is 404 (T14)."""
    ids = list(dict.fromkeys(row_id(i) for i in request.values.getlist("rowid")))
    numbers = [number for number in ids if number is not None]
    if len(numbers) != len(ids) or len(ids) > MAX_BULK:
        abort(404)
    cases = ticked_cases(numbers, current_actor())
    if cases is None:
        abort(404)
    waiting = waiting_letters(numbers)
    return [_row(case, waiting[case.id]) for case in cases]


def _row(case: Case, waiting: list[Event]) -> TickedCase:
    row = TickedCase(case)
    for event in waiting:
        if not may_fetch(event, case, current_actor()):
            row.reasons.append(_("Du har inte behörighet att skriva ut ärendets brev."))
        elif goes_outside(event):
            row.reasons.append(
                _(
                    "%(title)s går till en extern part. Öppna ärendet och skriv ut det där.",
                    title=event.title,
                )  # fmt: skip
            )
        else:
            row.letters.append(event)
    if not waiting:
        row.reasons.append(_("Ärendet har inget brev som väntar på att postas."))
    return row


def _letters(rows: list[TickedCase]) -> list[Letter]:
    return [(row.case, event) for row in rows for event in row.letters]


def _names(letters: list[Letter]) -> dict[int, str]:
    """Event id → the letter in the version that the page shows: case, number, version."""
    versions = versions_of([event.id for _case, event in letters])
    return {e.id: f"{e.case_id}-{e.number}-{versions.get(e.id, 0)}" for _case, e in letters}


def _marks(letter: Letter, asked: set[str]) -> list[str]:
    """Those of `asked` that name this letter, whatever the version."""
    _case, event = letter
    return [m for m in asked if re.fullmatch(rf"{event.case_id}-{event.number}-\d{{1,6}}", m)]


def _post(case: Case, event: Event, mark: str) -> bool:
    """Mark one letter as posted; says why when it cannot be."""
    name = f"{case.id} {event.title}"
    try:
        with unit_of_work():
            seen = int(mark.rpartition("-")[2])
            mark_posted(event, case, seen=seen, actor=current_actor())
    except DomainError as error:
        flash(f"{name}: {sentence(error)}", "warning")
        return False
    return True


def _keep_some_copies(cases: list[Case]) -> None:
    """The copies of what was posted, for as long as a request may last; the others when shown."""
    until = time.monotonic() + COPYING_SECONDS
    for case in dict.fromkeys(cases):
        if time.monotonic() < until:
            keep_copies(case)
