"""A letter as paper: Visa, Hämta PDF, Hämta Word, Markera som postat."""

from __future__ import annotations

import logging
from typing import Any

from flask import abort, flash, redirect, url_for
from flask_admin import BaseView, expose
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from admin_views.base import GuardedView, telling_refusals
from admin_views.cases.commands import case_or_404
from domain.errors import DomainError, RuleBroken
from domain.event_rules import NO_RIGHT, is_paper, may_fetch, may_post
from domain.permissions import SYSTEM, Permission
from domain.verdict import Verdict
from extensions import db
from gateways.database import writing
from models import Attachment, Case, Event
from queries.event_revisions import event_of, revision_count
from services.attachments import file_store
from services.correspondence.posting import (
    document_name,
    keep_copy,
    lacks_copy,
    missing_copies,
    post_letter,
    posted_copy,
)
from services.documents.of_event import document_of
from services.documents.rendering import word_of
from services.unit_of_work import unit_of_work
from web.access import note_access
from web.downloads import being_made_response, made_pdf, pdf_response, word_response
from web.rendering import sentence
from web.session import current_actor

log = logging.getLogger(__name__)


def event_or_404(case: Case, number: int) -> Event:
    """The event with this number in this case. Removed ones do not exist."""
    return event_of(case.id, number) or abort(404)


def back_to_event(event: Event) -> Response:
    """To the card of this event."""
    anchor = f"handelse-{event.number}"
    return redirect(url_for("case.edit_view", id=event.case_id, _anchor=anchor))


def refusal(event: Event, verdict: Verdict) -> Response | None:
    """None when it may be done. 403 without the right; else back to the card, with the reason."""
    if verdict:
        return None
    if verdict == NO_RIGHT:
        abort(403)
    flash(_(verdict.reason), "danger")
    return back_to_event(event)


class LettersView(GuardedView, BaseView):
    """The papers of a case's letters, by the number of their event. No page, so no menu entry."""

    read_permission = Permission.LETTER_DOWNLOAD

    def is_visible(self) -> bool:
        return False

    @expose("/")
    def index(self) -> Any:
        abort(404)

    @expose("/<int:case_id>/<int:number>/show")
    def show(self, case_id: int, number: int) -> Any:
        """Visa: in the browser, to read and print."""
        return _paper(*_letter(case_id, number), inline=True)

    @expose("/<int:case_id>/<int:number>/pdf")
    def pdf(self, case_id: int, number: int) -> Any:
        """Hämta PDF."""
        return _paper(*_letter(case_id, number), inline=False)

    @expose("/<int:case_id>/<int:number>/word")
    def word(self, case_id: int, number: int) -> Any:
        """Hämta Word: the same letter, to change by hand. Only the PDF is what was posted."""
        case, event = _letter(case_id, number)
        try:
            raw = word_of(document_of(event, case))
        except DomainError as error:
            flash(sentence(error), "danger")
            return back_to_event(event)
        _note(event)
        return word_response(raw, document_name(event, "docx"))

    @expose("/<int:case_id>/<int:number>/post", methods=("POST",))
    def post(self, case_id: int, number: int) -> Any:
        """Markera som postat: the paper as it is now is kept."""
        case = case_or_404(case_id)
        event = event_or_404(case, number)
        if not is_paper(event):
            abort(404)
        if refused := refusal(event, may_post(event, case, current_actor())):
            return refused
        seen = revision_count(event.id)
        with telling_refusals():
            raw = _made(event, case)
            if raw is None:
                raise RuleBroken(
                    _("Brevet görs i ordning just nu. Vänta en stund och markera det igen.")
                )
            with unit_of_work():
                post_letter(event, case, raw, seen=seen, actor=current_actor())
            flash(_("Brevet är markerat som postat."), "success")
        return back_to_event(event)


def keep_copies(case: Case) -> None:
    """Make the copies that closing a case left to make. What fails now is made when it is shown."""
    for event in missing_copies(case):
        try:
            raw = _made(event, case)
            if raw is not None:
                with unit_of_work():
                    keep_copy(event, case, raw, actor=SYSTEM)
        except DomainError as error:
            log.warning("letter not copied: case %s event %s: %s", case.id, event.number, error)


def _made(event: Event, case: Case) -> bytes | None:
    """The PDF, or None: then the worker makes it, and its order is committed here."""
    return made_pdf([document_of(event, case)])


def _letter(case_id: int, number: int) -> tuple[Case, Event]:
    case = case_or_404(case_id)
    event = event_or_404(case, number)
    if not is_paper(event):
        abort(404)
    if not may_fetch(event, case, current_actor()):
        abort(403)
    return case, event


def _paper(case: Case, event: Event, *, inline: bool) -> Response:
    """What was posted, or the letter as it would be posted now."""
    kept = posted_copy(event)
    if kept is not None:
        _note(event)
        return _kept_response(kept, inline=inline)
    try:
        raw = _made(event, case)
    except DomainError as error:
        flash(sentence(error), "danger")
        return back_to_event(event)
    if raw is None:
        return being_made_response()
    _note(event)
    if lacks_copy(event):
        _keep_late(event, case, raw)
    return pdf_response(raw, document_name(event, "pdf"), inline=inline)


def _note(event: Event) -> None:
    note_access("letter", event.case_id, str(event.number))


def _keep_late(event: Event, case: Case, raw: bytes) -> None:
    """The copy of a letter that closing marked as posted: it is decided, only not made yet."""
    db.session.rollback()  # the reading ends, so that the writing can begin
    with writing(), unit_of_work():
        keep_copy(event, case, raw, actor=SYSTEM)


def _kept_response(kept: Attachment, *, inline: bool) -> Response:
    with file_store().open(kept.sha256) as stream:
        return pdf_response(stream.read(), kept.filename, inline=inline)
